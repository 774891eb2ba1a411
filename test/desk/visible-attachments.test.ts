import { describe, expect, it } from 'vitest'
import type { Attachment, EnclosedMail } from '../../src/desk/mail-content.ts'
import { visibleAttachments } from '../../src/desk/visible-attachments.ts'

const file = (filename: string, changes: Partial<Attachment> = {}): Attachment => ({
  filename,
  contentType: 'application/octet-stream',
  size: 10,
  sha256: filename,
  contentId: null,
  disposition: 'attachment',
  ...changes,
})
const logo = file('logo.png', { contentType: 'image/png', contentId: 'logo@x', disposition: 'inline' })
const photo = file('photo.png', { contentType: 'image/png' })
const winmail = (attachments: readonly Attachment[]): EnclosedMail => ({
  kind: 'winmail',
  filename: 'winmail.dat',
  subject: '',
  from: null,
  date: null,
  text: '',
  attachments,
})
const names = (...given: Parameters<typeof visibleAttachments>) =>
  visibleAttachments(...given).map(({ filename }) => filename)

describe('attachments that readers are shown', () => {
  it('are all of them, the first time', () => {
    expect(names({ attachments: [logo, photo] })).toEqual(['logo.png', 'photo.png'])
  })

  it('leave out an inline picture that came before, but never what was attached', () => {
    const repeated = new Set(['logo.png', 'photo.png'])
    expect(names({ attachments: [logo, photo] }, repeated)).toEqual(['photo.png'])
  })

  it('are what winmail.dat holds, and winmail.dat itself where nothing was found inside', () => {
    const wrapped = { attachments: [file('a.pdf'), file('winmail.dat')] }
    expect(names({ ...wrapped, enclosed: [winmail([file('inside.doc')])] })).toEqual(['a.pdf', 'inside.doc'])
    expect(names({ ...wrapped, enclosed: [winmail([])] })).toEqual(['a.pdf', 'winmail.dat'])
  })
})
