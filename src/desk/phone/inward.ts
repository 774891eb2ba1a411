import type { PhoneCall } from './call.ts'
import type { CallDecision, CallEffect, CallFacts } from './call-decision.ts'
import type { CallEvent } from './call-event.ts'
import { hungUp } from './inward-end.ts'
import { askConsent, hearConsent, hunt } from './inward-hunt.ts'
import { dialEnded, pickedUp, pressed, progressed } from './inward-legs.ts'
import { askNumber, checkNumber, hearCheck, hearNumber } from './inward-number.ts'
import {
  arrive,
  askWhichTicket,
  hearTicketNumber,
  hearWhichTicket,
  speakTicketNumber,
} from './inward-opening.ts'
import { goodbye, hearPromise, promise, takeMessage } from './inward-promise.ts'
import { askSeverity, hearSeverity } from './inward-severity.ts'
import {
  again,
  because,
  decision,
  goTo,
  type Move,
  type NextStep,
  remember,
  type Situation,
  say,
  situationOf,
  unanswered,
} from './situation.ts'
import { phrase } from './speech/phrases.ts'

/** A caller on one of our lines: one event, and all that follows from it until somebody has to answer again. */

const enter: Readonly<Record<NextStep, (s: Situation) => Move>> = {
  'which-ticket': askWhichTicket,
  number: speakTicketNumber,
  severity: askSeverity,
  'ask-number': askNumber,
  'check-number': checkNumber,
  consent: askConsent,
  hunt,
  promise,
  message: takeMessage,
  goodbye,
}

const questions = {
  'which-ticket': hearWhichTicket,
  number: hearTicketNumber,
  severity: hearSeverity,
  'ask-number': hearNumber,
  'check-number': hearCheck,
  consent: hearConsent,
  promise: hearPromise,
} satisfies Partial<Record<NextStep, (s: Situation, digits: string) => Move>>

/** Pure; every event may come at every step, more than once, or never. A call that has ended stays so. */
export function decideInward(call: PhoneCall, event: CallEvent, facts: CallFacts): CallDecision {
  let move = react(situationOf(call, facts), event)
  while ('go' in move) move = event.late ? unheard(move.with) : enter[move.go](move.with)
  return move
}

/** The caller heard the safe answer instead: what they had said before counts, but nothing is asked and nobody rung. */
function unheard(s: Situation): CallDecision {
  return unanswered(because({ ...s, call: { ...s.call, step: 'apology' } }, 'it was answered without us'))
}

function react(s: Situation, event: CallEvent): Move {
  const { call } = s
  switch (event.kind) {
    case 'arrived':
      if (call.state === 'open' && call.step === 'arrived') return arrive(s)
      return unanswered(because(s, 'the call is known already'))
    case 'keys':
      return event.legId === null ? heard(s, event.digits) : pressed(s, event.legId, event.digits)
    case 'recorded':
      return spokenMessage(s, event)
    case 'recording':
      return fileTold(s, event)
    case 'leg-answered':
      return pickedUp(s, event)
    case 'leg-progress':
      return progressed(s, event)
    case 'leg-ended':
      return dialEnded(s, event)
    case 'picked-up':
    case 'progress':
      return unanswered(s)
    case 'ended':
      return hungUp(s, false)
    case 'settle':
      return hungUp(s, true)
  }
}

function heard(s: Situation, digits: string): Move {
  const { step, state } = s.call
  if (state === 'ended' || !isQuestion(step)) return unanswered(because(s, 'nothing was asked'))
  if (/^9#?$/.test(digits)) return again(step, otherLanguage(s))
  return questions[step](s, digits)
}

function isQuestion(step: PhoneCall['step']): step is keyof typeof questions {
  return step in questions
}

/** The same question in the other language; a number may begin with 9, but none is 9. */
function otherLanguage(s: Situation): Situation {
  const language = s.language === 'de' ? 'en' : 'de'
  return because({ ...s, language }, 'the caller speaks the other language', { kind: 'speak', language })
}

type Recorded = CallEvent & { readonly kind: 'recorded' }

function spokenMessage(s: Situation, { recordingId, seconds, hungUp: gone }: Recorded): Move {
  const left = seconds > 0
  const kept: CallEffect[] =
    left && recordingId !== null ? [{ kind: 'recording', recordingId, of: 'message', seconds }] : []
  const reason = left ? 'a message was left' : 'no message was spoken'
  const known = because(left ? remember(s, { messageLeft: true }) : s, reason, ...kept)
  if (s.call.state === 'ended') return unanswered(known)
  if (gone || s.call.step !== 'message') return decision(known, s.call.step, [{ do: 'hang-up' }])
  return goTo('goodbye', say(known, phrase(s.language, left ? 'message-taken' : 'message-missing')))
}

type FileTold = CallEvent & { readonly kind: 'recording' }

/**
 * The file's news may overtake the news that a message was spoken, and a recorded conversation has no other: so the
 * recording is named here as well, and known by its id.
 */
function fileTold(s: Situation, { recordingId, state, seconds }: FileTold): CallDecision {
  const { memory, call } = s
  const ofCall = memory.consent === true && !memory.messageLeft && call.step !== 'message'
  const of = ofCall ? 'call' : 'message'
  return unanswered(
    because(
      s,
      state === 'ready' ? 'the recording can be fetched' : 'there is no recording',
      { kind: 'recording', recordingId, of, seconds },
      { kind: 'recording-state', recordingId, state, seconds },
    ),
  )
}
