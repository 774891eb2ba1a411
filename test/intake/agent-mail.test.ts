import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { agentToken } from '../../src/desk/agent-token.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import type { Letter } from '../../src/store/generated/client.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from './desk.ts'

/** An agent presses Reply: what leaves the outbox, and what the ledger says of it. */

let desk: TestDesk
let uid = 100

beforeAll(async () => {
  desk = await openDesk()
})

afterAll(() => desk.close())

beforeEach(async () => {
  await desk.database
    .$executeRaw`truncate inbound, ticket, entry, letter, guarantee, held, participant, suppression, mailbox_cursor cascade`
  await takeIn(desk.deps, [
    arrival(++uid, {
      messageId: '<question@kunde.example.com>',
      references: ['<older@kunde.example.com>'],
      threadIndex: 'AQHcXQ8wAAECAwQFBgcICQoLDA0ODw==',
    }),
  ])
})

const theTicket = () => desk.database.ticket.findFirstOrThrow({ orderBy: { sequence: 'asc' } })

/** Anna's reply to her notice, with all proofs. */
async function replyMail(text: string, changes: Partial<MailContent> = {}) {
  const { number } = await theTicket()
  const issuedOn = Temporal.PlainDate.from('2026-11-24')
  const token = agentToken(deskConfig.secret, { agent: 'anna', number, issuedOn })
  return arrival(++uid, {
    messageId: `<reply${uid}@example.com>`,
    from: { address: 'anna@example.com', name: 'Anna Fink' },
    to: [{ address: `support+${token}@example.com`, name: '' }],
    subject: `AW: [#${number}] Neues Ticket`,
    text,
    replyText: text,
    authentication: {
      from: ['anna@example.com'],
      fromDomain: 'example.com',
      sender: [],
      results: [{ method: 'dmarc', result: 'pass', domain: 'example.com' }],
      internal: false,
      dkim: 'unknown',
    },
    ...changes,
  })
}

/** Takes such a reply in; the letters of before are forgotten. */
async function reply(text: string, changes: Partial<MailContent> = {}): Promise<void> {
  const mail = await replyMail(text, changes)
  await desk.database.letter.deleteMany()
  await takeIn(desk.deps, [mail])
}

const letters = () => desk.database.letter.findMany({ orderBy: [{ kind: 'asc' }, { recipient: 'asc' }] })
const sent = async () => (await letters()).map(({ kind, recipient }) => `${kind} ${recipient}`)
const dataOf = async <T>(kind: string): Promise<T & Letter['data']> => {
  const { data } = await desk.database.letter.findFirstOrThrow({ where: { kind } })
  return data as T & Letter['data']
}
const entries = async () =>
  (await desk.database.entry.findMany({ orderBy: { at: 'asc' } })).map(({ kind }) => kind).toSorted()

describe('a plain reply', () => {
  it('goes to the customer, in the customer’s thread, and colleagues hear of it; nobody gets a receipt', async () => {
    await reply('Bitte schalten Sie den Drucker aus und wieder ein.')
    expect(await sent()).toEqual(['agent-answer petra@kunde.example.com', 'agent-notice bernd@example.com'])
    const [answer, notice] = await letters()
    expect(answer).toMatchObject({
      inReplyTo: '<question@kunde.example.com>',
      references: ['<older@kunde.example.com>', '<question@kunde.example.com>'],
      data: {
        words: 'Bitte schalten Sie den Drucker aus und wieder ein.',
        agentName: 'Anna Fink',
        signature: null,
        subject: 'Drucker druckt nicht',
        threadIndex: 'AQHcXQ8wAAECAwQFBgcICQoLDA0ODw==',
        relayed: null,
      },
    })
    expect(notice?.data).toMatchObject({ event: 'agent-answer', author: 'Anna Fink', agent: 'bernd' })
    const entry = await desk.database.entry.findFirstOrThrow({ where: { kind: 'agent-answer' } })
    expect(entry).toMatchObject({ author: 'Anna Fink', letterId: answer?.id })
  })

  it('keeps the first-response promise; a late one does not', async () => {
    await reply('Ich sehe nach.')
    expect(await desk.database.guarantee.findMany()).toMatchObject([
      { state: 'kept', endedAt: new Date(noon.subtract({ seconds: 30 }).epochMilliseconds) },
    ])
    await desk.database.guarantee.updateMany({
      data: { state: 'open', endedAt: null, dueAt: new Date('2026-11-24T10:00:00Z') },
    })
    await reply('Ich sehe noch einmal nach.')
    expect(await desk.database.guarantee.findMany()).toMatchObject([{ state: 'broken' }])
  })

  it('takes its attachments along, without the signature over the whole mail', async () => {
    const file = { filename: 'a.pdf', contentType: 'application/pdf', size: 3, sha256: 'f'.repeat(64) }
    const signed = {
      ...file,
      filename: 'smime.p7s',
      contentType: 'application/pkcs7-signature',
      sha256: 'e'.repeat(64),
    }
    const both = [file, signed].map(one => ({ ...one, contentId: null, disposition: 'attachment' }))
    await reply('Anbei die Anleitung.', { attachments: both })
    const { filename, contentType, sha256 } = file
    expect(await dataOf('agent-answer')).toMatchObject({
      relayed: { rawSha256: String(uid).padStart(64, '0'), parts: [{ filename, contentType, sha256 }] },
    })
  })

  it('is returned where its attachments were too large to be taken in', async () => {
    await reply('Anbei die Anleitung.', { defects: ['oversized'] })
    expect(await sent()).toEqual(['help anna@example.com'])
    expect(await dataOf('help')).toMatchObject({
      mistakes: [{ code: 'oversized' }],
      words: 'Anbei die Anleitung.',
    })
  })

  it('that quotes the mark of a notice goes to nobody', async () => {
    await reply('Bitte neu starten.\nIntern, nicht für Kunden · igx-intern-internal')
    expect(await sent()).toEqual(['hold-question anna@example.com'])
  })
})

describe('commands', () => {
  it('are done together with the answer, and the receipt says so', async () => {
    await reply('#übernehmen\n#schwere betriebsbehindernd\n#warten 2d\n\nBitte senden Sie ein Foto.')
    expect(await theTicket()).toMatchObject({
      state: 'waiting',
      assignee: 'anna',
      severity: 'hindered',
      waitingUntil: new Date('2026-11-26T11:00:00Z'),
    })
    expect(await sent()).toEqual([
      'agent-answer petra@kunde.example.com',
      'agent-notice bernd@example.com',
      'receipt anna@example.com',
    ])
    expect(await dataOf('receipt')).toMatchObject({
      sentTo: 'petra@kunde.example.com',
      done: [
        { what: 'take', value: 'anna' },
        { what: 'severity', value: 'hindered' },
        { what: 'wait', at: '2026-11-26T11:00:00Z' },
      ],
    })
    expect(await dataOf('agent-answer')).toMatchObject({ words: 'Bitte senden Sie ein Foto.' })
  })

  it('with a mistake do nothing and send nothing; everything comes back with help', async () => {
    await reply('#erledigt\n#warten bald\n\nAlles gut.')
    expect(await theTicket()).toMatchObject({ state: 'open', closedAt: null })
    expect(await sent()).toEqual(['help anna@example.com'])
    expect(await dataOf('help')).toMatchObject({
      words: 'Alles gut.',
      mistakes: [{ line: '#warten bald', code: 'no-duration', command: 'wait' }],
    })
    expect(await entries()).toEqual(['agent-mail-returned', 'customer-mail'])
  })

  it('alone, above a signature that the mail program added, send nothing to the customer', async () => {
    await reply('#erledigt\n\nMit freundlichen Grüßen\nAnna Fink\nExample GmbH')
    expect(await sent()).toEqual(['receipt anna@example.com'])
    expect(await theTicket()).toMatchObject({
      state: 'resolved',
      closedAt: new Date(noon.epochMilliseconds),
    })
    expect(await desk.database.guarantee.findMany()).toMatchObject([{ state: 'withdrawn' }])
  })

  it('an answer that closes the ticket keeps the promise first', async () => {
    await reply('#close\nDas Ersatzteil ist unterwegs.')
    expect(await desk.database.guarantee.findMany()).toMatchObject([{ state: 'kept' }])
  })

  it('#intern keeps the text inside', async () => {
    await reply('#intern\nDer Kunde ist schwierig.')
    expect(await sent()).toEqual(['agent-notice bernd@example.com', 'receipt anna@example.com'])
    expect(await dataOf('agent-notice')).toMatchObject({
      event: 'agent-note',
      text: 'Der Kunde ist schwierig.',
    })
  })

  it('#zuweisen tells the colleague, #eskalieren raises the level', async () => {
    await reply('#zuweisen Bernd Ohm\n#eskalieren Kunde steht still')
    expect(await theTicket()).toMatchObject({ assignee: 'bernd', level: 2 })
    expect(await sent()).toEqual(['agent-notice bernd@example.com', 'receipt anna@example.com'])
    expect(await dataOf('agent-notice')).toMatchObject({ event: 'assigned', author: 'Anna Fink' })
    expect(await entries()).toEqual(['command-assign', 'command-escalate', 'customer-mail'])
  })

  it('#zusammenführen leads to another ticket, if there is one', async () => {
    const { number } = await theTicket()
    await reply(`#merge ${number}`)
    expect(await dataOf('help')).toMatchObject({ mistakes: [{ code: 'own-ticket-number' }] })
    await takeIn(desk.deps, [arrival(++uid, { from: { address: 'otto@kunde.example.com', name: '' } })])
    const other = await desk.database.ticket.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    await reply(`#zusammenführen ${other.number}`)
    expect(await theTicket()).toMatchObject({ state: 'resolved', mergedIntoId: other.id })
  })

  it('#merge with the number of no ticket comes back', async () => {
    await reply('#merge 9999992\nText')
    expect(await dataOf('help')).toMatchObject({ mistakes: [{ code: expect.stringMatching(/^no-/) }] })
    expect(await theTicket()).toMatchObject({ state: 'open' })
  })

  it('#spam closes the ticket and writes to that address no more', async () => {
    await reply('#gesperrt')
    expect(await theTicket()).toMatchObject({ state: 'resolved' })
    expect(await desk.database.suppression.findMany()).toMatchObject([{ address: 'petra@kunde.example.com' }])
  })

  it('#warum answers with what was decided, and #hilfe with all commands', async () => {
    await reply('#warum\n#hilfe')
    expect(await sent()).toEqual(['help anna@example.com', 'why anna@example.com'])
    expect(await dataOf('why')).toMatchObject({
      mails: [{ outcome: 'open-ticket', rule: 'new-ticket', from: 'petra@kunde.example.com' }],
      clocks: [{ kind: 'first-response', state: 'open' }],
    })
  })
})

describe('an answer of which the audience is in doubt', () => {
  const cc = { cc: [{ address: 'einkauf@example.net', name: '' }] }

  it('waits, and goes out as it is when the agent says #senden', async () => {
    await reply('Wir tauschen das Gerät.', cc)
    expect(await sent()).toEqual(['hold-question anna@example.com'])
    expect(await dataOf('hold-question')).toMatchObject({ byReply: true, reason: 'audience' })
    await reply('#senden')
    expect(await sent()).toEqual([
      'agent-answer petra@kunde.example.com',
      'agent-notice bernd@example.com',
      'receipt anna@example.com',
    ])
    expect(await dataOf('agent-answer')).toMatchObject({ words: 'Wir tauschen das Gerät.', relayed: null })
    expect(await desk.database.held.findMany()).toMatchObject([{ state: 'decided', decision: 'send' }])
  })

  it('is sent once when two mails of one batch say #senden', async () => {
    await reply('Wir tauschen das Gerät.', cc)
    await desk.database.letter.deleteMany()
    await takeIn(desk.deps, [await replyMail('#senden'), await replyMail('#send')])
    expect((await sent()).filter(one => one.startsWith('agent-answer'))).toHaveLength(1)
    expect(await dataOf('help')).toMatchObject({ mistakes: [{ code: 'nothing-held' }] })
  })

  it('is not sent where another one waits as well: nobody can say which is meant', async () => {
    await reply('Wir tauschen das Gerät.', cc)
    await reply('Den Kunden bitte hinhalten, bis das Teil da ist.', cc)
    await reply('#senden')
    expect(await sent()).toEqual(['help anna@example.com'])
    expect(await dataOf('help')).toMatchObject({ mistakes: [{ code: 'several-held' }] })
  })

  it.each([
    ['Nein, noch nicht.', []],
    ['Ja, bitte senden.', ['Wir tauschen das Gerät.']],
  ])('hears "%s" as the answer to its question, not as one to the customer', async (text, outcome) => {
    await reply('Wir tauschen das Gerät.', cc)
    const question = await desk.database.letter.findFirstOrThrow({ where: { kind: 'hold-question' } })
    await takeIn(desk.deps, [await replyMail(text, { inReplyTo: [question.messageId] })])
    const answers = await desk.database.letter.findMany({ where: { kind: 'agent-answer' } })
    expect(answers.map(({ data }) => (data as { words: string }).words)).toEqual(outcome)
  })

  it('is one to a colleague’s internal note: it reaches no customer by itself', async () => {
    await reply('#intern\nDer Kunde ist schwierig.')
    const note = await desk.database.letter.findFirstOrThrow({ where: { kind: 'agent-notice' } })
    await takeIn(desk.deps, [await replyMail('Das finde ich auch.', { inReplyTo: [note.messageId] })])
    expect(await dataOf('hold-question')).toMatchObject({ reason: 'note-answered', byReply: true })
    expect(await desk.database.letter.count({ where: { kind: 'agent-answer' } })).toBe(0)
  })

  it('takes along only the files in a winmail.dat, never the wrapping', async () => {
    const file = { contentId: null, disposition: 'attachment', size: 9 } as const
    const winmail = { ...file, filename: 'winmail.dat', contentType: 'application/ms-tnef', sha256: 'a' }
    const plan = { ...file, filename: 'plan.pdf', contentType: 'application/pdf', sha256: 'b' }
    const opened = {
      kind: 'winmail',
      filename: 'winmail.dat',
      subject: '',
      from: null,
      date: null,
      text: '',
    } as const
    const enclosed = [{ ...opened, attachments: [plan] }]
    await reply('Der Plan liegt bei.', { attachments: [winmail], enclosed })
    expect(await dataOf('agent-answer')).toMatchObject({
      relayed: { parts: [{ filename: 'plan.pdf', sha256: 'b' }] },
    })
  })

  it('is sent once: a second #senden finds nothing', async () => {
    await reply('Wir tauschen das Gerät.', cc)
    await reply('#senden')
    await reply('#senden')
    expect(await sent()).toEqual(['help anna@example.com'])
    expect(await dataOf('help')).toMatchObject({ mistakes: [{ code: 'nothing-held' }] })
  })
})

describe('a notice', () => {
  it('tells of the customer’s earlier tickets, the running promise, and brings the attachments', async () => {
    const first = await theTicket()
    const small = { filename: 'log.txt', contentType: 'text/plain', size: 100, sha256: 'a'.repeat(64) }
    const huge = { filename: 'video.mp4', contentType: 'video/mp4', size: 40_000_000, sha256: 'b'.repeat(64) }
    const attachments = [huge, small].map(one => ({ ...one, contentId: null, disposition: 'attachment' }))
    await desk.database.letter.deleteMany()
    await takeIn(desk.deps, [arrival(++uid, { attachments })])
    const notices = await desk.database.letter.findMany({ where: { kind: 'agent-notice' } })
    expect(notices.map(({ data }) => (data as { agent: string }).agent).toSorted()).toEqual(['anna', 'bernd'])
    for (const { data } of notices)
      expect(data).toMatchObject({
        earlier: { count: 1, numbers: [first.number] },
        relayed: { parts: [{ filename: 'log.txt', sha256: small.sha256 }] },
        dueAt: '2026-11-24T12:59:00Z',
      })
    await desk.database.letter.deleteMany()
    await takeIn(desk.deps, [arrival(++uid, { inReplyTo: ['<question@kunde.example.com>'] })])
    const again = await desk.database.letter.findFirstOrThrow({ where: { kind: 'agent-notice' } })
    expect(again.data).toMatchObject({
      event: 'customer-mail',
      dueAt: '2026-11-24T12:59:00Z',
      earlier: { count: 1 },
    })
  })
})
