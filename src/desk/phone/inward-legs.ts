import type { CallLeg, LegOutcome } from './call.ts'
import type { CallDecision, CallEffect } from './call-decision.ts'
import type { CallEvent, DialResult } from './call-event.ts'
import type { Instruction } from './instruction.ts'
import { ended, isConnected } from './inward-end.ts'
import { callOffer } from './offer.ts'
import { because, decision, goTo, type Move, type Situation, say, tell, unanswered } from './situation.ts'
import { phrase } from './speech/phrases.ts'

/**
 * The telephones of agents whom we ring while a caller waits. A mailbox picks up as well, and a provider calls that
 * completed: only whoever presses 1 has accepted, and only a call that was joined afterwards is a conversation.
 */

const hangUp: Instruction = { do: 'hang-up' }
const acceptSeconds = 6

/** Somebody or something picked up. */
export function pickedUp(s: Situation, event: CallEvent & { readonly kind: 'leg-answered' }): CallDecision {
  const leg = legOf(s, event.legId)
  if (!leg || !waits(s)) return callerGone(s)
  if (leg.state === 'ended') return hangsUp(because(s, 'that telephone has been given up'))
  const { id: legId } = leg
  if (event.mailbox)
    return hangsUp(
      because(s, 'a mailbox picked up', { kind: 'leg-ended', legId, outcome: 'mailbox', seconds: null }),
    )
  const asked = because(s, 'somebody or something picked up', { kind: 'leg-answered', legId })
  const language = agentLanguage(s)
  return decision(asked, s.call.step, [
    {
      do: 'ask',
      says: [{ language, pieces: callOffer({ ...s, language }) }],
      mostDigits: 1,
      endsWith: null,
      seconds: acceptSeconds,
    },
  ])
}

/** The key that an agent pressed, or that nobody did. */
export function pressed(s: Situation, legId: string, digits: string): CallDecision {
  const leg = legOf(s, legId)
  if (!leg) return hangsUp(because(s, 'no telephone of this call'))
  if (digits === '1' && !waits(s)) return acceptedTooLate(s, leg)
  if (leg.state === 'ended') return hangsUp(because(s, 'that telephone has been given up'))
  if (digits === '1') {
    const effects = leg.state === 'accepted' ? [] : [{ kind: 'leg-accepted' as const, legId }]
    return decision(because(s, `${leg.agent} accepts`, ...effects), s.call.step, [{ do: 'join' }])
  }
  if (leg.state === 'accepted') return unanswered(because(s, 'the agent has accepted already'))
  const outcome = digits === '' ? 'mailbox' : 'declined'
  const why = digits === '' ? 'nobody pressed a key, as a mailbox would not' : `${leg.agent} declines`
  return hangsUp(because(s, why, { kind: 'leg-ended', legId, outcome, seconds: null }))
}

/** The caller hung up in that very second: the agent hears it instead of silence, and the promise goes on. */
function acceptedTooLate(s: Situation, leg: CallLeg): CallDecision {
  const { agent, id: legId } = leg
  if (agent === null || leg.state === 'accepted' || leg.outcome === 'abandoned') return callerGone(s)
  const gone: CallEffect[] = [{ kind: 'caller-gone', agent }]
  if (leg.state !== 'ended') gone.unshift({ kind: 'leg-ended', legId, outcome: 'abandoned', seconds: null })
  return callerGone(because(s, `${agent} accepts, but the caller is gone`, ...gone))
}

function callerGone(s: Situation): CallDecision {
  const language = agentLanguage(s)
  return tell(say({ ...s, language }, phrase(language, 'caller-gone')), s.call.step, hangUp)
}

/** News of a telephone that rings: only that it was picked up is worth keeping, the dial's end tells the rest. */
export function progressed(s: Situation, event: CallEvent & { readonly kind: 'leg-progress' }): CallDecision {
  const leg = legOf(s, event.legId)
  if (leg?.state !== 'ringing' || event.state !== 'answered') return unanswered(s)
  return unanswered(because(s, 'somebody or something picked up', { kind: 'leg-answered', legId: leg.id }))
}

/** A dial is over: with a conversation the call is, else the next agent is rung. */
export function dialEnded(s: Situation, event: CallEvent & { readonly kind: 'leg-ended' }): Move {
  const leg = legOf(s, event.legId)
  const known = leg ? because(s, ...howItEnded(s, leg, event)) : because(s, 'no telephone of this call')
  const spoken = leg !== undefined && leg.acceptedAt !== null && event.bridged
  if (s.call.state === 'ended') return lateEnd(known, leg, spoken)
  if (spoken || isConnected(s.call)) return farewell(known)
  const others = s.call.legs.some(({ id, state }) => id !== event.legId && state !== 'ended')
  if (s.call.step !== 'hunt' || others || event.callerGone) return unanswered(known)
  return goTo('hunt', known)
}

function howItEnded(
  s: Situation,
  leg: CallLeg,
  { bridged, result, seconds, callerGone }: CallEvent & { readonly kind: 'leg-ended' },
): readonly [string, ...CallEffect[]] {
  const { id: legId, agent } = leg
  const accepted = leg.acceptedAt !== null
  if (accepted && bridged) {
    if (leg.outcome === 'bridged') return ['the conversation is known already']
    const connected: CallEffect[] =
      agent === null || isConnected(s.call) ? [] : [{ kind: 'connected', agent }]
    return [
      'accepted and joined: they spoke',
      { kind: 'leg-ended', legId, outcome: 'bridged', seconds },
      ...connected,
    ]
  }
  if (leg.state === 'ended') return [`that telephone has ended already: ${leg.outcome}`]
  if (!accepted) {
    // Whoever was still being asked has missed nothing.
    const outcome = callerGone ? 'cancelled' : outcomes[result]
    return ['nobody accepted', { kind: 'leg-ended', legId, outcome, seconds }]
  }
  const gone: CallEffect[] = agent === null ? [] : [{ kind: 'caller-gone', agent }]
  return ['accepted, but never joined', { kind: 'leg-ended', legId, outcome: 'abandoned', seconds }, ...gone]
}

/** `completed` without a key is a mailbox, or somebody who did not want to. */
const outcomes: Readonly<Record<DialResult, LegOutcome>> = {
  completed: 'mailbox',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** The call had ended before: a conversation is entered after the fact, and an outcome that waited for it is told. */
function lateEnd(s: Situation, leg: CallLeg | undefined, spoken: boolean): CallDecision {
  const { call } = s
  if (call.outcome !== null)
    return decision(s, call.step, null, { outcome: spoken ? 'connected' : call.outcome })
  const waiting = call.legs.some(({ id, state }) => id !== leg?.id && state === 'accepted')
  return waiting && !spoken ? unanswered(s) : ended(s, spoken)
}

/** After a conversation nothing is left to say. */
function farewell(s: Situation): CallDecision {
  const last = tell(say(s, phrase(s.language, 'bye')), 'goodbye', hangUp)
  return { ...last, outcome: 'connected' }
}

function legOf({ call }: Situation, legId: string): CallLeg | undefined {
  return call.legs.find(({ id }) => id === legId)
}

function waits({ call }: Situation): boolean {
  return call.state === 'open' && call.step === 'hunt'
}

function agentLanguage({ memory, call }: Situation) {
  return memory.agentLanguage ?? call.language
}

function hangsUp(s: Situation): CallDecision {
  return decision(s, s.call.step, [hangUp])
}
