import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CallStep, PhoneCall } from '../../../src/desk/phone/call.ts'
import type { CallEvent } from '../../../src/desk/phone/call-event.ts'
import { decideCall } from '../../../src/desk/phone/decide-call.ts'
import { factsNeeded } from '../../../src/desk/phone/facts-needed.ts'
import {
  anna,
  arrived,
  callLike,
  dialEnded,
  factsLike,
  type Happening,
  hungUp,
  keys,
  older,
  picksUp,
} from './call-example.ts'

const steps: readonly CallStep[] = [
  ...(['arrived', 'which-ticket', 'number', 'severity', 'ask-number', 'check-number', 'consent'] as const),
  ...([
    'hunt',
    'promise',
    'message',
    'goodbye',
    'apology',
    'offer',
    'customer',
    'result',
    'observed',
  ] as const),
]
const digits = fc.constantFrom('', '0', '1', '2', '3', '9', '040123456#')
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constant<Happening>(arrived),
  fc.constant<Happening>({ ...hungUp }),
  fc.constant<Happening>({ kind: 'settle' }),
  digits.map(pressed => keys(pressed)),
  digits.map(pressed => keys(pressed, 'leg-1')),
  fc.constantFrom(picksUp('leg-1'), picksUp('leg-1', true)),
  fc.constantFrom(dialEnded('leg-1', 'busy'), dialEnded('leg-1', 'completed', true)),
  fc.constant<Happening>({ kind: 'recorded', turn: 0, recordingId: 'RE1', seconds: 9, hungUp: false }),
  fc.constant<Happening>({ kind: 'recording', recordingId: 'RE1', state: 'ready', seconds: 9 }),
  fc.constant<Happening>({ kind: 'leg-progress', legId: 'leg-1', state: 'answered', result: null }),
  fc.constant<Happening>({ kind: 'progress', state: 'ringing' }),
)
const leg = {
  ...{ id: 'leg-1', party: 'agent', agent: 'anna', number: anna.phone, state: 'ringing' },
  ...{ outcome: null, acceptedAt: null },
} as const
const offered = [{ ticketId: older.id, number: older.number }]
const call: fc.Arbitrary<PhoneCall> = fc
  .record({
    direction: fc.constantFrom('in', 'in', 'out'),
    step: fc.constantFrom(...steps),
    state: fc.constantFrom('open', 'open', 'ended'),
    number: fc.constantFrom('+4940123456', null),
    legs: fc.constantFrom([], [leg], [{ ...leg, state: 'accepted', acceptedAt: arrivedAt() }]),
    memory: fc.constantFrom(
      {},
      { offered },
      { offered, tries: 1 },
      { ringBack: '+4940123456' },
      { chose: 'separate', ringBack: '+4940123456', afterNumber: 'consent' },
      { keyed: '+4940123457', afterNumber: 'promise', rung: ['anna'] },
    ),
  } as const)
  .map(changes => callLike(changes as Partial<PhoneCall>))

function arrivedAt(): Temporal.Instant {
  return factsLike().now
}

it('facts that are not read change no decision, at any step, whatever happens', () => {
  fc.assert(
    fc.property(call, happening, fc.boolean(), fc.boolean(), (before, happened, owed, recordsCalls) => {
      const event = {
        ...{
          provider: 'twilio',
          providerId: 'CA1',
          key: 'key',
          at: arrivedAt(),
          providerAt: null,
          payload: {},
        },
        ...happened,
      } as CallEvent
      const whole = factsLike({ openTickets: [older], promisedNumber: owed ? '+4940123456' : null })
      const facts = { ...whole, line: { ...whole.line, recordsCalls } }
      const needed = factsNeeded(before, event, owed)
      const read = {
        ...facts,
        ...(needed.agents ? {} : { agents: [] }),
        ...(needed.history ? {} : { openTickets: [], sureOfCaller: false }),
      }
      expect(decideCall(before, event, read)).toEqual(decideCall(before, event, facts))
    }),
    { numRuns: 3000 },
  )
})
