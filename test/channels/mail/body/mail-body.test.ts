import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readMail } from '../../../../src/channels/mail/read-mail.ts'
import { mailSource, multipart } from '../mail-source.ts'
import { bodyCases, picture, plain } from './body-cases.ts'
import { brokenBodyCases } from './broken-body-cases.ts'

describe('body and attachments', () => {
  it.each([...bodyCases, ...brokenBodyCases])(
    '$name',
    async ({ source, text, html: hasHtml = false, files = [] }) => {
      const content = await readMail(mailSource(source))
      expect(content.text).toBe(text)
      expect(content.html).toBe(hasHtml)
      expect(content.attachments.map(({ filename }) => filename)).toEqual(files)
    },
  )

  it('digests the bytes that were meant, not the bytes on the wire', async () => {
    const content = await readMail(mailSource(multipart('mixed', [plain('Text'), picture])))
    const bytes = Buffer.from([0, 1, 2])
    expect(content.attachments).toEqual([
      {
        filename: 'logo.png',
        contentType: 'image/png',
        size: 3,
        contentId: 'logo',
        disposition: 'inline',
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    ])
  })

  it('leaves the charset of an attached text alone', async () => {
    const file =
      'Content-Type: text/plain; charset=iso-8859-1; name=a.txt\nContent-Transfer-Encoding: quoted-printable\n\n=FC'
    const [attached] = (await readMail(mailSource(multipart('mixed', [plain('Text'), file])))).attachments
    expect(attached?.sha256).toBe(
      createHash('sha256')
        .update(Buffer.from([0xfc]))
        .digest('hex'),
    )
  })

  it('takes a nested mail byte by byte', async () => {
    const inner = 'From: b@example.com\r\n\r\nGuten Tag'
    const content = await readMail(
      mailSource(multipart('mixed', [`Content-Type: message/rfc822\n\n${inner}`])),
    )
    expect(content.attachments[0]?.sha256).toBe(createHash('sha256').update(inner).digest('hex'))
  })
})
