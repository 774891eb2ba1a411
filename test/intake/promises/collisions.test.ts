import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { configSchema } from '../../../src/config/schema.ts'
import { agentToken } from '../../../src/desk/agent-token.ts'
import type { InboundMail } from '../../../src/desk/inbound.ts'
import type { CallEvent } from '../../../src/desk/phone/call-event.ts'
import { requestAttempt } from '../../../src/intake/calls/attempts.ts'
import { takeInCall } from '../../../src/intake/calls/take-in-call.ts'
import { wakeCallbacks } from '../../../src/intake/calls/wake-callbacks.ts'
import { mailboxFactsOf } from '../../../src/intake/mailbox-facts.ts'
import { linkKnownProblem } from '../../../src/intake/procedures/known-problems.ts'
import { wakeEscalations } from '../../../src/intake/promises/wake-escalations.ts'
import { wakeGuarantees } from '../../../src/intake/promises/wake-guarantees.ts'
import { type TakenIn, takeIn } from '../../../src/intake/take-in.ts'
import { inTransaction } from '../../../src/store/database.ts'
import { type CallbackDesk, callbackConfig, openCallbackDesk } from '../calls/callback-desk.ts'
import { arrival } from '../desk.ts'

/** Mails, calls and everything that is due meet on the same tickets at the same moment, in every order at once. */

const named = (name: string) => ({ de: name, en: name })
const config = configSchema.parse({
  ...structuredClone(callbackConfig),
  groups: { ...callbackConfig.groups, heads: { name: 'Leitung', agents: ['bernd'] } },
  // One customer has all these tickets; how much one address may get is not what this is about.
  budgets: { addressPerHour: 500, addressPerDay: 1000, totalPer10Minutes: 1000, totalPerHour: 2000 },
  levels: {
    1: { name: named('Support'), group: 'support' },
    2: { name: named('Leitung'), group: 'heads' },
    3: { name: named('Bereich'), group: 'heads' },
    4: { name: named('Vorstand'), group: 'heads' },
  },
  policy: {
    targets: [{ when: {}, firstResponse: 120, statusUpdate: 240, resolution: 510 }],
    levels: [{ when: { broken: ['first-response', 'callback'] }, level: 'next', because: 'broken' }],
  },
})
const tickets = 10

let desk: CallbackDesk
let uid = 0
beforeEach(async () => {
  desk = await openCallbackDesk(config)
})
afterEach(() => desk.close())

function mailDeps() {
  const { database, offices, now, nudge, log } = desk.deps
  return { database, config, offices, now, nudge, log, mailboxFacts: mailboxFactsOf(config) }
}
const dateOf = (at: Temporal.Instant) => new Date(at.epochMilliseconds)

/** Owed an answer and a call that are both over by now, on its way up, with an agent being rung for it. */
async function troubled(): Promise<{ id: string; number: string }> {
  const id = await desk.ticket()
  const start = desk.deps.now()
  const { callbackId } = await desk.owe(id)
  await desk.database.guarantee.create({
    data: {
      ...{
        id: randomUUID(),
        ticketId: id,
        kind: 'first-response',
        state: 'open',
        minutes: 120,
        derivation: [],
      },
      ...{
        startedAt: dateOf(start),
        dueAt: dateOf(start.add({ hours: 2 })),
        wakeAt: dateOf(start.add({ hours: 2 })),
      },
    },
  })
  await desk.database.callback.update({
    where: { id: callbackId },
    data: { stage: 'three-quarters', agent: 'anna' },
  })
  const { number } = await desk.database.ticket.findUniqueOrThrow({ where: { id } })
  return { id, number }
}

const proof = (address: string) => ({
  authentication: {
    ...{ from: [address], fromDomain: address.split('@')[1] ?? '', sender: [], internal: false },
    results: [{ method: 'dmarc' as const, result: 'pass' as const, domain: address.split('@')[1] ?? '' }],
    dkim: 'unknown' as const,
  },
})
const fromCustomer = (number: string, mailbox: string): InboundMail =>
  arrival(
    ++uid,
    {
      from: { address: 'kunde@kunde.example.com', name: '' },
      ...{
        subject: `AW: [#${number}] Frage`,
        text: `Gibt es etwas Neues? ${uid}`,
        replyText: `Gibt es etwas Neues? ${uid}`,
      },
      ...proof('kunde@kunde.example.com'),
    },
    { mailbox },
  )
function fromAnna(number: string, text: string): InboundMail {
  const issuedOn = desk.deps.now().toZonedDateTimeISO('UTC').toPlainDate()
  const token = agentToken(config.secret, { agent: 'anna', number, issuedOn })
  return arrival(++uid, {
    from: { address: 'anna@example.com', name: 'Anna Fink' },
    to: [{ address: `support+${token}@example.com`, name: '' }],
    ...{ subject: `AW: [#${number}]`, text, replyText: text, messageId: `<anna${uid}@example.com>` },
    ...proof('anna@example.com'),
  })
}

it('no deadlock surfaces, and each of them has its effect once', async () => {
  const all: { readonly id: string; readonly number: string }[] = []
  for (let i = 0; i < tickets; i++) all.push(await troubled())
  const [solved, , ...rest] = all
  if (!solved) throw new Error('there are tickets')
  const attempts = await Promise.all(
    ['anna', 'bernd'].map(async (agent, i) => {
      const { id } = await desk.database.callback.findFirstOrThrow({ where: { ticketId: all[i]?.id ?? '' } })
      return requestAttempt(desk.deps, { callbackId: id, agent, by: 'link' })
    }),
  )
  expect(attempts.map(({ result }) => result)).toEqual(['dialling', 'dialling'])
  for (const { id: ticketId } of all.slice(0, 2))
    await inTransaction(desk.database, tx =>
      linkKnownProblem(tx, { ticketId, key: 'e17', title: 'E17', by: 'Anna', now: desk.deps.now() }),
    )
  desk.later({ minutes: 121 })
  const { deps } = desk
  const at = deps.now()
  const calls = await desk.database.call.findMany({ where: { direction: 'out' }, orderBy: { id: 'asc' } })
  const ended = calls.map(
    ({ id, providerId }): CallEvent => ({
      ...{
        kind: 'ended',
        key: `${providerId}:status:completed`,
        provider: 'carrier',
        providerId,
        callId: id,
      },
      ...{ at, providerAt: null, direction: 'out', from: '+4940123456', to: '', seconds: null },
      ...{ result: 'no-answer', unknownNumber: false, payload: {} },
    }),
  )
  const mails: Promise<readonly TakenIn[]>[] = [
    takeIn(
      mailDeps(),
      rest.map(({ number }) => fromCustomer(number, 'support')),
    ),
    takeIn(
      mailDeps(),
      rest.toReversed().map(({ number }) => fromCustomer(number, 'second')),
    ),
    takeIn(mailDeps(), [fromAnna(solved.number, '#gelöst e17 Mit Version 7.4 behoben.')]),
    takeIn(
      mailDeps(),
      rest.slice(3).map(({ number }) => fromAnna(number, '#eskalation 3 Bitte sofort.')),
    ),
  ]
  const loops = [1, 2, 3].flatMap(() => [wakeGuarantees(deps), wakeEscalations(deps), wakeCallbacks(deps)])
  const events = ended.map(event => takeInCall(deps, event))
  const done = await Promise.allSettled([...mails, ...loops, ...events])
  expect(done.filter(({ status }) => status === 'rejected')).toEqual([])
  // What had to wait for somebody else's lock is done in the next round.
  for (let round = 0; round < 3; round++) {
    await wakeGuarantees(deps)
    await wakeEscalations(deps)
    await wakeCallbacks(deps)
  }

  const { database } = desk
  expect(await database.inbound.count()).toBe(uid)
  expect(await database.inbound.count({ where: { outcome: 'quarantine' } })).toBe(0)
  expect(await database.ticket.count({ where: { state: 'resolved' } })).toBe(2)
  const once = async (kind: string) => {
    const rows = await database.entry.groupBy({ by: ['ticketId'], where: { kind }, _count: true })
    expect(rows.filter(({ _count }) => _count > 1)).toEqual([])
    return rows.length
  }
  expect(await once('promise-broken')).toBeGreaterThanOrEqual(tickets - 2)
  expect(await once('callback-broken')).toBeGreaterThanOrEqual(tickets - 2)
  expect(await once('known-problem-solved')).toBe(2)
  const waiting = await database.escalation.groupBy({
    by: ['ticketId'],
    where: { state: 'waiting' },
    _count: true,
  })
  expect(waiting.map(({ _count }) => _count)).toEqual(waiting.map(() => 1))
  const running = await database.guarantee.groupBy({
    by: ['ticketId', 'kind'],
    where: { state: 'open' },
    _count: true,
  })
  expect(running.filter(({ _count }) => _count > 1)).toEqual([])
  expect(await database.callbackAttempt.count({ where: { activeFor: { not: null } } })).toBe(0)
  const letters = await database.letter.findMany()
  const same = Map.groupBy(letters, ({ kind, ticketId, recipient, data }) =>
    [kind, ticketId, recipient, JSON.stringify(data)].join(),
  )
  expect(
    [...same.values()].filter(({ length }) => length > 1).map(([one]) => [one?.kind, one?.recipient]),
  ).toEqual([])
}, 120_000)
