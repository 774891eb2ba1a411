import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inspectFile, runInspect } from '../../src/commands/inspect.ts'
import { hostileMails } from '../channels/mail/hostile-mails.ts'

const mails = resolve(import.meta.dirname, '../channels/mail/mails')
const schema = z.fromJSONSchema(
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../docs/inspect.schema.json'), 'utf8')),
)
const scratch = mkdtempSync(join(tmpdir(), 'inspect-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** What each mail of the folder says, as far as it is worth telling. */
const expected: Readonly<Record<string, object>> = {
  'outlook-reply-de.eml': {
    messageId: '<AM0PR01MB0001@AM0PR01MB0001.eurprd01.prod.example.com>',
    inReplyTo: ['<0f3a.auto-reply@example.com>'],
    date: '2026-03-05T11:42:07+00:00',
    from: { address: 'joerg.mueller@example.com', name: 'Müller, Jörg' },
    cc: [{ address: 'anna@example.com', name: "'Anna Muster'" }],
    subject: 'AW: [#1004718] Esstisch "Oslo" wackelt',
    replyText:
      'Guten Tag Frau Beispiel,\n\ndie Schrauben sind fest, er wackelt trotzdem – Fotos anbei.\n\nMit freundlichen Grüßen\nJörg Müller\n\n[cid:image001.png@01DCAB43.00000000]',
    html: true,
    classification: 'customer',
    autoReplyAllowed: true,
    attachments: [
      { filename: 'image001.png', contentType: 'image/png', size: 3 },
      { filename: 'Tischfüße.jpg', contentType: 'image/jpeg', size: 4 },
    ],
  },
  'gmail-reply-en.eml': {
    replyText: 'Hi there,\n\nyes, that’s fixed it 😀\n\nAnna',
    html: true,
    attachments: [],
    references: ['<0f3a.auto-reply@example.com>', '<0f3b.answer@example.com>'],
  },
  'thunderbird-inline-de.eml': {
    replyText:
      'Ja, alle vier, mit dem Schlüssel, der beilag, und danach noch einmal von Hand.\n\nNein, auf einem Teppich.',
  },
  'iphone-de.eml': { subject: 'Re: [#1004718] Tisch für Küche', replyText: 'Danke, hat geklappt!' },
  'gmx-html-only-de.eml': { replyText: 'Hallo,\n\nalles gut, danke!\n\nGruß Anna', html: true },
  'lotus-notes-de.eml': { replyText: 'Hallo,\n\npaßt so.\n\nAnna Muster' },
  'exchange-absence-de.eml': {
    classification: 'auto-reply',
    autoReplyAllowed: false,
    text: 'Ich bin bis 12.03.2026 nicht im Büro.',
  },
  'postfix-bounce.eml': {
    classification: 'bounce',
    autoReplyAllowed: false,
    bounce: {
      recipients: [
        {
          recipient: 'anna@example.net',
          status: '5.1.1',
          action: 'failed',
          diagnosticCode: 'smtp; 550 5.1.1 <anna@example.net>: Recipient address rejected: User unknown',
        },
      ],
      kind: 'hard',
      reason: 'user-unknown',
      originalMessageId: '<0f3a.auto-reply@example.com>',
    },
  },
  'raw-latin1-headers.eml': {
    messageId: '<roh.1@example.com>',
    date: '2026-03-05T10:11:12+01:00',
    from: { address: 'joerg@example.com', name: 'Jörg Müller' },
    subject: 'Größe 90×200 – nicht lieferbar?',
    text: 'Fünf Stühle à 50 €, bitte.',
  },
  'japanese-iso-2022-jp.eml': {
    from: { address: 'yamada@example.com', name: '山田太郎' },
    subject: '机の件',
    text: 'こんにちは',
    date: '2026-03-05T18:11:12+09:00',
    language: null,
  },
  'signed-smime.eml': {
    text: 'Grüße',
    attachments: [
      {
        filename: 'smime.p7s',
        contentType: 'application/pkcs7-signature',
        size: 6,
        disposition: 'attachment',
      },
    ],
  },
  'mailman-list.eml': {
    classification: 'list',
    autoReplyAllowed: false,
    replyTo: [{ address: 'anna@example.com', name: 'Anna Muster' }],
  },
  'unterminated.eml': {
    text: 'Anbei die Rechnung.',
    messageId: null,
    date: null,
    attachments: [{ filename: 'Rechnung für Muster.pdf', size: 10 }],
    defects: ['multipart not closed'],
  },
  'not-a-mail.eml': { classification: 'unparseable', from: null, messageId: null },
  'empty.eml': { classification: 'unparseable', text: '' },
}

async function linesOf(options: { file?: string; batchFolder?: string }): Promise<string[]> {
  const lines: string[] = []
  await runInspect({ ...options, write: line => lines.push(line) })
  return lines
}

describe('inspect', () => {
  it('has an expectation for every mail of the folder', () => {
    expect(readdirSync(mails).toSorted()).toEqual(Object.keys(expected).toSorted())
  })

  it.each(Object.entries(expected))('reads %s', async (name, content) => {
    const inspected = await inspectFile(join(mails, name))
    expect(inspected).toMatchObject({ file: name, ...content })
    expect(schema.safeParse(inspected).error).toBeUndefined()
  })

  it('prints one object for a file', async () => {
    const [json = '', ...more] = await linesOf({ file: join(mails, 'iphone-de.eml') })
    expect(more).toEqual([])
    expect(JSON.parse(json)).toEqual(await inspectFile(join(mails, 'iphone-de.eml')))
  })

  it('prints one line per file of a folder, sorted by name', async () => {
    const lines = await linesOf({ batchFolder: mails })
    expect(lines.map(line => JSON.parse(line).file)).toEqual(readdirSync(mails).toSorted())
  })

  it('has an answer for what is no file', async () => {
    const folder = join(scratch, 'batch')
    mkdirSync(join(folder, 'a-folder.eml'), { recursive: true })
    writeFileSync(join(folder, 'b.eml'), 'From: anna@example.com\n\nGuten Tag')
    const [first, second] = (await linesOf({ batchFolder: folder })).map(line => JSON.parse(line))
    expect(first).toMatchObject({ file: 'a-folder.eml', classification: 'unparseable' })
    expect(second).toMatchObject({ file: 'b.eml', classification: 'customer' })
    expect(schema.safeParse(first).error).toBeUndefined()
    expect(await inspectFile(join(scratch, 'missing.eml'))).toMatchObject({
      classification: 'unparseable',
      defects: ['file unreadable: ENOENT', 'no header of a mail'],
    })
  })

  it('keeps to its schema whatever the mail is', async () => {
    const folder = join(scratch, 'hostile')
    mkdirSync(folder)
    for (const [i, make] of Object.values(hostileMails).entries())
      writeFileSync(join(folder, `${i}.eml`), make(20_000))
    const lines = await linesOf({ batchFolder: folder })
    expect(lines).toHaveLength(Object.keys(hostileMails).length)
    for (const line of lines) expect(schema.safeParse(JSON.parse(line)).error).toBeUndefined()
  })
})
