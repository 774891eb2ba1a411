/** What others complained of about lost and doubled mails, seen from the customer: how often do they hear from us? */
import { expect, it } from 'vitest'
import { openSentFolder } from '../../src/outbox/sent-lookup.ts'
import { mailSource, multipart } from '../channels/mail/mail-source.ts'
import { ManualClock } from '../outbox/manual-clock.ts'
import { openOffice } from '../outbox/office.ts'
import { startSmtpSink } from '../smtp-sink.ts'
import { gatewayFor, type Ledger, lineTo } from './gateway.ts'
import { onDovecot } from './on-dovecot.ts'
import { mailFrom, petra, question } from './people.ts'
import { letters, migrate, names, post, visit } from './post.ts'
import { emptyLedger, only, servedDesk } from './served-desk.ts'

const answersOf = ({ database }: Ledger) => database.letter.count({ where: { kind: 'auto-reply' } })

const invalid = Buffer.concat([
  Buffer.from('From: bad@example.org\r\nMessage-ID: <bad@example.org>\r\nSubject: '),
  Buffer.from([0xed, 0xa0, 0x80, 0xfe]),
  Buffer.from('\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'),
  Buffer.from([0x80, 0x01, 0xff, 0xc0, 0xaf, 0x0d, 0x0a]),
])

const loaded = mailSource({
  ...multipart(
    'mixed',
    Array.from(
      { length: 70 },
      (_, at) =>
        `Content-Type: image/png; name="${at}.png"\nContent-Disposition: attachment; filename="${at}.png"\nContent-Transfer-Encoding: base64\n\n${Buffer.from(`picture ${at}`).toString('base64')}`,
    ),
  ),
})

onDovecot('no mail is lost and none counts twice', account => {
  it.each([
    ['was read in Outlook', ['\\Seen']],
    ['was answered and flagged by somebody', ['\\Seen', '\\Answered', '\\Flagged']],
    ['was begun as a draft there', ['\\Draft']],
  ])('gives a ticket number to whoever wrote a mail that %s', async (_, flags) => {
    const mailbox = await account()
    await post(mailbox, 'INBOX', [question()], flags)
    const ledger = await emptyLedger()
    const gateway = await gatewayFor(ledger, mailbox)
    await gateway.rested()
    expect(await ledger.database.letter.findMany({ where: { kind: 'auto-reply' } })).toMatchObject([
      { recipient: petra, data: { ticketNumber: expect.stringMatching(/^\d{7}$/) } },
    ])
  })

  it.each([
    ['seventy attachments', loaded, 'open-ticket'],
    ['invalid bytes', invalid, 'open-ticket'],
    [
      'no end',
      Buffer.from('Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n'.repeat(40)),
      'open-ticket',
    ],
    ['nothing of a mail in it', Buffer.from([0, 1, 2, 3, 13, 10, 13, 10, 255]), 'quarantine'],
  ])('serves the customers before and after a mail with %s', async (_, odd, outcome) => {
    const desk = await servedDesk(await account())
    const before = mailFrom('first@kunde.example.org')
    const after = mailFrom('last@kunde.example.org')
    const arrived = await desk.receive(before, odd, after)
    expect(arrived.map(({ outcome }) => outcome)).toEqual(['open-ticket', outcome, 'open-ticket'])
    const told = (await desk.outgoing()).map(({ letter }) => letter.recipient)
    expect(told).toEqual(expect.arrayContaining(['first@kunde.example.org', 'last@kunde.example.org']))
    expect(desk.gateway.door.state()).toMatchObject({ phase: 'idle', lastError: undefined })
  })

  it('keeps a mail that cannot be read once, however often the folder is looked at', async () => {
    const desk = await servedDesk(await account())
    const [kept] = await desk.receive(Buffer.from([0, 1, 2, 3, 13, 10, 13, 10, 255]))
    expect(kept).toMatchObject({ outcome: 'quarantine', ticket: null })
    for (let look = 0; look < 5; look++) {
      const resting = desk.gateway.reached('resting')
      await desk.gateway.timing.pass('poll')
      await resting
    }
    expect(await desk.ledger.database.inbound.count()).toBe(1)
    expect(await desk.ledger.database.ticket.count()).toBe(0)
  })

  it('makes one ticket of a mail that the server would not let it flag', async () => {
    const mailbox = await account()
    await post(mailbox, 'INBOX', letters(['flagged']))
    const { line, account: behind } = await lineTo(mailbox)
    const ledger = await emptyLedger()
    const gateway = await gatewayFor(ledger, behind, { after: { action: 'flag', flag: '$Taken' } })
    let cuts = 0
    gateway.at('taken-in', () => {
      if (cuts++ === 0) line.cutAfter(0)
    })
    await gateway.rested()
    expect(gateway.door.state().reconnects).toBe(1)
    expect(await ledger.database.ticket.count()).toBe(1)
    expect(await answersOf(ledger)).toBe(1)
  })

  it('answers every customer once although the fetch is interrupted and begun anew', async () => {
    const mailbox = await account()
    await post(
      mailbox,
      'INBOX',
      names('customer', 6).map(name => mailFrom(`${name}@kunde.example.org`)),
    )
    const ledger = await emptyLedger()
    let interruptions = 0
    for (let attempt = 0; attempt < 3; attempt++) {
      const { line, account: behind } = await lineTo(mailbox)
      const gateway = await gatewayFor(ledger, behind)
      let cuts = 0
      gateway.at(attempt === 0 ? 'fetched' : 'connected', () => {
        if (cuts++ < 2) line.cutAfter(0)
      })
      await gateway.rested()
      interruptions += gateway.door.state().reconnects
      await gateway.stop()
    }
    expect(interruptions).toBeGreaterThan(3)
    const answers = await ledger.database.letter.findMany({ where: { kind: 'auto-reply' } })
    expect(answers.map(({ recipient }) => recipient).toSorted()).toEqual(
      names('customer', 6).map(name => `${name}@kunde.example.org`),
    )
  })

  it('makes one ticket of a mail to two of its mailboxes, and tells the customer one number', async () => {
    const [one, other] = [await account(), await account()]
    const mail = question({ To: 'support@example.com, service@example.com' })
    await post(one, 'INBOX', [mail])
    await post(other, 'INBOX', [Buffer.concat([Buffer.from('Delivered-To: service@example.com\r\n'), mail])])
    const ledger = await emptyLedger()
    const support = await gatewayFor(ledger, one)
    const service = await gatewayFor(ledger, other, { mailbox: 'second' })
    await Promise.all([support.rested(), service.rested()])
    expect(await ledger.database.inbound.count()).toBe(2)
    expect(await ledger.database.ticket.count()).toBe(1)
    expect(await answersOf(ledger)).toBe(1)
  })

  it('opens no ticket for the copy that a mailing list makes of a mail', async () => {
    const desk = await servedDesk(await account())
    const list = { 'List-Id': '<all.example.com>', Precedence: 'list', Subject: '[all] Drucker druckt nicht' }
    const arrived = await desk.receive(question(), question(list, 'Guten Tag.\n_____\nall mailing list'))
    expect(arrived.map(({ outcome }) => outcome)).toEqual(['open-ticket', 'note-machine-mail'])
  })

  it.each([
    ['only HTML', mailSource({ fields: { 'Content-Type': 'text/html' }, body: '<p>Es brummt.</p>' })],
    [
      'an empty plain text beside its HTML',
      mailSource(
        multipart('alternative', [
          'Content-Type: text/plain\n\n',
          'Content-Type: text/html\n\n<p>Es brummt.</p>',
        ]),
      ),
    ],
    [
      'its words in the second of two texts',
      mailSource(
        multipart('mixed', ['Content-Type: text/plain\n\n', 'Content-Type: text/plain\n\nEs brummt.']),
      ),
    ],
  ])('makes one ticket with the words in it of a mail with %s', async (_, mail) => {
    const desk = await servedDesk(await account())
    const { entries } = only(await desk.receive(mail))
    expect(entries).toMatchObject([{ kind: 'customer-mail', text: 'Es brummt.' }])
    expect(await desk.ledger.database.ticket.count()).toBe(1)
  })

  it('takes no new mail for an old one, and answers nobody twice, when the server counts anew', async () => {
    const mailbox = await account()
    await visit(mailbox, client => client.mailboxCreate('Support'))
    const desk = await servedDesk(mailbox, { folder: 'Support' })
    await desk.receive(...names('old', 3).map(name => mailFrom(`${name}@kunde.example.org`)))
    await desk.gateway.stop()
    await migrate(mailbox, 'Support')
    await post(mailbox, 'Support', [mailFrom('new@kunde.example.org')])
    const gateway = await gatewayFor(desk.ledger, mailbox, { folder: 'Support' })
    await gateway.rested()
    expect(await desk.ledger.database.inbound.count()).toBe(7)
    const told = await desk.ledger.database.letter.findMany({ where: { kind: 'auto-reply' } })
    expect(told.map(({ recipient }) => recipient).toSorted()).toEqual(
      ['new', 'old-1', 'old-2', 'old-3'].map(name => `${name}@kunde.example.org`),
    )
  })

  it('sends an answer once although the server falls silent after it took it', async () => {
    const mailbox = await account()
    await visit(mailbox, client => client.mailboxCreate('Sent'))
    const desk = await servedDesk(mailbox)
    await desk.receive(question())
    await desk.ledger.database.letter.deleteMany({ where: { kind: 'agent-notice' } })
    const sink = await startSmtpSink({ onAccepted: ({ raw }) => post(mailbox, 'Sent', [raw]) })
    sink.next({ kind: 'cut', at: 'end-of-data', accepts: true })
    const { config } = desk.gateway.desk
    const proof = { kind: 'sent-folder', mailbox: 'support', folder: 'Sent' } as const
    const smtp = { ...config.smtp, host: '127.0.0.1', port: sink.port, tls: 'none', proof } as const
    const sent = openSentFolder({ ...config, smtp })
    const clock = new ManualClock(desk.gateway.desk.now())
    const office = await openOffice(desk.ledger.url, { ...config, smtp }, { clock, lookUp: sent.lookUp })
    await office.pass(3600)
    await sent.close()
    await sink.stop()
    expect(await desk.ledger.database.letter.findMany()).toMatchObject([{ state: 'sent', recipient: petra }])
    expect(sink.accepted).toHaveLength(1)
  })
})
