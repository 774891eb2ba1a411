import type { CallLeg, PhoneCall } from '../../../src/desk/phone/call.ts'
import type { CallDecision, CallEffect, CallFacts, LineFacts } from '../../../src/desk/phone/call-decision.ts'
import type { CallEvent } from '../../../src/desk/phone/call-event.ts'
import { decideCall } from '../../../src/desk/phone/decide-call.ts'
import type { Capabilities, Instruction, Spoken } from '../../../src/desk/phone/instruction.ts'

/** A call at the desk without a provider or a ledger: events go in, decisions are applied as intake applies them. */

/** Friday, 20 November 2026, 13:20 in Hamburg: two office hours later it is 15:20. */
export const friday = Temporal.Instant.from('2026-11-20T12:20:00Z')

export const line: LineFacts = {
  key: 'hamburg',
  number: '+494030903020',
  language: 'de',
  group: 'support',
  office: {
    key: 'hamburg',
    timeZone: 'Europe/Berlin',
    hours: Object.fromEntries([1, 2, 3, 4, 5].map(day => [day, ['08:30-17:00']])),
    exceptions: new Map(),
  },
  officeName: 'Hamburg',
  company: 'Muster Druck',
  greeting: {},
  ringSeconds: 15,
  huntSeconds: 60,
  mostMinutes: 60,
  recordsCalls: false,
  messageSeconds: 120,
}

export const everything: Capabilities = {
  answers: true,
  speaks: true,
  accepts: true,
  records: true,
  dials: true,
  texts: true,
}

export const anna = { key: 'anna', name: 'Anna', phone: '+4915112345601', language: 'de' } as const
export const ben = { key: 'ben', name: 'Ben', phone: '+4915112345602', language: 'en' } as const

export const older = {
  id: 'ticket-old',
  number: '1004711',
  subject: 'Drucker streikt',
  owed: true,
  severity: null,
} as const

export function factsLike(changes: Partial<CallFacts> = {}): CallFacts {
  return {
    now: friday,
    line,
    can: everything,
    ticket: {
      number: '1004728',
      subject: 'Anruf',
      customerName: 'Petra Kunde',
      company: 'Kunde GmbH',
      severity: null,
      waitingMinutes: 52,
    },
    openTickets: [],
    sureOfCaller: true,
    agents: [anna, ben],
    callbackDueAt: friday.add({ hours: 2 }),
    promisedNumber: null,
    numbers: {
      country: 'DE',
      countries: ['DE', 'GB'],
      kinds: ['fixed', 'mobile', 'voip'],
      never: [line.number],
    },
    freshLegId: 'leg',
    callback: null,
    ...changes,
  }
}

export function callLike(changes: Partial<PhoneCall> = {}): PhoneCall {
  return {
    id: 'call',
    provider: 'twilio',
    providerId: 'CA1',
    direction: 'in',
    line: 'hamburg',
    language: 'de',
    ticketId: 'ticket-new',
    number: '+4940123456',
    callerName: '',
    state: 'open',
    step: 'arrived',
    turn: 0,
    memory: {},
    outcome: null,
    legs: [],
    arrivedAt: friday,
    answeredAt: null,
    endedAt: null,
    ...changes,
  }
}

/** What happens, without what every event has. */
export type Happening = CallEvent extends infer E ? (E extends CallEvent ? Pick<E, Own<E>> : never) : never
type Own<E> = Exclude<keyof E, 'provider' | 'providerId' | 'key' | 'at' | 'providerAt' | 'payload'>

export const arrived = {
  kind: 'arrived',
  direction: 'in',
  from: '+4940123456',
  to: line.number,
  callerName: '',
  continues: null,
  user: null,
} as const satisfies Happening

export const hungUp = {
  kind: 'ended',
  result: 'completed',
  seconds: 42,
  from: '+4940123456',
  to: line.number,
  direction: 'in',
  unknownNumber: false,
} as const satisfies Happening

export function keys(digits: string, legId: string | null = null): Happening {
  return { kind: 'keys', turn: 0, legId, digits }
}

export function dialEnded(
  legId: string,
  result: 'completed' | 'busy' | 'no-answer' | 'failed' | 'cancelled',
  bridged = false,
  seconds: number | null = bridged ? 180 : null,
): Happening {
  return { kind: 'leg-ended', turn: 0, legId, result, bridged, seconds }
}

export function picksUp(legId: string, mailbox = false): Happening {
  return { kind: 'leg-answered', legId, mailbox }
}

export interface Played {
  readonly call: PhoneCall
  readonly facts: CallFacts
  readonly effects: readonly CallEffect[]
  readonly decisions: readonly CallDecision[]
  /** The last answer. */
  readonly answer: readonly Instruction[] | null
}

/** Plays a call from its first event on; ids of legs count up: leg-1, leg-2. */
export function play(
  happenings: readonly Happening[],
  facts: Partial<CallFacts> = {},
  call: Partial<PhoneCall> = {},
): Played {
  return goOn(
    { call: callLike(call), facts: factsLike(facts), effects: [], decisions: [], answer: null },
    ...happenings,
  )
}

export function goOn(played: Played, ...happenings: readonly Happening[]): Played {
  return happenings.reduce(next, played)
}

function next(played: Played, happening: Happening): Played {
  const freshLegId = `leg-${played.call.legs.length + 1}`
  const owed = played.effects.findLast(({ kind }) => kind === 'owe-callback')
  const facts: CallFacts = {
    ...played.facts,
    freshLegId,
    promisedNumber: owed?.kind === 'owe-callback' ? owed.number : played.facts.promisedNumber,
  }
  const event = {
    provider: 'twilio',
    providerId: 'CA1',
    key: 'key',
    at: facts.now,
    providerAt: null,
    payload: {},
    ...happening,
  }
  const decision = decideCall(played.call, event, facts)
  return {
    call: applied(played.call, decision),
    facts: played.facts,
    effects: [...played.effects, ...decision.effects],
    decisions: [...played.decisions, decision],
    answer: decision.answer,
  }
}

function applied(
  call: PhoneCall,
  { step, memory, state, outcome, effects, answer }: CallDecision,
): PhoneCall {
  const spoken = effects.findLast(({ kind }) => kind === 'speak')
  return {
    ...call,
    step,
    state,
    outcome,
    memory: JSON.parse(JSON.stringify(memory)),
    language: spoken?.kind === 'speak' ? spoken.language : call.language,
    turn: call.turn + (answer === null ? 0 : 1),
    legs: effects.reduce(legsAfter, call.legs),
  }
}

function legsAfter(legs: readonly CallLeg[], effect: CallEffect): readonly CallLeg[] {
  const change = (id: string, changes: Partial<CallLeg>) =>
    legs.map(leg => (leg.id === id ? { ...leg, ...changes } : leg))
  switch (effect.kind) {
    case 'ring': {
      const { legId, party, agent, number } = effect
      return [...legs, { id: legId, party, agent, number, state: 'ringing', outcome: null, acceptedAt: null }]
    }
    case 'leg-answered':
      return change(effect.legId, { state: 'answered' })
    case 'leg-accepted':
      return change(effect.legId, { state: 'accepted', acceptedAt: friday })
    case 'leg-ended':
      return change(effect.legId, { state: 'ended', outcome: effect.outcome })
    default:
      return legs
  }
}

/** What is heard of an answer, clip after clip; pauses are commas. */
export function heard(answer: readonly Instruction[] | null): string {
  return (answer ?? [])
    .flatMap(instruction => {
      if (instruction.do === 'say') return [instruction.says]
      return instruction.do === 'ask' ? [...instruction.says] : []
    })
    .map(({ pieces }) => read(pieces))
    .join(' ')
}

export function read(pieces: readonly Spoken[]): string {
  return pieces
    .map(piece => ('text' in piece ? ` ${piece.text}` : 'words' in piece ? ` ${piece.words}` : ','))
    .join('')
    .trim()
}

export function kinds(effects: readonly CallEffect[]): readonly string[] {
  return effects.map(({ kind }) => kind)
}

export function does(answer: readonly Instruction[] | null): readonly string[] {
  return (answer ?? []).map(instruction => instruction.do)
}
