import { describe, expect, it } from 'vitest'
import { fingerprintOf, readMail } from '../../../src/channels/mail/read-mail.ts'
import { mailSource, multipart } from './mail-source.ts'

const read = (
  fields: Readonly<Record<string, string>>,
  body = 'Guten Tag',
  bytes: 'utf8' | 'latin1' = 'utf8',
) => readMail(mailSource({ fields, body, bytes }))

describe('reading a mail', () => {
  it('reads an ordinary one', async () => {
    expect(await read({}, 'Guten Tag,\n\nmein Tisch wackelt seit gestern.\n\nAnna Muster')).toEqual({
      messageId: '<1@example.com>',
      inReplyTo: [],
      references: [],
      date: '2026-03-05T10:11:12+01:00',
      from: { address: 'anna@example.com', name: 'Anna Muster' },
      replyTo: [],
      to: [{ address: 'support@example.com', name: '' }],
      cc: [],
      deliveredTo: [],
      subject: 'Tisch wackelt',
      text: 'Guten Tag,\n\nmein Tisch wackelt seit gestern.\n\nAnna Muster',
      replyText: 'Guten Tag,\n\nmein Tisch wackelt seit gestern.\n\nAnna Muster',
      replyConfidence: 'sure',
      signature: '',
      html: false,
      attachments: [],
      classification: 'customer',
      autoReplyAllowed: true,
      autoReplyReasons: [],
      bounce: null,
      spamFlagged: false,
      language: 'de',
      defects: [],
      ownMark: null,
      authentication: {
        from: ['anna@example.com'],
        fromDomain: 'example.com',
        sender: [],
        results: [],
        internal: false,
        dkim: 'unknown',
      },
      threadIndex: null,
    })
  })

  it.each([
    [{ From: 'anna@example.com', 'Reply-To': 'bernd@example.com' }, 'anna@example.com'],
    [{ From: '', 'Reply-To': 'bernd@example.com', Sender: 'carla@example.com' }, 'bernd@example.com'],
    [{ From: 'Anna', Sender: 'carla@example.com' }, 'carla@example.com'],
    [{ From: 'Anna <>, Bernd <bernd@example.com>' }, 'bernd@example.com'],
    [{ From: '' }, undefined],
  ])('finds the sender of %o', async (fields, address) => {
    expect((await read(fields)).from?.address).toBe(address)
  })

  it.each([
    ['=?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n =?utf-8?Q?_aus_K=C3=B6ln?=', 'Grüße aus Köln'],
    ['Tisch wackelt\n  und kippt', 'Tisch wackelt und kippt'],
    ['Grüße aus Köln', 'Grüße aus Köln'],
    ['', ''],
  ])('decodes and unfolds the subject %s', async (subject, expected) => {
    expect((await read({ Subject: subject })).subject).toBe(expected)
    expect((await read({ Subject: subject }, 'x', 'latin1')).subject).toBe(expected)
  })

  it('reads the thread', async () => {
    const content = await read({
      'In-Reply-To': '<2@example.com>',
      References: '<1@example.com>,\n <2@example.com>',
      'Message-ID': '',
    })
    expect(content).toMatchObject({
      messageId: null,
      inReplyTo: ['<2@example.com>'],
      references: ['<1@example.com>', '<2@example.com>'],
    })
  })

  it('collects the addresses a mail was delivered to', async () => {
    const content = await read({
      'Delivered-To': 'support+t1@example.com',
      'X-Original-To': '<support@example.com>',
    })
    expect(content.deliveredTo).toEqual(['support+t1@example.com', 'support@example.com'])
  })

  it('recognises our own mark', async () => {
    const content = await read({ 'X-Intake-Gateway': 'desk-1; kind=auto-reply' })
    expect(content).toMatchObject({
      ownMark: { instance: 'desk-1', kind: 'auto-reply' },
      autoReplyAllowed: false,
    })
  })

  it.each([
    ['an answer to an invitation', 'REPLY', 'auto-reply'],
    ['an invitation', 'REQUEST', 'customer'],
  ])('knows %s', async (_, method, classification) => {
    const source = multipart('alternative', [
      '\nText',
      `Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:${method}\nEND:VCALENDAR`,
    ])
    expect((await readMail(mailSource(source))).classification).toBe(classification)
  })

  it('takes a customer who attaches a report for a customer', async () => {
    const source = multipart('mixed', [
      '\nWas heißt das?',
      'Content-Type: message/delivery-status\n\nReporting-MTA: dns; x',
    ])
    expect(await readMail(mailSource(source))).toMatchObject({ classification: 'customer', bounce: null })
  })

  it.each([
    ['German', 'Guten Tag, leider wackelt mein neuer Tisch. Können Sie mir bitte helfen?', 'de'],
    ['English', 'Hello, unfortunately my new table wobbles. Could you please help me with that?', 'en'],
    ['French', 'Bonjour, malheureusement ma nouvelle table est instable. Pourriez-vous m’aider ?', null],
    ['too little', 'ok', null],
  ])('tells %s', async (_, body, language) => {
    expect((await read({}, body)).language).toBe(language)
  })

  it('tells the language of the answer, not of the history', async () => {
    const history = '> Hello, thank you for your message. We will look into this matter soon.\n'.repeat(10)
    expect((await read({}, `Vielen Dank, das hat mir leider nicht geholfen.\n\n${history}`)).language).toBe(
      'de',
    )
  })
})

describe('reading what is hardly a mail', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['line breaks', Buffer.from('\r\n\r\n')],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255, 10, 0, 200])],
    ['prose', Buffer.from('Es war einmal ein Tisch.\nEr wackelte.\n')],
    ['prose with a colon', Buffer.from('Notiz: Tisch\n\nwackelt')],
    ['NUL bytes', Buffer.alloc(1000)],
  ])('calls %s unparseable', async (_, raw) => {
    const content = await readMail(raw)
    expect(content).toMatchObject({ classification: 'unparseable', autoReplyAllowed: false, from: null })
    expect(content.autoReplyReasons).toHaveLength(1)
  })

  const lines = ['From: anna@example.com', 'Subject: Tisch', '', 'Guten Tag']
  it.each([
    ['line feeds', lines.join('\n')],
    ['carriage returns', lines.join('\r')],
    ['a byte order mark', `\ufeff${lines.join('\r\n')}`],
    ['empty lines in front', `\r\n\r\n${lines.join('\r\n')}`],
    ['a mailbox separator in front', `From anna@example.com Thu Mar  5 10:11:12 2026\n${lines.join('\n')}`],
    ['a mailbox separator in between', `X: y\n>From anna Thu Mar  5\n${lines.join('\n')}`],
    ['junk in between', `X: y\nno field at all\n${lines.join('\n')}`],
    ['no empty line before the body', 'From: anna@example.com\nSubject: Tisch\nGuten Tag'],
    ['blanks before the colons', 'From : anna@example.com\nSubject : Tisch\n\nGuten Tag'],
    ['shouting', 'FROM: anna@example.com\nSUBJECT: Tisch\n\nGuten Tag'],
    ['blanks on the empty line', 'From: anna@example.com\nSubject: Tisch\n \t\nGuten Tag'],
  ])('reads a mail with %s', async (_, text) => {
    expect(await readMail(Buffer.from(text))).toMatchObject({
      from: { address: 'anna@example.com' },
      subject: 'Tisch',
      text: 'Guten Tag',
    })
  })

  it('reads a mail without a body', async () => {
    expect(await readMail(Buffer.from('From: anna@example.com'))).toMatchObject({
      from: { address: 'anna@example.com' },
      text: '',
    })
  })

  it('takes the first of duplicate fields', async () => {
    const raw = 'Subject: eins\nSubject: zwei\nFrom: anna@example.com\nFrom: mallory@example.com\n\nx'
    expect(await readMail(Buffer.from(raw))).toMatchObject({
      subject: 'eins',
      from: { address: 'anna@example.com' },
    })
  })
})

describe('the fingerprint', () => {
  it('is equal for copies of a mail and differs for others', async () => {
    const one = await read({ Received: 'by mx1', 'Delivered-To': 'a@example.com' })
    const copy = await read({ Received: 'by mx2', 'Delivered-To': 'b@example.com' })
    const other = await read({}, 'Auf Wiedersehen')
    expect(fingerprintOf(one, 'x')).toBe(fingerprintOf(copy, 'y'))
    expect(fingerprintOf(one, 'x')).not.toBe(fingerprintOf(other, 'x'))
  })

  it('rests on the bytes where nothing could be read', async () => {
    const content = await readMail(Buffer.alloc(0))
    expect(fingerprintOf(content, 'x')).not.toBe(fingerprintOf(content, 'y'))
  })
})
