import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attachmentsOf } from '../../../src/channels/mail/attachments-of.ts'
import { readMail } from '../../../src/channels/mail/read-mail.ts'

const bytes = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7) % 256))
const raw = Buffer.from(
  [
    'From: a@example.com',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain',
    '',
    'See the files.',
    '--x',
    'Content-Type: application/octet-stream; name="data.bin"',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment',
    '',
    (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n'),
    '--x',
    'Content-Type: text/plain; name="note.txt"',
    'Content-Transfer-Encoding: quoted-printable',
    'Content-Disposition: attachment',
    '',
    'Gr=C3=BC=C3=9Fe=20',
    '--x--',
    '',
  ].join('\r\n'),
)

test('finds every attachment that reading the mail named, byte for byte', async () => {
  const { attachments } = await readMail(raw)
  expect(attachments).toHaveLength(2)
  const found = new Map(attachmentsOf(raw, attachments).map(({ sha256, content }) => [sha256, content]))
  expect(found.get(attachments[0]?.sha256 ?? '')).toEqual(bytes)
  expect(found.get(attachments[1]?.sha256 ?? '')?.toString()).toBe('Grüße ')
})

test('leaves out what is not there', () => {
  expect(attachmentsOf(raw, [{ sha256: 'unknown' }])).toEqual([])
  expect(attachmentsOf(Buffer.alloc(0), [{ sha256: 'unknown' }])).toEqual([])
})

test('agrees with the reader on every mail of the collection', async () => {
  const folder = join(import.meta.dirname, 'mails')
  for (const name of readdirSync(folder)) {
    const mail = readFileSync(join(folder, name))
    const { attachments } = await readMail(mail)
    const found = attachmentsOf(mail, attachments)
    expect(new Set(found.map(({ sha256 }) => sha256)), name).toEqual(
      new Set(attachments.map(({ sha256 }) => sha256)),
    )
    for (const { sha256, content } of found)
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
  }
})
