import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fingerprintOf, readMail } from '../../src/channels/mail/read-mail.ts'
import type { InboundMail } from '../../src/desk/inbound.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { mailSource, multipart } from '../channels/mail/mail-source.ts'
import { noon } from '../desk/mail-example.ts'
import { openDesk, type TestDesk } from './desk.ts'

/** Mails as they arrive in German and British support mailboxes when something on the way was written badly. */

let desk: TestDesk

beforeAll(async () => {
  desk = await openDesk()
})

afterAll(() => desk.close())

beforeEach(async () => {
  await desk.database.$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor cascade`
})

async function arriving(raw: Buffer, uid: bigint, defects: readonly string[] = []): Promise<InboundMail> {
  const read = await readMail(raw)
  const content = { ...read, defects: [...read.defects, ...defects] }
  const rawSha256 = createHash('sha256').update(raw).digest('hex')
  return {
    kind: 'mail',
    position: { mailbox: 'support', folder: 'INBOX', uidValidity: 7n, uid },
    rawSha256,
    size: raw.length,
    receivedAt: noon.subtract({ minutes: 1 }),
    content,
    fingerprint: fingerprintOf(content, rawSha256),
  }
}

const next = mailSource({ fields: { 'Message-ID': '<next@example.com>', Subject: 'Die nächste' } })
const words = 'Content-Type: text/plain; charset=utf-8\n\nGuten Tag, anbei die Bilder.'
const attachment = (i: number) =>
  `Content-Type: image/jpeg; name="Bild ${i}.jpg"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n${Buffer.from(`picture ${i}`).toString('base64')}`
const raw = (lines: readonly string[], encoding: BufferEncoding = 'latin1') =>
  Buffer.from(lines.join('\r\n'), encoding)

interface Odd {
  readonly mail: Buffer
  /** What the entry of its ticket must say, at the least. */
  readonly entry: { readonly text?: unknown; readonly author?: unknown; readonly detail?: unknown }
}

const odd: Readonly<Record<string, Odd>> = {
  'seventy attachments': {
    mail: mailSource(multipart('mixed', [words, ...Array.from({ length: 70 }, (_, i) => attachment(i))])),
    entry: {
      text: 'Guten Tag, anbei die Bilder.',
      detail: { attachments: expect.objectContaining({ length: 70 }) },
    },
  },
  'no Message-ID, no Date, no Subject, no To': {
    mail: raw(['From: Anna <anna@kunde.example.com>', '', 'Hilfe!']),
    entry: { text: 'Hilfe!', author: 'Anna <anna@kunde.example.com>' },
  },
  'no From': {
    mail: raw(['To: support@example.com', 'Subject: ohne Absender', '', 'Wer bin ich?']),
    entry: { text: 'Wer bin ich?', author: '' },
  },
  'every header twice': {
    mail: raw(
      [
        'From: Anna <anna@kunde.example.com>',
        'From: Mallory <mallory@example.net>',
        'Subject: eins',
        'Subject: zwei',
        'Message-ID: <one@kunde.example.com>',
        'Message-ID: <two@kunde.example.com>',
        'Date: Tue, 24 Nov 2026 11:00:00 +0100',
        'Date: Tue, 24 Nov 2020 11:00:00 +0100',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Type: text/html',
        '',
        'Doppelt hält besser.',
      ],
      'utf8',
    ),
    entry: { text: 'Doppelt hält besser.', author: 'Anna <anna@kunde.example.com>' },
  },
  'a date in the future': {
    mail: mailSource({ fields: { Date: 'Fri, 1 Jan 2100 00:00:00 +0000' }, body: 'Aus der Zukunft' }),
    entry: { text: 'Aus der Zukunft' },
  },
  'a date that is none': {
    mail: mailSource({ fields: { Date: 'Tue, 99 Foo 20260 25:61:61 +9999' }, body: 'Irgendwann' }),
    entry: { text: 'Irgendwann' },
  },
  'NUL bytes in headers and body': {
    mail: raw([
      'From: An\0na <anna@kunde.example.com>',
      'Subject: Dru\0cker',
      'Message-ID: <nul\0@kunde.example.com>',
      'Content-Type: text/plain; name="a\0b.txt"',
      '',
      'Der Dru\0cker\0 druckt nicht.',
    ]),
    entry: { text: 'Der Drucker druckt nicht.' },
  },
  'a multipart that never closes': {
    mail: raw([
      'From: anna@kunde.example.com',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Abgeschnitten',
      '--b',
      'Content-Type: application/pdf; name=a.pdf',
      'Content-Transfer-Encoding: base64',
      '',
      'JVBERi0x',
    ]),
    entry: {
      text: 'Abgeschnitten',
      detail: { attachments: [{ filename: 'a.pdf' }], defects: ['multipart not closed'] },
    },
  },
  'a multipart without its boundary': {
    mail: mailSource({ fields: { 'Content-Type': 'multipart/mixed; boundary=nowhere' }, body: 'Nur Text' }),
    entry: { text: 'Nur Text' },
  },
  'windows-1252 declared as UTF-8': {
    mail: mailSource({
      fields: { 'Content-Type': 'text/plain; charset=utf-8', Subject: 'Größe' },
      body: 'Die Größe stimmt nicht für 50 \x80.',
      bytes: 'latin1',
    }),
    entry: { text: 'Die Größe stimmt nicht für 50 €.' },
  },
  'UTF-8 declared as ISO-8859-1': {
    mail: mailSource({
      fields: { 'Content-Type': 'text/plain; charset=iso-8859-1' },
      body: 'Grüße aus Köln',
    }),
    entry: { text: 'Grüße aus Köln' },
  },
  'a charset that nobody knows': {
    mail: mailSource({ fields: { 'Content-Type': 'text/plain; charset=x-martian' }, body: 'Grüße' }),
    entry: { text: 'Grüße' },
  },
}

describe('an odd mail', () => {
  it.each(Object.entries(odd))(
    'with %s becomes a ticket, and so does the next one',
    async (_, { mail, entry }) => {
      const taken = await takeIn(desk.deps, [await arriving(mail, 1n), await arriving(next, 2n)])
      expect(taken.map(({ outcome }) => outcome)).toEqual(['open-ticket', 'open-ticket'])
      const entries = await desk.database.entry.findMany({ orderBy: { inboundId: 'asc' } })
      expect(entries).toHaveLength(2)
      expect(entries[0]).toMatchObject(entry)
      expect(entries[1]).toMatchObject({ text: 'Guten Tag' })
    },
  )

  it('that is over the size limit gets its ticket, and its sender is told once, in the language of the mail', async () => {
    const german = mailSource({ body: 'Guten Tag, anbei das Video von unserem Gerät, das nicht mehr geht.' })
    const english = mailSource({
      fields: { From: 'Tom <tom@kunde.example.com>', 'Message-ID': '<2@example.com>' },
      body: 'Hello, please find the video of our device attached, it does not work any more.',
    })
    await takeIn(desk.deps, [
      await arriving(german, 1n, ['oversized']),
      await arriving(english, 2n, ['oversized']),
      await arriving(next, 3n),
    ])
    const told = await desk.database.letter.findMany({
      where: { kind: 'auto-reply' },
      orderBy: { recipient: 'asc' },
    })
    expect(
      told.map(({ recipient, language, data }) => [
        recipient,
        language,
        (data as { oversized: boolean }).oversized,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['anna@example.com', 'de', true],
        ['tom@kunde.example.com', 'en', true],
      ]),
    )
    expect(told.filter(({ data }) => (data as { oversized: boolean }).oversized)).toHaveLength(2)
  })
})
