import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { Row } from '../../src/store/insert-rows.ts'
import { delay, drawnTicket, instant, iso, isoOf, later, now } from './naive-counting.ts'
import { entry, guarantee, ticket, type World } from './world.ts'

/** Worlds of promises and quality that nobody thought of, and their rows. */

const ended = ['kept', 'withdrawn', 'open'] as const
const promiseStates = ['broken', ...ended] as const
export const kinds = ['first-response', 'resolution', 'status-update', 'manager-contact'] as const
export const escalationCauses = [
  'command',
  'policy',
  'guarantee-broken',
  'guarantee-endangered',
  'unacknowledged',
] as const
export const outcomes = ['repaired', 'replaced', 'supported', 'workaround', 'unsolved', 'withdrawn'] as const
const vote = fc.option(fc.integer({ min: 1, max: 5 }), { nil: null })
const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 })

export const drawn = fc.record({
  ...drawnTicket,
  closed: delay,
  promises: few(
    fc.record({
      kind: fc.constantFrom(...kinds),
      state: fc.constantFrom(...promiseStates),
      startedAt: instant,
    }),
  ),
  /** One after the other, each with the times its promises were broken at, an end, and how it came. */
  callbacks: few(
    fc.record({
      after: fc.integer({ min: 1, max: 4000 }),
      broken: fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 2 }),
      ends: fc.integer({ min: 1, max: 300 }),
      how: fc.constantFrom(
        'contact',
        'put-through',
        'attempt',
        'closed',
        'joined',
        'unreachable',
        'unreached',
      ),
      triedAfter: fc.option(fc.integer({ min: 0, max: 600 }), { nil: null }),
    }),
  ),
  /** Is one more callback owed still? */
  owed: fc.boolean(),
  escalations: few(
    fc.record({
      openedAt: instant,
      level: fc.integer({ min: 1, max: 4 }),
      cause: fc.constantFrom(...escalationCauses),
      state: fc.constantFrom('waiting', 'acknowledged', 'passed-on', 'withdrawn'),
      lasts: fc.integer({ min: 0, max: 900 }),
    }),
  ),
  surveys: few(
    fc.record({
      ...{ askedAt: instant, votedAfter: delay, score: vote },
      ...{ solved: fc.constantFrom(true, false, null), wantsManager: fc.boolean() },
    }),
  ),
  cases: few(
    fc.record({
      vendor: fc.constantFrom('acme', 'zeta'),
      ...{ openedAt: instant, since: instant, dueAt: instant },
      state: fc.constantFrom('open', 'closed'),
      waitsFor: fc.constantFrom('vendor', 'us'),
      ...{ level: fc.integer({ min: 0, max: 2 }), waitedMinutes: fc.integer({ min: 0, max: 5000 }) },
      outcome: fc.constantFrom(...outcomes, null),
      rating: vote,
      /** What was written down because an answer did not come, or because an agent wanted the next level. */
      raising: fc.constantFrom('none', 'by the clock', 'by an agent', 'handed back'),
    }),
  ),
  /** In the order in which they were recorded. */
  causes: few(fc.constantFrom('Netzteil defekt.', 'netzteil  DEFEKT', 'Kabel', '…')),
  known: fc.integer({ min: 0, max: 5 }).map(n => n === 0),
  reopened: fc.boolean(),
})
export type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never

const soon = (from: number, after: number) => from + after * 60_000

/** Times of a ticket's callbacks: none begins before the one before has ended. */
export function callbacksOf({ openedAt, callbacks, owed }: Drawn) {
  let at = openedAt
  const done = callbacks.map(({ after, broken, ends, how, triedAfter }) => {
    const createdAt = soon(at, after)
    at = createdAt
    const brokenAt = broken.map(lasts => {
      at = soon(at, lasts)
      return at
    })
    at = soon(at, ends)
    const spoken = how === 'contact' || how === 'put-through'
    const contactAt = spoken ? at : null
    const tried = later(createdAt, triedAfter)
    // Who was spoken with was rung; nobody is rung for a call that has ended.
    const triedAt = spoken ? Math.min(tried ?? at, at) : tried !== null && tried <= at ? tried : null
    return { createdAt, brokenAt, endedAt: at, how, contactAt, triedAt }
  })
  const last = {
    createdAt: soon(at, 1),
    brokenAt: [],
    endedAt: null,
    how: 'owed',
    contactAt: null,
    triedAt: null,
  }
  return owed ? [...done, last] : done
}
export type Callback = ReturnType<typeof callbacksOf>[number]

export const isKept = ({ how }: Callback) => ['contact', 'put-through', 'attempt'].includes(how)
const stateOf = (one: Callback) =>
  one.how === 'owed' ? 'owed' : isKept(one) ? 'done' : one.how === 'unreached' ? 'unreached' : 'withdrawn'

export function becameOf(one: Callback): string {
  if (one.brokenAt.length > 0) return one.contactAt === null ? 'never' : 'late'
  if (one.how === 'put-through') return 'put-through'
  if (isKept(one)) return 'kept'
  return { owed: 'running', unreached: 'never' }[one.how] ?? 'withdrawn'
}

const problem = { id: randomUUID(), key: 'drucker', title: 'Drucker', state: 'open', openedAt: now }
let cases = 0

/** Instead of what was there. */
export async function writeWorld(world: World, drawnTickets: readonly Drawn[]): Promise<void> {
  const rows = new Map<string, Row[]>()
  const put = (table: string, row: Row) => rows.set(table, [...(rows.get(table) ?? []), row])
  put('known_problem', problem)
  for (const one of drawnTickets) {
    const { openedAt, group, channel, area, assignee } = one
    const own = ticket(iso(openedAt), {
      ...{ group, channel, area, assignee, closedAt: isoOf(later(openedAt, one.closed)) },
      knownProblemId: one.known ? problem.id : null,
    })
    const ticketId = own.id
    put('ticket', own)
    for (const { kind, state, startedAt } of one.promises)
      put('guarantee', guarantee(own, kind, iso(startedAt), state))
    for (const call of callbacksOf(one)) putCallback(put, own, call)
    for (const { openedAt: at, state, lasts, ...rest } of one.escalations)
      put('escalation', {
        ...{ id: randomUUID(), ticketId, fromLevel: 1, reason: '', waysUsed: 0, state, ...rest },
        ...{ openedAt: iso(at), endedAt: state === 'waiting' ? null : iso(soon(at, lasts)) },
      })
    for (const { askedAt, votedAfter, ...rest } of one.surveys)
      put('survey', {
        ...{
          id: randomUUID(),
          ticketId,
          askedAt: iso(askedAt),
          openUntil: iso(askedAt),
          state: 'asked',
          ...rest,
        },
        ...{ words: '', votedAt: isoOf(later(askedAt, votedAfter)), phone: 'not-listed', phoneRemark: '' },
      })
    for (const { openedAt: at, since, dueAt, raising, ...rest } of one.cases) {
      const id = randomUUID()
      put('vendor_case', {
        ...{ id, ticketId, sequence: ++cases, number: `H${cases}`, subject: '', agent: 'anna' },
        ...{ mailbox: 'support', language: 'en', description: {}, stage: 'none', evaluation: '', ...rest },
        ...{ openedAt: iso(at), since: iso(since), dueAt: iso(dueAt) },
      })
      if (raising === 'none') continue
      const [kind, direction] = raising === 'handed back' ? ['overdue', 'note'] : ['escalation', 'out']
      const author = raising === 'by an agent' ? 'anna' : ''
      put('vendor_message', { id: randomUUID(), caseId: id, direction, kind, at: iso(at), author, text: '' })
    }
    for (const [i, text] of one.causes.entries())
      put('entry', entry(own, 'measure', iso(soon(openedAt, i)), { text, detail: { of: 'cause' } }))
    if (one.reopened) put('entry', entry(own, 'reopened', iso(openedAt), { detail: { from: 'resolved' } }))
  }
  await world.clear()
  for (const [table, of] of rows) await world.put(table, ...of)
}

function putCallback(
  put: (table: string, row: Row) => void,
  own: Row & { readonly id: string },
  call: Callback,
) {
  const { createdAt, brokenAt, endedAt, how, contactAt, triedAt } = call
  const promised = (state: string, at: number | null, reason: string | null) =>
    guarantee(own, 'callback', iso(createdAt), state, { endedAt: isoOf(at), reason })
  const last =
    endedAt === null
      ? promised('open', null, null)
      : promised(isKept(call) ? 'kept' : 'withdrawn', endedAt, how)
  for (const at of brokenAt) put('guarantee', promised('broken', at, 'too-late'))
  put('guarantee', last)
  put('callback', {
    ...{
      id: randomUUID(),
      ticketId: own.id,
      guaranteeId: last.id,
      owedFor: endedAt === null ? own.id : null,
    },
    ...{ number: '+494066969123', language: 'de', line: 'hotline', stage: 'none', attempts: 0 },
    ...{ state: stateOf(call), createdAt: iso(createdAt), endedAt: isoOf(endedAt) },
    ...{ firstAttemptAt: isoOf(triedAt), firstContactAt: isoOf(contactAt) },
  })
}
