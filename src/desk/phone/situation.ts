import type { Severity } from '../command-arguments.ts'
import type { Language } from '../ticket.ts'
import type { CallMemory, CallOutcome, CallStep, PhoneCall } from './call.ts'
import type { CallDecision, CallEffect, CallFacts } from './call-decision.ts'
import type { Instruction, Spoken, Utterance } from './instruction.ts'

/**
 * A call in the middle of being decided: what was known when the event came, and what has followed from it so far. The
 * steps of a conversation take one, add to it and hand it on, until one of them waits for somebody.
 */
export interface Situation {
  readonly call: PhoneCall
  readonly facts: CallFacts
  readonly language: Language
  readonly memory: CallMemory
  /** The ticket that the call is about now, which joining an older one changes. */
  readonly ticket: { readonly number: string; readonly severity: Severity | null; readonly owed: boolean }
  readonly effects: readonly CallEffect[]
  /** To be said before whatever comes next. */
  readonly said: readonly Utterance[]
  readonly why: readonly string[]
}

/** Steps that a conversation can go on to. */
export type NextStep =
  | 'which-ticket'
  | 'number'
  | 'severity'
  | 'ask-number'
  | 'check-number'
  | 'consent'
  | 'hunt'
  | 'promise'
  | 'message'
  | 'goodbye'

/** On to the next step, or the decision that the event ends with. */
export type Move = { readonly go: NextStep; readonly with: Situation } | CallDecision

/** No conversation takes longer, whatever is pressed: its caller, or a machine, goes round in circles. */
export const mostTurns = 40

export function situationOf(call: PhoneCall, facts: CallFacts): Situation {
  return {
    call,
    facts,
    language: call.language,
    memory: call.memory,
    ticket: {
      number: facts.ticket.number,
      severity: facts.ticket.severity,
      owed: facts.promisedNumber !== null,
    },
    effects: [],
    said: [],
    why: [],
  }
}

/** The same with a reason, and what follows from it. */
export function because(s: Situation, why: string, ...effects: readonly CallEffect[]): Situation {
  return { ...s, why: [...s.why, why], effects: [...s.effects, ...effects] }
}

export function remember(s: Situation, memory: CallMemory): Situation {
  return { ...s, memory: { ...s.memory, ...memory } }
}

export function say(s: Situation, ...pieces: readonly Spoken[]): Situation {
  return { ...s, said: [...s.said, { language: s.language, pieces }] }
}

/** On to a question that has not been asked yet. */
export function goTo(step: NextStep, s: Situation): Move {
  return { go: step, with: remember(s, { tries: 0 }) }
}

/** The same question again. */
export function again(step: NextStep, s: Situation): Move {
  return { go: step, with: s }
}

interface Question {
  readonly step: CallStep
  readonly mostDigits?: number
  readonly endsWith?: '#'
  readonly seconds?: number
}

/** Says what is to be said, asks, and waits for keys; a call that goes round in circles is ended instead. */
export function ask(s: Situation, question: Question, ...pieces: readonly Spoken[]): Move {
  if (s.call.turn >= mostTurns)
    return goTo('goodbye', because(s, `the conversation has taken ${mostTurns} turns`))
  const { step, mostDigits = 1, endsWith = null, seconds = 6 } = question
  const says = joined([...s.said, { language: s.language, pieces }])
  return decision(s, step, [{ do: 'ask', says, mostDigits, endsWith, seconds }])
}

/** Says what is to be said and does `last`. */
export function tell(s: Situation, step: CallStep, ...last: readonly Instruction[]): CallDecision {
  const says = joined(s.said).map(utterance => ({ do: 'say' as const, says: utterance }))
  return decision(s, step, [...says, ...last])
}

/** Nothing is asked of us: the call goes on as it does. */
export function unanswered(s: Situation): CallDecision {
  return decision(s, s.call.step, null)
}

/** The call stays as it is, and whoever asks gets this answer. */
export function decision(
  s: Situation,
  step: CallStep,
  answer: readonly Instruction[] | null,
  end: { readonly state?: 'ended'; readonly outcome?: CallOutcome | null } = {},
): CallDecision {
  return {
    step,
    memory: s.memory,
    state: end.state ?? s.call.state,
    outcome: end.outcome === undefined ? s.call.outcome : end.outcome,
    effects: s.effects,
    answer,
    because: s.why.length > 0 ? s.why.join('; ') : 'nothing follows from it',
  }
}

/** Neighbours in the same language are one utterance, so that voices read on without a break. */
function joined(utterances: readonly Utterance[]): readonly Utterance[] {
  const result: Utterance[] = []
  for (const { language, pieces } of utterances) {
    const last = result.at(-1)
    if (last?.language === language) result.splice(-1, 1, { language, pieces: [...last.pieces, ...pieces] })
    else if (pieces.length > 0) result.push({ language, pieces })
  }
  return result
}
