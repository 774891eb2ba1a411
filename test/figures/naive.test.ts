import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { officesOf } from '../../src/config/office-calendar.ts'
import { officeMinutesBetween } from '../../src/desk/office-hours.ts'
import { readFigure } from '../../src/figures/report.ts'
import type { Row } from '../../src/store/insert-rows.ts'
import {
  count,
  delay,
  drawnTicket,
  inside,
  iso,
  isoOf,
  keysOf,
  later,
  minutes,
  now,
  share,
  until,
  when,
} from './naive-counting.ts'
import { entry, guarantee, openWorld, ticket, valuesOf, type World, worldConfig } from './world.ts'

/** The database's counting against counting ticket by ticket, over worlds that nobody thought of. */

let world: World
beforeAll(async () => {
  world = await openWorld(now)
})
afterAll(() => world.close())

const offices = officesOf(worldConfig, Temporal.Instant.from(now))

/** A ticket's turns are, in order: closed, reopened, closed, ... */
const drawn = fc.record({
  ...drawnTicket,
  office: fc.constantFrom('hamburg', 'woking', 'night', 'gone'),
  answered: delay,
  turns: fc.array(
    fc.record({
      after: fc.integer({ min: 1, max: 12_000 }),
      by: fc.constantFrom('command-close', 'command-close', 'known-problem-solved', 'command-spam'),
    }),
    { maxLength: 4 },
  ),
  merged: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
  promise: fc.constantFrom('kept', 'broken', 'withdrawn', 'open', null),
})
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never

function turnsOf({ openedAt, turns }: Drawn) {
  let at = openedAt
  return turns.map(({ after, by }, i) => {
    at += after * 60_000
    return { at, kind: i % 2 === 0 ? by : 'reopened' }
  })
}

/** The last closing, where none was followed by a reopening. */
function closingOf(one: Drawn): number | null {
  const last = turnsOf(one).at(-1)
  return last && last.kind !== 'reopened' ? last.at : null
}

const isWork = (one: Drawn) => !one.merged && turnsOf(one).at(-1)?.kind !== 'command-spam'

async function write(drawnTickets: readonly Drawn[]): Promise<void> {
  const [tickets, entries, guarantees]: [Row[], Row[], Row[]] = [[], [], []]
  // Long before, and closed then.
  const other = ticket('2020-01-02T10:00:00Z', { closedAt: '2020-01-02T11:00:00Z' })
  for (const one of drawnTickets) {
    const { openedAt, answered, turns: _, merged, promise, ...rest } = one
    const own = ticket(iso(openedAt), {
      ...{ ...rest, closedAt: isoOf(closingOf(one)), mergedIntoId: merged ? other.id : null },
    })
    tickets.push(own)
    const answeredAt = later(openedAt, answered)
    if (answeredAt !== null) entries.push(entry(own, 'agent-answer', iso(answeredAt)))
    for (const { at, kind } of turnsOf(one))
      entries.push(entry(own, kind, iso(at), { detail: { from: 'resolved', closed: true } }))
    if (promise !== null) guarantees.push(guarantee(own, 'first-response', iso(openedAt), promise))
  }
  await world.clear()
  await world.put('ticket', other, ...tickets)
  await world.put('entry', ...entries)
  await world.put('guarantee', ...guarantees)
}

function officeMinutes({ office: key }: Drawn, from: number, to: number | null): number | null {
  const office = offices.get(key)
  if (!office || to === null) return null
  const at = (time: number) => Temporal.Instant.fromEpochMilliseconds(time)
  return officeMinutesBetween(at(from), at(to), office)
}

function isOpenAtEnd(one: Drawn): boolean {
  const last = turnsOf(one).findLast(({ at }) => at < until)
  return one.openedAt < until && (last === undefined || last.kind === 'reopened')
}

/** The figures of these tickets, counted one by one. */
function naive(all: readonly Drawn[]) {
  const tickets = all.filter(isWork)
  const opened = tickets.filter(({ openedAt }) => inside(openedAt))
  const closed = tickets.filter(one => inside(closingOf(one)))
  const turns = tickets.flatMap(turnsOf).filter(({ at }) => inside(at))
  const reopenings = count(turns, ({ kind }) => kind === 'reopened')
  const promised = opened.filter(({ promise }) => promise === 'kept' || promise === 'broken')
  return {
    throughput: {
      opened: opened.length,
      closed: turns.length - reopenings - count(turns, ({ kind }) => kind === 'command-spam'),
      open: count(tickets, isOpenAtEnd),
    },
    'first-response': {
      minutes: minutes(
        opened.map(one => officeMinutes(one, one.openedAt, later(one.openedAt, one.answered))),
      ),
      kept: share(promised, ({ promise }) => promise === 'kept'),
      answered: share(opened, ({ answered }) => answered !== null),
    },
    'cycle-time': {
      office: minutes(closed.map(one => officeMinutes(one, one.openedAt, closingOf(one)))),
      clock: minutes(closed.map(one => ((closingOf(one) ?? 0) - one.openedAt) / 60_000)),
    },
    reopened: { share: share(closed, ({ turns }) => turns.length > 1), reopenings },
  }
}

it('counts in the database what is counted one by one, in all and told apart', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(drawn, { maxLength: 40 }), async tickets => {
      await write(tickets)
      for (const key of ['throughput', 'first-response', 'cycle-time', 'reopened'] as const) {
        for (const [by, keyOf] of keysOf) {
          const found = await readFigure(world.database, world.deps, key, { period: when, by })
          expect(valuesOf(found.total)).toEqual(naive(tickets)[key])
          for (const slice of found.slices)
            expect([slice.key, valuesOf(slice.parts)]).toEqual([
              slice.key,
              naive(tickets.filter(one => keyOf(one) === slice.key))[key],
            ])
        }
        const filter = { groups: ['support', 'uk'], channel: 'mail' }
        const filtered = await readFigure(world.database, world.deps, key, { period: when, filter })
        const fits = (one: Drawn) => one.group !== 'field' && one.channel === 'mail'
        expect(valuesOf(filtered.total)).toEqual(naive(tickets.filter(fits))[key])
      }
    }),
    { numRuns: 15 },
  )
})
