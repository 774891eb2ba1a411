import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PhoneCall } from '../../../src/desk/phone/call.ts'
import type { CallFacts } from '../../../src/desk/phone/call-decision.ts'
import { mostTurns } from '../../../src/desk/phone/situation.ts'
import {
  arrived,
  dialEnded,
  everything,
  friday,
  type Happening,
  hungUp,
  keys,
  kinds,
  line,
  older,
  type Played,
  picksUp,
  play,
} from './call-example.ts'

/** Any event, any number of times, in any order, or never: what no call may ever do. */

const legId = fc.constantFrom('leg-1', 'leg-2', 'agent', 'nobody')
const result = fc.constantFrom('completed', 'busy', 'no-answer', 'failed', 'cancelled')
const seconds = fc.option(fc.integer({ min: 0, max: 400 }))
const digits = fc.oneof(
  fc.constantFrom('', '0', '1', '2', '3', '9', '040123456#', '110', '*'),
  fc.string({ maxLength: 60 }),
)
const turn = fc.nat(50)
const settle = { kind: 'settle' } as const

const happening = fc.oneof(
  fc.constant(arrived),
  fc.constant({ ...arrived, late: true }),
  fc.constant({ ...arrived, direction: 'out' }),
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('keys'), turn, legId: fc.option(legId, { freq: 1 }), digits }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('keys'), turn, legId, digits: fc.constant('1') }) },
  fc.record({
    kind: fc.constant('recorded'),
    turn,
    recordingId: fc.option(fc.constant('RE1')),
    seconds: fc.nat(99),
    hungUp: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('recording'),
    recordingId: fc.constant('RE1'),
    state: fc.constantFrom('ready', 'absent'),
    seconds,
  }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('leg-answered'), legId, mailbox: fc.boolean() }) },
  fc.record({
    kind: fc.constant('leg-progress'),
    legId,
    state: fc.constantFrom('ringing', 'answered', 'ended'),
    result: fc.option(result),
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('leg-ended'),
      turn,
      legId,
      result,
      bridged: fc.boolean(),
      seconds,
    }),
  },
  fc.record({
    kind: fc.constant('picked-up'),
    user: fc.option(fc.constantFrom('anna', 'ben')),
    mailbox: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('progress'), state: fc.constantFrom('ringing', 'in-progress') }),
  fc.record({ kind: fc.constant('ended'), result, seconds }).map(one => ({ ...hungUp, ...one })),
  fc.constant(settle),
) as fc.Arbitrary<Happening>

const facts = fc.record({
  openTickets: fc.constantFrom(
    [],
    [older],
    [older, { ...older, id: 'other', number: '1004728', owed: false }],
  ),
  sureOfCaller: fc.boolean(),
  line: fc.boolean().map(recordsCalls => ({ ...line, recordsCalls })),
  can: fc.constantFrom(
    everything,
    everything,
    everything,
    { ...everything, accepts: false },
    { ...everything, answers: false },
  ),
}) as fc.Arbitrary<Partial<CallFacts>>

const number = fc.constantFrom('+4940123456', '+4940123456', '+33142685300', null)
const inwardCall: fc.Arbitrary<Partial<PhoneCall>> = fc.record({ number })
const outwardCall: fc.Arbitrary<Partial<PhoneCall>> = fc.record({
  direction: fc.constant('out'),
  step: fc.constantFrom('arrived', 'offer'),
  memory: fc.constantFrom({ attemptId: 'attempt' }, {}),
})
const callback = { number: '+4940123456', dueAt: friday, attempts: 0 }

/** Beginnings as they usually are, so that disorder strikes at every step and not only at the first. */
const inwardStarts = [
  [],
  [arrived],
  [arrived, keys('')],
  [arrived, keys(''), keys('2')],
  [arrived, keys(''), keys('2'), picksUp('leg-1')],
  [arrived, keys(''), keys('2'), picksUp('leg-1'), keys('1', 'leg-1')],
  [arrived, keys(''), keys('2'), dialEnded('leg-1', 'busy'), dialEnded('leg-2', 'busy')],
]
const outwardStarts = [
  [],
  [picksUp('agent')],
  [picksUp('agent'), keys('1', 'agent')],
  [
    picksUp('agent'),
    keys('1', 'agent'),
    { kind: 'leg-progress', legId: 'leg-1', state: 'answered', result: null },
  ],
  [picksUp('agent'), keys('1', 'agent'), dialEnded('leg-1', 'completed', true)],
] satisfies readonly (readonly Happening[])[]

function always(which: 'in' | 'out', holds: (played: Played) => void, last: readonly Happening[] = []) {
  const starts: readonly (readonly Happening[])[] = which === 'in' ? inwardStarts : outwardStarts
  const call = which === 'in' ? inwardCall : outwardCall
  const happenings = fc.array(happening, { maxLength: 60, size: 'max' })
  fc.assert(
    fc.property(fc.constantFrom(...starts), happenings, facts, call, (start, happened, some, changes) => {
      holds(play([...start, ...happened, ...last], { callback, ...some }, changes))
    }),
    { numRuns: 300 },
  )
}

const count = (played: Played, kind: string) => kinds(played.effects).filter(one => one === kind).length

describe('a call, whatever its provider tells, repeats, swaps or forgets', () => {
  it('ends at most once, and never opens again (row 2)', () => {
    always('in', played => {
      expect(count(played, 'ended')).toBeLessThanOrEqual(1)
      const states = played.decisions.map(({ state }) => state)
      expect(states.lastIndexOf('open')).toBeLessThan(
        states.includes('ended') ? states.indexOf('ended') : states.length,
      )
    })
  })

  it('has ended for the customer once it was told to be settled', () => {
    always(
      'in',
      played => {
        expect(played.call.outcome).not.toBeNull()
        expect(count(played, 'ended')).toBe(1)
      },
      [settle],
    )
  })

  it('is a conversation only if an agent accepted and both were joined', () => {
    always('in', ({ effects, call, facts: { can } }) => {
      for (const effect of effects) {
        if (effect.kind !== 'connected' || !can.answers) continue
        const leg = call.legs.find(({ agent, outcome }) => agent === effect.agent && outcome === 'bridged')
        expect(leg?.acceptedAt).toBeTruthy()
        expect(call.outcome).toBe('connected')
      }
    })
  })

  it('promises no call without a number that may be rung', () => {
    always('in', played => {
      for (const { memory, effects } of played.decisions) {
        const rung = effects.flatMap(effect => (effect.kind === 'owe-callback' ? [effect.number] : []))
        expect(rung.every(one => one === '+4940123456')).toBe(true)
        if (memory.promiseTold) expect(memory.ringBack).toBe('+4940123456')
      }
    })
  })

  it('gets a bounded number of answers', () => {
    always('in', ({ decisions, call }) => {
      const asked = decisions.filter(({ answer }) => answer?.some(({ do: what }) => what === 'ask'))
      const ofLegs = decisions.filter(({ step, answer }) => step === 'hunt' && answer?.[0]?.do === 'ask')
      expect(asked.length - ofLegs.length).toBeLessThanOrEqual(mostTurns)
      expect(call.legs.length).toBeLessThanOrEqual(2)
    })
  })

  it('is told why of every decision', () => {
    always('in', ({ decisions }) => {
      expect(decisions.every(({ because }) => because.length > 0)).toBe(true)
    })
  })
})

describe('a callback, whatever its provider tells, repeats, swaps or forgets', () => {
  it('ends its attempt at most once, and exactly once when it is settled', () => {
    always('out', played => {
      expect(count(played, 'attempt-ended')).toBeLessThanOrEqual(1)
      expect(count(played, 'attempt-started')).toBeLessThanOrEqual(1)
      expect(count(played, 'attempt-rang')).toBeLessThanOrEqual(1)
      expect(kinds(played.effects)).not.toContain('ended')
    })
    always(
      'out',
      played => {
        expect(count(played, 'attempt-ended')).toBe(1)
        expect(played.call.state).toBe('ended')
      },
      [settle],
    )
  })

  it('rings the customer at most once, and only for an agent who accepted', () => {
    always('out', played => {
      expect(count(played, 'ring')).toBe(count(played, 'attempt-accepted'))
      expect(count(played, 'ring')).toBeLessThanOrEqual(1)
    })
  })
})
