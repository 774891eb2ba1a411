/** What others complained of about the content of mails: nothing that a customer wrote or attached is kept from the agents. */
import { expect, it } from 'vitest'
import { mapiIds } from '../../src/channels/mail/enclosed/mapi-properties.ts'
import {
  attach,
  attribute,
  binary,
  compressedRtf,
  outlookItem,
  propertyList,
  unicode,
  winmail,
} from '../channels/mail/enclosed/outlook-files.ts'
import { mailSource, multipart } from '../channels/mail/mail-source.ts'
import { onDovecot } from './on-dovecot.ts'
import { anna, mailFrom, opened, petra, question, quoted, replyFields } from './people.ts'
import { only, type ServedDesk, servedDesk } from './served-desk.ts'

const file = (type: string, name: string, bytes: Buffer) =>
  `Content-Type: ${type}; name="${name}"\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64').replaceAll(/(.{76})/g, '$1\n')}`
const words = (text: string) => `Content-Type: text/plain; charset=utf-8\n\n${text}`
const withFiles = (...parts: readonly string[]) => {
  const { fields, body = '' } = multipart('mixed', parts)
  return question(fields, body)
}

/** What Anna reads about the mail that came last. */
async function annaReads(desk: ServedDesk): Promise<string> {
  const { text = '' } = await opened(only(await desk.outgoingTo(anna)))
  return text.replaceAll(/\s+/g, ' ')
}

const inline = (letter: string) => {
  const lines = letter.trimEnd().split('\n')
  return [...lines.slice(0, 4), '', 'Die Nummer ist 4711.', '', ...lines.slice(4), '', 'Und er brummt.'].join(
    '\n',
  )
}

onDovecot('nothing in a mail is lost', account => {
  it.each([
    ['between quoted lines', inline],
    ['below the quote', (letter: string) => `${letter}\n\nDie Nummer ist 4711.\n\nUnd er brummt.`],
    ['above it', (letter: string) => `Die Nummer ist 4711.\nUnd er brummt.\n\n${letter}`],
  ])('shows agents an answer that stands %s', async (_, write) => {
    const desk = await servedDesk(await account())
    await desk.receive(question())
    const answer = await opened(only(await desk.outgoingTo(petra)))
    await desk.receive(mailFrom(petra, replyFields(answer), write(quoted(answer))))
    const shown = await annaReads(desk)
    expect(shown).toContain('Die Nummer ist 4711.')
    expect(shown).toContain('Und er brummt.')
  })

  it('opens what Outlook wrapped up in winmail.dat: the words, and the photo in it', async () => {
    const wrapped = winmail(
      attribute(1, 0x00018004, Buffer.from('Defekt\0', 'latin1')),
      attribute(
        1,
        0x00069003,
        propertyList([
          binary(mapiIds.compressedRtf, compressedRtf(String.raw`{\rtf1 Es riecht verbrannt.\par}`)),
        ]),
      ),
      attach.start,
      attach.title('FOTO.JPG'),
      attach.data(Buffer.from('a photo')),
    )
    const desk = await servedDesk(await account())
    await desk.receive(withFiles(file('application/ms-tnef', 'winmail.dat', wrapped)))
    const shown = await annaReads(desk)
    expect(shown).toContain('Es riecht verbrannt.')
    expect(shown).toContain('FOTO.JPG')
  })

  it('keeps the Outlook item that is attached, whole', async () => {
    const item = outlookItem({
      properties: [
        unicode(mapiIds.subject, 'Rückruf'),
        unicode(mapiIds.body, 'Bitte rufen Sie Herrn Ohm zurück.'),
      ],
    })
    const desk = await servedDesk(await account())
    const { entries } = only(
      await desk.receive(
        withFiles(words('siehe Anhang'), file('application/vnd.ms-outlook', 'ruf.msg', item)),
      ),
    )
    expect(entries).toMatchObject([
      { text: 'siehe Anhang', detail: { attachments: [{ filename: 'ruf.msg', size: item.length }] } },
    ])
  })

  it('shows an invitation as words, not as raw lines', async () => {
    const calendar =
      'BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nDTSTART:20260305T090000Z\nDTEND:20260305T100000Z\nSUMMARY:Abnahme der Anlage\nORGANIZER:mailto:petra@kunde.example.org\nEND:VEVENT\nEND:VCALENDAR'
    const desk = await servedDesk(await account())
    const parts = [
      words('Wir laden Sie ein.'),
      `Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\n${calendar}`,
    ]
    const { fields, body = '' } = multipart('alternative', parts)
    await desk.receive(question(fields, body))
    const shown = await annaReads(desk)
    expect(shown).toContain('Wir laden Sie ein.')
    expect(shown).not.toMatch(/BEGIN:|DTSTART/)
  })

  const umlauts = 'Die Größe stimmt nicht.'
  it.each([
    ['windows-1252 that calls itself UTF-8', 'text/plain; charset=utf-8', 'latin1'],
    ['UTF-8 that calls itself ISO-8859-1', 'text/plain; charset=iso-8859-1', 'utf8'],
    ['UTF-8 in a charset that nobody knows', 'text/plain; charset=x-martian', 'utf8'],
    ['UTF-8 that says nothing', 'text/plain', 'utf8'],
    ['UTF-8 in a broken field', 'text/plain; charset="', 'utf8'],
  ] as const)('reads %s', async (_, type, bytes) => {
    const mail = mailSource({ fields: { 'Content-Type': type, From: petra }, body: umlauts, bytes })
    const desk = await servedDesk(await account())
    expect(only(await desk.receive(mail)).entries).toMatchObject([{ text: umlauts }])
    expect((await opened(only(await desk.outgoingTo(petra)))).text).toContain(umlauts)
  })

  it('shows a logo that comes with every mail of a sender once', async () => {
    const logo = file('image/png', 'logo.png', Buffer.from('a logo')).replace(
      'Content-Disposition: attachment',
      'Content-ID: <logo>\nContent-Disposition: inline',
    )
    const { fields = {}, body } = multipart('related', [words('Der Drucker steht.'), logo])
    const desk = await servedDesk(await account())
    await desk.receive(mailFrom(petra, fields, body))
    expect(await annaReads(desk)).toContain('logo.png')
    await desk.receive(mailFrom(petra, fields, body))
    expect(await annaReads(desk)).not.toContain('logo.png')
  })

  it('tells the sender of an oversized mail so, in the answer that brings the number', async () => {
    const desk = await servedDesk(await account(), { mailBytes: 20_000 })
    const { ticket } = only(
      await desk.receive(
        withFiles(words('Anbei das Video.'), file('video/mp4', 'v.mp4', Buffer.alloc(60_000, 7))),
      ),
    )
    const { text = '' } = await opened(only(await desk.outgoingTo(petra)))
    expect(text).toContain(ticket?.number)
    expect(text.replaceAll(/\s+/g, ' ')).toContain('Ihre E-Mail war zu groß')
  })
})
