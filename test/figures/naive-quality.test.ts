import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Dimension } from '../../src/figures/figure.ts'
import { readFigure } from '../../src/figures/report.ts'
import { count, inside, keysOf, later, minutes, now, score, share, when } from './naive-counting.ts'
import {
  becameOf,
  type Callback,
  callbacksOf,
  type Drawn,
  drawn,
  escalationCauses,
  isKept,
  kinds,
  outcomes,
  writeWorld,
} from './naive-quality-world.ts'
import { openWorld, valuesOf, type World } from './world.ts'

/** As naive.test.ts, for promises and what quality is judged by. */

let world: World
beforeAll(async () => {
  world = await openWorld(now)
})
afterAll(() => world.close())

const counts = <Key extends string>(keys: readonly Key[], of: (key: Key) => number, prefix = '') =>
  Object.fromEntries(keys.map(key => [`${prefix}${key}`, of(key)]))

function promisesOf(tickets: readonly Drawn[]) {
  const ofCall = (call: Callback) => [
    ...call.brokenAt.map(() => 'broken'),
    call.endedAt === null ? 'open' : isKept(call) ? 'kept' : 'withdrawn',
  ]
  const all = tickets.flatMap(one => [
    ...one.promises.filter(({ startedAt }) => inside(startedAt)),
    ...callbacksOf(one)
      .filter(({ createdAt }) => inside(createdAt))
      .flatMap(call => ofCall(call).map(state => ({ kind: 'callback', state }))),
  ])
  const kept = (of: typeof all) =>
    share(
      of.filter(({ state }) => state === 'kept' || state === 'broken'),
      ({ state }) => state === 'kept',
    )
  return {
    kept: kept(all),
    ...counts(['broken', 'withdrawn', 'open'], state => count(all, one => one.state === state)),
    ...Object.fromEntries(
      [...kinds, 'callback'].map(kind => [kind, kept(all.filter(one => one.kind === kind))]),
    ),
  }
}

function punctuality(tickets: readonly Drawn[]) {
  const all = tickets.flatMap(callbacksOf).filter(({ createdAt }) => inside(createdAt))
  const became = (what: string) => count(all, one => becameOf(one) === what)
  const missed = all.filter(one => ['late', 'never'].includes(becameOf(one)))
  const rungInTime = ({ triedAt, brokenAt: [first] }: Callback) =>
    triedAt !== null && (first === undefined || triedAt <= first)
  const why = (reason: string) => count(all, one => becameOf(one) === 'withdrawn' && one.how === reason)
  return {
    punctual: `${became('kept')} of ${became('kept') + missed.length}`,
    ...counts(['kept', 'late', 'never', 'withdrawn', 'running', 'put-through'], became),
    'why-not-tried': count(missed, one => !rungInTime(one)),
    'why-not-reached': count(missed, rungInTime),
    ...counts(['closed', 'joined', 'unreachable'], why, 'why-'),
  }
}

function escalations(tickets: readonly Drawn[]) {
  const all = tickets.flatMap(one => one.escalations).filter(({ openedAt }) => inside(openedAt))
  return {
    all: all.length,
    ...counts(['1', '2', '3', '4'], level => count(all, one => one.level === Number(level)), 'level-'),
    ...counts(escalationCauses, cause => count(all, one => one.cause === cause), 'cause-'),
    acknowledged: share(
      all.filter(({ state }) => state !== 'waiting'),
      ({ state }) => state === 'acknowledged',
    ),
    minutes: minutes(all.map(({ state, lasts }) => (state === 'acknowledged' ? lasts : null))),
  }
}

function satisfaction(tickets: readonly Drawn[]) {
  const all = tickets.flatMap(one => {
    const broken = one.promises.some(({ state }) => state === 'broken')
    const wrong =
      broken || one.escalations.length > 0 || callbacksOf(one).some(call => call.brokenAt.length > 0)
    return one.surveys.map(survey => ({
      ...survey,
      wrong,
      votedAt: later(survey.askedAt, survey.votedAfter),
    }))
  })
  const votes = all.filter(({ votedAt }) => inside(votedAt))
  const scores = (of: typeof all) => score(of.map(one => one.score))
  return {
    score: scores(votes),
    solved: share(
      votes.filter(({ solved }) => solved !== null),
      ({ solved }) => solved,
    ),
    'answer-rate': share(
      all.filter(({ askedAt }) => inside(askedAt)),
      ({ votedAt }) => votedAt !== null,
    ),
    manager: count(votes, ({ wantsManager }) => wantsManager),
    'score-smooth': scores(votes.filter(({ wrong }) => !wrong)),
    'score-wrong': scores(votes.filter(({ wrong }) => wrong)),
  }
}

type VendorCase = Drawn['cases'][number]

function vendorWaiting(all: readonly VendorCase[]) {
  const waits = ({ state, waitsFor }: VendorCase) => state === 'open' && waitsFor === 'vendor'
  const isLate = ({ raising }: VendorCase) => raising === 'by the clock' || raising === 'handed back'
  const running = (one: VendorCase) => (waits(one) ? (Date.parse(now) - one.since) / 60_000 : 0)
  return {
    waited: minutes(all.map(one => one.waitedMinutes + running(one))),
    cases: all.length,
    overdue: count(all, one => isLate(one) || (waits(one) && one.dueAt < Date.parse(now))),
    raised: share(all, ({ level }) => level > 0),
    closed: share(all, ({ state }) => state === 'closed'),
    ...counts(outcomes, outcome => count(all, one => one.outcome === outcome), 'outcome-'),
    rating: score(all.map(({ rating }) => rating)),
  }
}

const isClosed = (one: Drawn) => inside(later(one.openedAt, one.closed))

/** A known problem, else the last words, of which nothing but words counts. */
function causeOf({ known, causes }: Drawn): string | undefined {
  if (known) return 'the known problem'
  const words = causes
    .at(-1)
    ?.toLowerCase()
    .match(/\p{L}+/gu)
  return words?.join(' ')
}

/** `among`: a cause recurs in its area, whichever of its tickets are looked at. */
function causes(tickets: readonly Drawn[], among: readonly Drawn[]) {
  const closed = tickets.filter(isClosed)
  const recurs = (one: Drawn) =>
    count(among.filter(isClosed), other => other.area === one.area && causeOf(other) === causeOf(one)) >= 3
  return {
    recurring: share(closed.filter(causeOf), recurs),
    known: share(closed, causeOf),
    reopened: share(closed, ({ reopened }) => reopened),
    closed: closed.length,
  }
}

const casesOf = (tickets: readonly Drawn[]) =>
  tickets.flatMap(one => one.cases).filter(({ openedAt }) => inside(openedAt))

const naive = {
  promises: promisesOf,
  'callback-punctuality': punctuality,
  ...{ escalations, satisfaction, causes },
  'vendor-waiting': (tickets: readonly Drawn[]) => vendorWaiting(casesOf(tickets)),
} as const

async function slicesOf(key: keyof typeof naive, by: Dimension) {
  const { total, slices } = await readFigure(world.database, world.deps, key, { period: when, by })
  return { total: valuesOf(total), slices: slices.map(slice => [slice.key, valuesOf(slice.parts)] as const) }
}

it('counts promises and quality in the database as they are counted one by one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(drawn, { maxLength: 25 }), async tickets => {
      await writeWorld(world, tickets)
      for (const key of Object.keys(naive) as (keyof typeof naive)[]) {
        for (const [by, keyOf] of keysOf) {
          const { total, slices } = await slicesOf(key, by)
          expect(total).toEqual(naive[key](tickets, tickets))
          const own = (slice: string) => tickets.filter(one => keyOf(one) === slice)
          for (const [slice, values] of slices)
            expect([slice, values]).toEqual([slice, naive[key](own(slice), tickets)])
        }
      }
      for (const [vendor, values] of (await slicesOf('vendor-waiting', 'vendor')).slices)
        expect(values).toEqual(vendorWaiting(casesOf(tickets).filter(one => one.vendor === vendor)))
    }),
    { numRuns: 15 },
  )
})
