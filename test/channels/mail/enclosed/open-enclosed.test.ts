import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { mapiIds } from '../../../../src/channels/mail/enclosed/mapi-properties.ts'
import { readMail } from '../../../../src/channels/mail/read-mail.ts'
import { mailSource, multipart } from '../mail-source.ts'
import {
  attach,
  attribute,
  binary,
  compressedRtf,
  outlookItem,
  propertyList,
  time,
  unicode,
  winmail,
} from './outlook-files.ts'

const file = (type: string, name: string, bytes: Buffer): string =>
  `Content-Type: ${type}; name="${name}"\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64').replace(/(.{76})/g, '$1\n')}`
const text = (words: string): string => `Content-Type: text/plain; charset=utf-8\n\n${words}`
const read = (...parts: readonly string[]) => readMail(mailSource(multipart('mixed', parts)))
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

const photo = Buffer.from('a photo of the fault')
const rtf = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Outlook;}\uc1 Guten Tag,\par der Verst\'e4rker zeigt \u8222?E 17\u8220?.\par}`
const wrapped = winmail(
  attribute(1, 0x00018004, Buffer.from('Verstärker defekt\0', 'latin1')),
  attribute(
    1,
    0x00069003,
    propertyList([
      { ...unicode(0x8005, 'a named property to step over'), named: true },
      unicode(mapiIds.senderName, 'Anna Muster'),
      unicode(mapiIds.senderSmtp, 'anna@example.com'),
      time(mapiIds.submitTime, '2026-03-05T09:11:12Z'),
      binary(mapiIds.compressedRtf, compressedRtf(rtf)),
    ]),
  ),
  attach.start,
  attach.title('FOTO~1.JPG'),
  attach.data(photo),
  attach.properties(
    unicode(mapiIds.attachLongName, 'Foto vom Gerät.jpg'),
    unicode(mapiIds.attachMime, 'image/jpeg'),
  ),
)

describe('winmail.dat', () => {
  it('gives agents the attachments and the words that Outlook wrapped up', async () => {
    const content = await read(text('siehe Anhang'), file('application/ms-tnef', 'winmail.dat', wrapped))
    expect(content.attachments).toMatchObject([{ filename: 'winmail.dat' }])
    expect(content.text).toBe('siehe Anhang')
    expect(content.enclosed).toEqual([
      {
        kind: 'winmail',
        filename: 'winmail.dat',
        subject: 'Verstärker defekt',
        from: { address: 'anna@example.com', name: 'Anna Muster' },
        date: '2026-03-05T09:11:12Z',
        text: 'Guten Tag,\nder Verstärker zeigt „E 17“.',
        attachments: [
          {
            filename: 'Foto vom Gerät.jpg',
            contentType: 'image/jpeg',
            size: photo.length,
            sha256: sha256(photo),
            contentId: null,
            disposition: null,
          },
        ],
      },
    ])
  })

  it('gives a mail without other words its text', async () => {
    const whole = mailSource({
      fields: {
        'Content-Type': 'application/ms-tnef; name="winmail.dat"',
        'Content-Transfer-Encoding': 'base64',
      },
      body: wrapped.toString('base64'),
    })
    expect(await readMail(whole)).toMatchObject({
      text: 'Guten Tag,\nder Verstärker zeigt „E 17“.',
      language: 'de',
    })
    expect(await readMail(whole, { openEnclosed: false })).toMatchObject({
      text: '',
      attachments: [{ filename: 'winmail.dat' }],
    })
  })

  it('is read as far as it goes when it is cut, and left alone when its lengths lie', async () => {
    for (let end = 0; end < wrapped.length; end += 7) {
      const { enclosed = [] } = await read(
        text('x'),
        file('application/ms-tnef', 'winmail.dat', wrapped.subarray(0, end)),
      )
      expect(enclosed.length).toBeLessThanOrEqual(1)
    }
    const lying = Buffer.from(wrapped)
    lying.writeUInt32LE(0xffffffff, 11)
    const { enclosed } = await read(text('x'), file('application/ms-tnef', 'winmail.dat', lying))
    expect(enclosed).toMatchObject([{ subject: '', attachments: [] }])
  })

  it('stays closed behind the second attached mail', async () => {
    let nested = winmail(attribute(1, 0x00018004, Buffer.from('innermost\0')))
    for (let i = 0; i < 50; i++)
      nested = winmail(
        attach.start,
        attach.properties({
          id: mapiIds.attachData,
          type: 0xd,
          value: Buffer.concat([Buffer.alloc(16), nested]),
        }),
      )
    const { enclosed } = await read(text('x'), file('application/ms-tnef', 'winmail.dat', nested))
    expect(enclosed?.map(({ kind }) => kind)).toEqual(['winmail', 'outlook-item'])
  })
})

const item = {
  properties: [
    unicode(mapiIds.subject, 'WG: Anfrage'),
    unicode(mapiIds.senderName, 'Bernd'),
    unicode(mapiIds.senderAddress, 'bernd@example.com'),
    unicode(mapiIds.body, 'Bitte kümmern.\r\nDanke'),
    time(mapiIds.deliveryTime, '2026-03-04T08:00:00Z'),
  ],
  files: [
    {
      properties: [
        unicode(mapiIds.attachLongName, 'log.txt'),
        binary(mapiIds.attachData, Buffer.alloc(9_000, 'log ')),
      ],
    },
    {
      properties: [unicode(mapiIds.displayName, 'Ursprung')],
      item: { properties: [unicode(mapiIds.subject, 'Ursprung'), unicode(mapiIds.body, 'Es brummt.')] },
    },
  ],
}

describe('.msg files', () => {
  it('are opened with their attachments and the mails attached to them', async () => {
    const { enclosed } = await read(
      text('x'),
      file('application/octet-stream', 'Anfrage.msg', outlookItem(item)),
    )
    expect(enclosed).toMatchObject([
      {
        kind: 'outlook-item',
        filename: 'Anfrage.msg',
        subject: 'WG: Anfrage',
        from: { address: 'bernd@example.com', name: 'Bernd' },
        date: '2026-03-04T08:00:00Z',
        text: 'Bitte kümmern.\nDanke',
        attachments: [{ filename: 'log.txt', size: 9_000, sha256: sha256(Buffer.alloc(9_000, 'log ')) }],
      },
      { kind: 'outlook-item', subject: 'Ursprung', text: 'Es brummt.' },
    ])
  })

  it('end however their chains are damaged', async () => {
    const sound = outlookItem(item)
    for (let seed = 1; seed <= 200; seed++) {
      const damaged = Buffer.from(sound)
      for (let i = 1; i <= 8; i++) {
        const at = (seed * 7919 * i + i * 104_729) % (damaged.length - 4)
        damaged.writeUInt32LE([0, 1, 2, 0xfffffffe, seed][i % 5] ?? 0, at < 8 ? 48 : at - (at % 4))
      }
      const content = await read(text('x'), file('application/vnd.ms-outlook', 'a.msg', damaged))
      expect(content.text).toBe('x')
    }
  })

  it('end when every chain bites its tail', async () => {
    const looping = outlookItem(item)
    const table = (looping.readUInt32LE(76) + 1) * 512
    for (let sector = 0; sector < 128; sector++) looping.writeUInt32LE(sector, table + 4 * sector)
    const content = await read(text('x'), file('application/vnd.ms-outlook', 'a.msg', looping))
    expect(content).toMatchObject({ text: 'x', attachments: [{ filename: 'a.msg' }] })
  })
})

describe('nested mails', () => {
  const inner = (subject: string, body = 'Hallo', type = 'text/plain') =>
    `From: Carla <carla@example.com>\nDate: Wed, 4 Mar 2026 08:00:00 +0100\nSubject: ${subject}\nContent-Type: ${type}\n\n${body}`
  const asPart = (mail: string) => `Content-Type: message/rfc822\n\n${mail}`

  it('are opened, and stay one attachment for a dry run', async () => {
    const source = mailSource(
      multipart('mixed', [text('siehe unten'), asPart(inner('=?utf-8?Q?Gr=C3=BC=C3=9Fe?='))]),
    )
    expect((await readMail(source)).enclosed).toMatchObject([
      {
        kind: 'mail',
        subject: 'Grüße',
        from: { address: 'carla@example.com', name: 'Carla' },
        date: '2026-03-04T08:00:00+01:00',
        text: 'Hallo',
      },
    ])
    const dry = await readMail(source, { openEnclosed: false })
    expect(dry.attachments).toMatchObject([{ contentType: 'message/rfc822' }])
    expect(dry).not.toHaveProperty('enclosed')
  })

  it('are opened as files too, to the second level and no further', async () => {
    const deep = (level: number): string =>
      level === 5
        ? inner('level 5')
        : inner(
            `level ${level}`,
            `--n${level}\n${asPart(deep(level + 1))}\n--n${level}--`,
            `multipart/mixed; boundary=n${level}`,
          )
    const { enclosed } = await read(
      text('x'),
      file('application/octet-stream', 'alt.eml', Buffer.from(deep(1))),
    )
    expect(enclosed?.map(({ subject }) => subject)).toEqual(['level 1', 'level 2'])
  })

  it('are opened twenty at the most', async () => {
    const many = Array.from({ length: 70 }, (_, i) => asPart(inner(`mail ${i}`)))
    const content = await read(text('x'), ...many)
    expect(content.enclosed).toHaveLength(20)
    expect(content.attachments).toHaveLength(70)
  })
})
