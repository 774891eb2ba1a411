import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { agentToken } from '../../src/desk/agent-token.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { promiseDepsOf } from '../../src/intake/promises/promise-deps.ts'
import { wakeEscalations } from '../../src/intake/promises/wake-escalations.ts'
import { wakeGuarantees } from '../../src/intake/promises/wake-guarantees.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from '../intake/desk.ts'

/** What mails of one batch, or of a bad moment, do to promises and to matters on their way up. */

const named = (name: string) => ({ de: name, en: name })
const config = configSchema.parse({
  ...deskConfig,
  groups: { ...deskConfig.groups, heads: { name: 'Leitung', agents: ['bernd'] } },
  levels: {
    1: { name: named('Support'), group: 'support' },
    2: { name: named('Leitung'), group: 'heads' },
    3: { name: named('Leitung'), group: 'heads' },
    4: { name: named('Leitung'), group: 'heads' },
  },
  policy: {
    targets: [{ when: { severity: 'stopped' }, resolution: 240, statusUpdate: 120 }],
    levels: [{ when: { area: 'outage' }, level: 2, because: 'an outage' }],
  },
  areas: { outage: { name: named('Ausfall'), words: ['Ausfall'] } },
})

let desk: TestDesk
let now = noon
let woken = 0
let uid = 500

beforeEach(async () => {
  now = noon
  woken = 0
  desk = await openDesk(() => now, config)
  await takeIn(deps(), [arrival(++uid)])
})
afterEach(() => desk.close())

const deps = () => ({ ...desk.deps, callbacksChanged: () => void woken++ })
const promiseDeps = () => promiseDepsOf(deps())
const theTicket = () => desk.database.ticket.findFirstOrThrow({ orderBy: { sequence: 'asc' } })
const openPromises = async () =>
  (await desk.database.guarantee.findMany({ where: { state: 'open' }, orderBy: { kind: 'asc' } })).map(
    ({ kind, pausedAt }) => [kind, pausedAt !== null],
  )

/** Anna's reply to her notice, with all proofs. */
async function replyMail(text: string, changes: Partial<MailContent> = {}) {
  const { number } = await theTicket()
  const issuedOn = Temporal.PlainDate.from('2026-11-24')
  const token = agentToken(config.secret, { agent: 'anna', number, issuedOn })
  return arrival(++uid, {
    messageId: `<reply${uid}@example.com>`,
    from: { address: 'anna@example.com', name: 'Anna Fink' },
    to: [{ address: `support+${token}@example.com`, name: '' }],
    subject: `AW: [#${number}] Neues Ticket`,
    ...{ text, replyText: text },
    authentication: {
      ...{
        from: ['anna@example.com'],
        fromDomain: 'example.com',
        sender: [],
        internal: false,
        dkim: 'unknown',
      },
      results: [{ method: 'dmarc', result: 'pass', domain: 'example.com' }],
    },
    ...changes,
  })
}
const reply = async (text: string) => void (await takeIn(deps(), [await replyMail(text)]))

describe('a closed ticket', () => {
  it('is promised nothing, though its customer had written again in the same batch', async () => {
    await reply('#severity stopped')
    await reply('#erledigt')
    expect(await openPromises()).toEqual([])
    const { number } = await theTicket()
    const again = arrival(++uid, { subject: `AW: [#${number}] Frage` })
    const close = await replyMail('#erledigt')
    await takeIn(deps(), [again, close])
    expect(await theTicket()).toMatchObject({ state: 'resolved' })
    expect(await desk.database.entry.count({ where: { kind: 'reopened' } })).toBe(1)
    expect(await openPromises()).toEqual([])
  })
})

describe('a ticket that waits for its customer', () => {
  it('runs no clock that was promised meanwhile', async () => {
    await reply('#warten 3d')
    await reply('#severity stopped')
    expect(await openPromises()).toEqual([
      ['first-response', false],
      ['resolution', true],
      ['status-update', true],
    ])
  })
})

describe('an escalation that nobody has taken', () => {
  it('goes on in the ticket that its ticket is merged into', async () => {
    await takeIn(deps(), [arrival(++uid, { subject: 'Etwas anderes' })])
    const tickets = await desk.database.ticket.findMany({ orderBy: { sequence: 'asc' } })
    await reply('#eskalation 3 Es brennt.')
    await wakeEscalations(promiseDeps())
    await reply(`#merge ${tickets[1]?.number}`)
    await wakeEscalations(promiseDeps())
    expect(await desk.database.escalation.findMany({ where: { state: 'waiting' } })).toMatchObject([
      { ticketId: tickets[1]?.id, level: 3, reason: 'Es brennt.' },
    ])
  })

  it('is told of at the top however its reason is written', async () => {
    await reply(`#eskalation 4 x${'😀'.repeat(300)}`)
    for (let hour = 0; hour < 6; hour++) {
      await wakeEscalations(promiseDeps())
      now = now.add({ hours: 1 })
    }
    const alarms = await desk.database.letter.findMany({ where: { kind: 'alarm' } })
    expect(alarms.length).toBeGreaterThan(0)
  })

  it('is begun at once, not at the next round', async () => {
    const before = desk.nudges()
    woken = 0
    await reply('#eskalation 2 Es brennt.')
    expect(woken).toBe(1)
    expect(desk.nudges() - before).toBe(1)
  })
})

describe('a machine', () => {
  it('hears nothing of its matter: two of them would go on for ever', async () => {
    const machine = { address: 'noreply@shop.example.com', name: 'Shop' }
    const [taken] = await takeIn(deps(), [
      arrival(++uid, {
        ...{ from: machine, subject: 'Ausfall', autoReplyAllowed: false, autoReplyReasons: ['noreply'] },
      }),
    ])
    expect(taken?.outcome).toBe('open-ticket')
    const { id: ticketId, level } = await desk.database.ticket.findFirstOrThrow({
      where: { number: taken?.ticketNumber ?? '' },
    })
    expect(level).toBe(2)
    now = now.add({ hours: 3 })
    await wakeGuarantees(promiseDeps())
    expect(await desk.database.letter.findMany({ where: { ticketId, recipient: machine.address } })).toEqual(
      [],
    )
  })
})

describe('a batch of new matters', () => {
  it('hears of similar ones in each notice, whichever of them came first', async () => {
    const many = Array.from({ length: 8 }, (_, index) =>
      arrival(++uid, {
        subject: 'Papierstau am Einzug',
        from: { address: `k${index}@kunde.example.com`, name: '' },
      }),
    )
    const taken = await takeIn(deps(), many)
    expect(taken.map(({ outcome }) => outcome)).toEqual(many.map(() => 'open-ticket'))
    const notices = await desk.database.letter.findMany({
      where: { kind: 'agent-notice', ticket: { subject: 'Papierstau am Einzug' } },
      select: { data: true },
    })
    expect(notices).toHaveLength(16)
    for (const { data } of notices) expect(data).toMatchObject({ similar: { tickets: expect.any(Number) } })
  })
})
