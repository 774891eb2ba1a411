import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { builtInTemplates, loadTemplates } from '../../../src/templates.ts'
import { wholeLetters } from '../../../src/whole-letters.ts'
import { apiConfig, matter, openApi } from './api-server.ts'

const bytes = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46])
const file = { filename: 'Typenschild.jpg', contentType: 'image/jpeg', content: bytes.toString('base64') }
const digest = createHash('sha256').update(bytes).digest('hex')

/** How many files the store holds. */
async function stored(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true })
  return found.filter(name => /[0-9a-f]{64}$/.test(name)).length
}

/** The api with limits that a test can reach. */
const opened = () => {
  const { clients } = apiConfig().api
  return openApi(apiConfig({ api: { clients, matterFiles: 2, matterFileBytes: 1000 } }))
}

describe('what is attached to a matter', () => {
  it('is stored as it came and goes along with the notices to the agents', async () => {
    const { post, database, blobs, desk } = await opened()
    const { status, body } = await post('web', '/matters', { ...matter, attachments: [file] })
    expect(status).toBe(201)
    expect(await blobs.get(digest)).toEqual(bytes)
    const words = await database.entry.findFirstOrThrow({ where: { kind: 'customer-words' } })
    expect(words.detail).toMatchObject({
      attachments: [{ filename: 'Typenschild.jpg', contentType: 'image/jpeg', size: 8, sha256: digest }],
    })
    const letter = await database.letter.findFirstOrThrow({ where: { kind: 'agent-notice' } })
    const compose = wholeLetters(
      desk.config,
      await loadTemplates([builtInTemplates]),
      desk.deps.offices,
      blobs,
    )
    const mail = await compose(letter)
    expect(mail.attachments).toMatchObject([
      { filename: 'Typenschild.jpg', contentType: 'image/jpeg', content: bytes },
    ])
    expect(mail.text).toContain('Typenschild.jpg')
    const receipt = await database.letter.findFirstOrThrow({ where: { kind: 'auto-reply' } })
    expect((await compose(receipt)).attachments ?? []).toEqual([])
    expect(body.number).toBe(mail.subject.match(/#(\d+)/)?.[1])
  })

  it('comes with further words as well', async () => {
    const { post, database, blobs } = await opened()
    const { number } = (await post('crm', '/matters', matter)).body
    const text = 'Hier ist das Bild.'
    const added = await post('crm', `/tickets/${number}/words`, { text, attachments: [file] })
    expect(added.status).toBe(201)
    expect(await blobs.has(digest)).toBe(true)
    const entry = await database.entry.findFirstOrThrow({ where: { kind: 'customer-words', text } })
    expect(entry.detail).toMatchObject({ attachments: [{ sha256: digest }] })
    const notices = await database.letter.findMany({ where: { kind: 'agent-notice' } })
    expect(notices.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({
        text,
        relayed: { rawSha256: '', parts: [expect.objectContaining({ sha256: digest })] },
      }),
    )
  })

  it('writes nothing where it is refused', async () => {
    const { post, ask, database, folder } = await opened()
    const large = { ...file, content: Buffer.alloc(1001).toString('base64') }
    const wrong: readonly (readonly [unknown, string])[] = [
      [[file, file, file], '/attachments'],
      [[large], '/attachments'],
      [[{ ...file, content: 'nonsense!' }], '/attachments/0/content'],
      [[file, { ...file, content: 'AB==' }], '/attachments/1/content'],
      [[{ ...file, content: 'QUJD\nQUJD' }], '/attachments/0/content'],
      [[{ ...file, contentType: 'text/html; charset=x\r\nX-Evil: 1' }], '/attachments/0/contentType'],
      [[{ ...file, filename: '' }], '/attachments/0/filename'],
      [[{ ...file, path: '/etc/passwd' }], '/attachments/0/path'],
      ['file', '/attachments'],
    ]
    for (const [attachments, field] of wrong) {
      const { status, body } = await post('web', '/matters', { ...matter, attachments })
      expect([status, body.errors[0].field]).toEqual([400, field])
    }
    const elsewhere = await post('web', '/matters', { ...matter, area: 'cooking', attachments: [file] })
    expect(elsewhere.status).toBe(400)
    const nowhere = await post('web', '/tickets/1000017/words', { text: 'x', attachments: [file] })
    expect(nowhere.status).toBe(404)
    const { number } = (await post('crm', '/matters', matter, 'one')).body
    const stranger = await post('sales', `/tickets/${number}/words`, { text: 'x', attachments: [file] })
    expect(stranger.status).toBe(404)
    const reused = await post('crm', '/matters', { ...matter, attachments: [file] }, 'one')
    expect(reused.body.code).toBe('key-reused')
    const keyless = await ask('web', '/matters', {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ ...matter, attachments: [file] }),
    })
    expect(keyless.status).toBe(400)
    expect(await stored(folder)).toBe(0)
    expect(await database.ticket.count()).toBe(1)
  })

  it('loses nothing but what is dangerous in its name', async () => {
    const { post, database } = await openApi()
    const names = [
      '../../etc/cron.d/evil',
      'C:\\Windows\\con.txt',
      'rechnung\u202Egpj.exe',
      '.htaccess',
      'a\r\nContent-Type: text/html\r\n\r\n<script>.txt',
      `${'ü'.repeat(300)}.pdf`,
    ]
    const attachments = names.map(filename => ({ ...file, filename }))
    expect((await post('web', '/matters', { ...matter, attachments })).status).toBe(201)
    const { detail } = await database.entry.findFirstOrThrow({ where: { kind: 'customer-words' } })
    const kept = (detail as unknown as { attachments: { filename: string }[] }).attachments
    expect(kept.map(({ filename }) => filename)).toEqual([
      ...['evil', '_con.txt', 'rechnunggpj.exe', 'htaccess', 'html _script_.txt', `${'ü'.repeat(116)}.pdf`],
    ])
  })
})
