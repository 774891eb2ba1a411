import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { configSchema } from '../../../src/config/schema.ts'
import type { HelpData, ReceiptData } from '../../../src/desk/agent-notice.ts'
import { agentToken } from '../../../src/desk/agent-token.ts'
import type { AgentNoticeData } from '../../../src/desk/notice.ts'
import type { ClosingData, StatusUpdateData } from '../../../src/desk/promise/progress-data.ts'
import { mayClose } from '../../../src/intake/promises/closing.ts'
import { measuresOf, recordMeasure } from '../../../src/intake/promises/measures.ts'
import { promiseDepsOf } from '../../../src/intake/promises/promise-deps.ts'
import { sendUpdate, type Update } from '../../../src/intake/promises/status-update.ts'
import { takeIn } from '../../../src/intake/take-in.ts'
import { composeLetter } from '../../../src/outbox/letter.ts'
import { inTransaction } from '../../../src/store/database.ts'
import { builtInTemplates, loadTemplates } from '../../../src/templates.ts'
import { noon } from '../../desk/mail-example.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from '../desk.ts'

/** What is documented of a matter, and what its customer hears of it: E5, E6, C2 to C5 and P6. */

const name = (de: string, en: string) => ({ name: { de, en }, group: 'support' })
const config = configSchema.parse({
  ...deskConfig,
  levels: {
    1: name('Hotline', 'Hotline'),
    2: name('Leitung der Hotline', 'Head of the hotline'),
    3: name('Bereichsleitung', 'Division management'),
    4: name('Geschäftsführung', 'Executive board'),
  },
  policy: { targets: [{ statusUpdate: 120 }] },
})

let desk: TestDesk
let now = noon
let uid = 100
let woken = 0

beforeAll(async () => {
  desk = await openDesk(() => now, config)
})
afterAll(() => desk.close())
beforeEach(async () => {
  now = noon
  woken = 0
  await desk.database.$executeRaw`
    truncate inbound, ticket, entry, letter, guarantee, held, participant, suppression, mailbox_cursor, escalation,
      text_message cascade`
  await takeIn(desk.deps, [arrival(++uid)])
  await desk.database.letter.deleteMany()
})

const deps = () => ({ ...desk.deps, callbacksChanged: () => void woken++ })
const theTicket = () => desk.database.ticket.findFirstOrThrow({ orderBy: { sequence: 'asc' } })
const later = (minutes: number) => {
  now = now.add({ minutes })
}
const change = (data: Parameters<typeof desk.database.ticket.updateMany>[0]['data']) =>
  desk.database.ticket.updateMany({ data })
/** As if the mail server had accepted everything. */
const sent = () => desk.database.letter.updateMany({ data: { state: 'sent', attempts: 1 } })

/** Anna's reply to her notice, with all proofs. */
async function reply(text: string): Promise<void> {
  const { number } = await theTicket()
  const token = agentToken(deskConfig.secret, {
    ...{ agent: 'anna', number },
    issuedOn: Temporal.PlainDate.from('2026-11-24'),
  })
  await takeIn(deps(), [
    arrival(++uid, {
      messageId: `<reply${uid}@example.com>`,
      from: { address: 'anna@example.com', name: 'Anna Fink' },
      to: [{ address: `support+${token}@example.com`, name: '' }],
      subject: `AW: [#${number}] Neues Ticket`,
      text,
      replyText: text,
      authentication: {
        ...{ from: ['anna@example.com'], fromDomain: 'example.com', sender: [], internal: false },
        results: [{ method: 'dmarc', result: 'pass', domain: 'example.com' }],
        dkim: 'unknown',
      },
    }),
  ])
}

const automatic: Omit<Update, 'ticketId' | 'now'> = { done: '', next: '', by: null, automatic: true }
async function update(values: Partial<Update> = {}): Promise<void> {
  const { id: ticketId } = await theTicket()
  await inTransaction(desk.database, tx =>
    sendUpdate(tx, promiseDepsOf(deps()), { ...automatic, ticketId, now, ...values }),
  )
}

const lettersOf = (kind: string) =>
  desk.database.letter.findMany({ where: { kind }, orderBy: { createdAt: 'asc' } })
async function dataOf<T>(kind: string): Promise<T> {
  return ((await lettersOf(kind)).at(-1)?.data ?? {}) as T
}
const updates = () =>
  desk.database.guarantee.findMany({
    where: { kind: 'status-update' },
    orderBy: [{ startedAt: 'asc' }, { dueAt: 'asc' }],
  })
const entries = (kind: string) => desk.database.entry.findMany({ where: { kind }, orderBy: { at: 'asc' } })

describe('a matter is documented', () => {
  it('by lines of a mail, each kept with its kind and author', async () => {
    await reply(
      '#ursache Netzteil defekt\n#sofort Leihgerät\n#sofort Techniker\n#auswirkung finanzschaden\n#kundensicht stopped',
    )
    const { id } = await theTicket()
    const measures = await inTransaction(desk.database, tx => measuresOf(tx, id))
    expect(measures.map(({ of, text, author }) => [of, text, author]).toSorted()).toEqual([
      ['cause', 'Netzteil defekt', 'Anna Fink'],
      ['immediate', 'Leihgerät', 'Anna Fink'],
      ['immediate', 'Techniker', 'Anna Fink'],
    ])
    expect(await theTicket()).toMatchObject({ impact: 'financial-loss', customerSeverity: 'stopped' })
    expect((await dataOf<ReceiptData>('receipt')).done.map(({ what }) => what)).toEqual([
      ...['cause', 'immediate', 'immediate', 'impact', 'customer-severity', 'facts-told'],
    ])
  })

  it('without one of its words reaching the customer', async () => {
    await reply(
      '#ursache Der Lehrling hat das Netzteil verpolt\n#sofort Leihgerät aus dem Bestand\n#vorbeugung Schulung',
    )
    const letters = await desk.database.letter.findMany({ where: { recipient: 'petra@kunde.example.com' } })
    expect(letters.map(({ kind }) => kind)).toEqual(['status-update'])
    expect(JSON.stringify(letters)).not.toMatch(/Lehrling|Leihgerät|Schulung/)
    expect(await dataOf<StatusUpdateData>('status-update')).toMatchObject({
      ...{ done: '', writer: '', facts: [{ what: 'immediate' }] },
    })
  })

  it('from a page as well', async () => {
    const { id: ticketId } = await theTicket()
    await inTransaction(desk.database, tx =>
      recordMeasure(tx, promiseDepsOf(deps()), {
        ticketId,
        of: 'corrective',
        text: ' Karte getauscht ',
        by: 'anna',
        now,
      }),
    )
    expect(await entries('measure')).toMatchObject([
      { text: 'Karte getauscht', author: 'anna', detail: { of: 'corrective' } },
    ])
    expect(await lettersOf('status-update')).toHaveLength(1)
  })
})

describe('a ticket of level 3', () => {
  beforeEach(() => change({ level: 3 }))

  it('is not closed without cause, result and prevention, and nothing is sent', async () => {
    await reply('#erledigt\n\nGuten Tag, alles läuft wieder.')
    expect(await theTicket()).toMatchObject({ state: 'open', closedAt: null })
    expect(await lettersOf('agent-answer')).toEqual([])
    const help = await dataOf<HelpData>('help')
    expect(help.mistakes).toMatchObject([
      { line: '#erledigt', code: 'no-cause', command: 'cause' },
      { line: '', code: 'no-result', command: 'result' },
      { line: '', code: 'no-preventive', command: 'preventive' },
    ])
    expect(help.words).toContain('alles läuft wieder')
  })

  it('is closed by one mail that documents it, and the customer reads the result', async () => {
    await reply(
      '#ursache Netzteil\n#vorbeugung Lieferant gewechselt\n#ergebnis Das Netzteil ist getauscht.\n#erledigt',
    )
    expect(await theTicket()).toMatchObject({ state: 'resolved' })
    expect(await dataOf<ClosingData>('closing')).toMatchObject({
      ...{ result: 'Das Netzteil ist getauscht.', writer: 'Anna Fink' },
    })
    expect(await lettersOf('status-update')).toEqual([])
    expect(await entries('result-told')).toHaveLength(1)
    expect(await updates()).toMatchObject([{ state: 'withdrawn' }])
  })

  it('counts what was recorded before, and says the rest', async () => {
    await reply('#ursache Netzteil\n#ergebnis getauscht')
    const { id } = await theTicket()
    const allowed = await inTransaction(desk.database, tx => mayClose(tx, { config }, id))
    expect(allowed).toEqual({ allowed: false, missing: ['preventive'] })
    await reply('#erledigt')
    expect((await dataOf<HelpData>('help')).mistakes.map(({ code }) => code)).toEqual(['no-preventive'])
    await reply('#vorbeugung Lieferant gewechselt\n#erledigt')
    expect(await theTicket()).toMatchObject({ state: 'resolved' })
    expect(await inTransaction(desk.database, tx => mayClose(tx, { config }, id))).toEqual({ allowed: true })
  })

  it('does not slip through by rising and closing in one mail', async () => {
    await change({ level: 1 })
    await reply('#eskalieren 3 Leitung\n#erledigt')
    expect(await theTicket()).toMatchObject({ state: 'open', level: 1 })
  })

  it('may be closed as spam, or merged, as it is', async () => {
    await reply('#spam')
    expect(await theTicket()).toMatchObject({ state: 'resolved' })
  })
})

describe('closing', () => {
  it('sends no result beside the agent’s own words', async () => {
    await reply('#ergebnis getauscht\n#erledigt\n\nGuten Tag, das Netzteil ist getauscht.')
    expect(await lettersOf('agent-answer')).toHaveLength(1)
    expect(await lettersOf('closing')).toEqual([])
  })

  it('below level 3 needs nothing, and tells nothing where nothing was recorded', async () => {
    await reply('#erledigt')
    expect(await theTicket()).toMatchObject({ state: 'resolved' })
    expect(await lettersOf('closing')).toEqual([])
    expect(await dataOf<ReceiptData>('receipt')).toMatchObject({ isTold: false })
  })
})

describe('a status update', () => {
  it('of an agent keeps the running promise, says what comes next and promises the next one', async () => {
    later(60)
    await reply('#stand Karte bestellt | Einbau am Montag')
    expect(await updates()).toMatchObject([
      { state: 'kept', reason: 'status-update' },
      { state: 'open', dueAt: new Date(noon.add({ hours: 3 }).epochMilliseconds) },
    ])
    expect(await dataOf<StatusUpdateData>('status-update')).toMatchObject({
      ...{ done: 'Karte bestellt', next: 'Einbau am Montag', writer: 'Anna Fink', facts: [] },
      again: new Date(noon.add({ hours: 3 }).epochMilliseconds).toISOString(),
    })
    expect(await theTicket()).toMatchObject({ nextStep: 'Einbau am Montag' })
    expect(desk.nudges()).toBeGreaterThan(0)
    expect(woken).toBe(1)
  })

  it('comes although nothing happened, says so, and repeats the next step', async () => {
    await reply('#stand Karte bestellt | Einbau am Montag')
    await sent()
    later(115)
    await update()
    const data = await dataOf<StatusUpdateData>('status-update')
    expect(data).toMatchObject({ done: '', facts: [], next: 'Einbau am Montag', responsible: 'Support' })
    expect((await updates()).map(({ state }) => state)).toEqual(['kept', 'kept', 'open'])
    const [letter] = (await lettersOf('status-update')).slice(-1)
    if (!letter) throw new Error('there is an update')
    const templates = await loadTemplates([builtInTemplates])
    const { text = '' } = composeLetter(letter, config, templates, desk.deps.offices)
    expect(text.replaceAll(/\s+/g, ' ')).toContain('gibt es noch nichts Neues. Wir arbeiten weiter daran.')
    expect(text.replaceAll(/\s+/g, ' ')).toContain('auch wenn es bis dahin nichts Neues gibt')
  })

  it('tells of what happened since the last one, and of each thing once', async () => {
    await reply('#sofort Leihgerät')
    await sent()
    later(30)
    await change({ level: 2 })
    await update()
    expect((await dataOf<StatusUpdateData>('status-update')).facts).toEqual([
      { what: 'level', name: 'Leitung der Hotline', at: now.toString() },
    ])
    await sent()
    later(30)
    await update()
    expect((await dataOf<StatusUpdateData>('status-update')).facts).toEqual([])
  })

  it('is written once for changes that come together', async () => {
    await update()
    await change({ level: 2 })
    await reply('#korrektur Karte getauscht')
    expect(await lettersOf('status-update')).toHaveLength(1)
    expect((await updates()).map(({ state }) => state)).toEqual(['kept', 'open'])
    await sent()
    later(5)
    await reply('#sofort Leihgerät')
    expect(await lettersOf('status-update')).toHaveLength(1)
    later(30)
    await update()
    const { facts } = await dataOf<StatusUpdateData>('status-update')
    expect(facts.map(({ what }) => what)).toEqual(['immediate'])
  })

  it('is not sent while we wait for the customer, nor once it is closed', async () => {
    await reply('#warten 2d')
    later(200)
    await update()
    await change({ state: 'resolved' })
    await update()
    expect(await lettersOf('status-update')).toEqual([])
  })

  it('stands still again where an agent writes one while we wait', async () => {
    await reply('#stand Bitte senden Sie uns das Protokoll.\n#warten 2d')
    expect(await updates()).toMatchObject([{ state: 'kept' }, { state: 'open', pausedFor: 'customer' }])
    expect(await dataOf<StatusUpdateData>('status-update')).toMatchObject({ waits: true, again: null })
  })

  it('that nobody can be told is seen by whoever has the ticket, and kept by nobody', async () => {
    await change({ customerAddress: '', assignee: 'anna' })
    later(60)
    await update()
    expect(await lettersOf('status-update')).toEqual([])
    expect(await entries('no-update-possible')).toMatchObject([
      { detail: { noMail: 'no address is known', noText: 'no text messages are configured' } },
    ])
    const notices = await lettersOf('agent-notice')
    expect(notices.map(({ recipient }) => recipient)).toEqual(['anna@example.com'])
    expect(notices[0]?.data as unknown as AgentNoticeData).toMatchObject({ event: 'customer-not-told' })
    expect(await updates()).toMatchObject([{ state: 'withdrawn', reason: 'no-way' }, { state: 'open' }])
  })

  it('of a machine stops at the budget of automatic letters, and somebody is told; one of an agent goes out', async () => {
    const { addressPerHour: most } = config.budgets
    const words = { automatic: false, done: 'Wir sind daran.', by: 'anna' }
    for (let count = 0; count < most; count++) await update(words)
    expect(await lettersOf('status-update')).toHaveLength(most)
    // What still waits, or came in this minute, would be told in the same letter.
    await sent()
    later(10)
    await update()
    expect(await lettersOf('status-update')).toHaveLength(most)
    expect(await entries('no-update-possible')).toHaveLength(1)
    await update(words)
    expect(await lettersOf('status-update')).toHaveLength(most + 1)
  })

  it('of an agent takes the place of an automatic one that waits to be sent, and says who has it now', async () => {
    await update()
    await change({ level: 2 })
    await update({ automatic: false, done: 'Karte bestellt', by: 'anna' })
    expect((await lettersOf('status-update')).map(({ data }) => data)).toMatchObject([
      { done: 'Karte bestellt', level: 'Leitung der Hotline' },
    ])
    expect((await updates()).map(({ state }) => state)).toEqual(['kept', 'open'])
  })

  it('is one after an outage of the mail server, with the promise kept up', async () => {
    for (let count = 0; count < 3; count++) {
      later(115)
      await update()
    }
    expect(await lettersOf('status-update')).toHaveLength(1)
    expect((await updates()).map(({ state }) => state)).toEqual(['kept', 'kept', 'kept', 'open'])
  })

  it('is held where it would show the customer an internal notice', async () => {
    await reply('#stand Siehe igx-intern-internal unten')
    expect(await lettersOf('status-update')).toEqual([])
    expect(await desk.database.held.count()).toBe(1)
  })
})
