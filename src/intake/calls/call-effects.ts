import { randomUUID } from 'node:crypto'
import type { PhoneCall } from '../../desk/phone/call.ts'
import type { CallEffect } from '../../desk/phone/call-decision.ts'
import type { CallEntryKind } from '../../desk/phone/entry-kinds.ts'
import { enqueue } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import { keepManagerContact } from '../feedback/manager-contact.ts'
import { dateOf } from '../mail-rows.ts'
import { callbackTarget, promiseBySeverity } from '../promises/promises-of-call.ts'
import { applyAlertEffect } from './alert-effects.ts'
import { applyAttemptEffect } from './attempt-effects.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'
import { confirmCall, noticesOfCall } from './call-letters.ts'
import { joinTicket, separateTicket } from './call-tickets.ts'
import { endCallback, oweCallback } from './callback-book.ts'
import { isFlooding } from './caller-history.ts'
import { type LineOfCall, lineFactsOf } from './line-of-call.ts'
import { applyToRecording } from './recording-effects.ts'

/** What the effects of one event did beside the rows: work that begins with the commit. */
export interface AfterEvent {
  /** The ticket the call belongs to now. */
  ticketId: string
  letters: number
  /** Something may be due now: a callback, a text, a recording. */
  readonly wakes: boolean
  /** Providers' ids of calls of ours that have to end. */
  readonly hangUps: string[]
}

export interface EffectContext {
  readonly deps: CallDeps
  readonly tx: Tx
  readonly call: PhoneCall
  readonly line: LineOfCall
  readonly now: Temporal.Instant
  /** When it happened, which lies before `now` for events out of the spool. */
  readonly at: Temporal.Instant
  readonly after: AfterEvent
}

/** Effects after which nothing is due before its time: most of a conversation consists of them. */
const quiet: readonly CallEffect['kind'][] = [
  ...(['classify', 'speak', 'ring', 'leg-answered', 'leg-accepted', 'leg-ended', 'consent'] as const),
  ...(['owe-callback', 'attempt-started', 'attempt-accepted', 'attempt-rang'] as const),
]

export function wakesLoops(effects: readonly CallEffect[]): boolean {
  return effects.some(({ kind }) => !quiet.includes(kind))
}

/** Until a call has ended nobody is asked to ring back; this wakes the callback of one whose end is never told. */
const longestCallHours = 3

/** Carries out what was decided, in order, in the event's transaction. */
export async function applyEffects(context: EffectContext, effects: readonly CallEffect[]): Promise<void> {
  for (const effect of effects) await apply(context, effect)
}

async function apply(context: EffectContext, effect: CallEffect): Promise<void> {
  switch (effect.kind) {
    case 'classify':
    case 'speak':
    case 'join-ticket':
    case 'separate-ticket':
    case 'consent':
      return applyToTicket(context, effect)
    case 'owe-callback':
    case 'unreachable':
    case 'number-refused':
    case 'connected':
      return applyToPromise(context, effect)
    case 'ring':
    case 'leg-answered':
    case 'leg-accepted':
    case 'leg-ended':
      return applyToLeg(context, effect)
    case 'recording':
    case 'recording-state':
      return applyToRecording(context, effect)
    case 'caller-gone':
      context.after.letters += await tell(context, 'call', [effect.agent])
      return entry(context, 'caller-gone', { agent: effect.agent })
    case 'acknowledged':
    case 'alert-ended':
      return applyAlertEffect(context.tx, context.deps, context.call, effect.kind, context.now)
    case 'attempt-started':
    case 'attempt-accepted':
    case 'attempt-rang':
    case 'attempt-ended':
      return applyAttemptEffect(context.deps, context.tx, context.call, effect, context.at)
    case 'ended':
      return endCall(context, effect)
  }
}

type Of<Kind extends CallEffect['kind']> = Extract<CallEffect, { readonly kind: Kind }>

const entry = (
  { tx, after, at, call }: EffectContext,
  kind: CallEntryKind,
  detail: Readonly<Record<string, unknown>> = {},
) => addCallEntry(tx, { ticketId: after.ticketId, kind, at, detail: { callId: call.id, ...detail } })

async function applyToTicket(
  context: EffectContext,
  effect: Of<'classify' | 'speak' | 'join-ticket' | 'separate-ticket' | 'consent'>,
): Promise<void> {
  const { tx, after, now } = context
  switch (effect.kind) {
    case 'classify':
      await tx.ticket.update({
        where: { id: after.ticketId },
        data: { severity: effect.severity, changedAt: dateOf(now) },
      })
      await entry(context, 'classified', { severity: effect.severity })
      return promiseBySeverity(tx, context.deps, after.ticketId)
    case 'speak':
      await tx.call.update({ where: { id: context.call.id }, data: { language: effect.language } })
      // Whoever rings back has to speak it too.
      await tx.callback.updateMany({
        where: { owedFor: after.ticketId },
        data: { language: effect.language },
      })
      await tx.ticket.update({ where: { id: after.ticketId }, data: { language: effect.language } })
      return
    case 'join-ticket':
      return joinTicket(context, effect)
    case 'separate-ticket':
      return separateTicket(context)
    case 'consent':
      return entry(context, 'recording-consent', { given: effect.given, textVersion: effect.textVersion })
  }
}

/** The clock of the promise runs from the moment of the call, whenever we come to write it down. */
async function applyToPromise(
  context: EffectContext,
  effect: Of<'owe-callback' | 'unreachable' | 'number-refused' | 'connected'>,
): Promise<void> {
  const { deps, tx, call, line, now, at, after } = context
  const { ticketId } = after
  switch (effect.kind) {
    case 'owe-callback':
      await oweCallback(tx, {
        ...{ ticketId, now },
        line: line.ref,
        number: effect.number,
        language: call.language,
        office: lineFactsOf(deps, line).office,
        ...(await callbackTarget(tx, deps, ticketId)),
        startedAt: call.arrivedAt,
        wakeAt: call.state === 'ended' ? now : now.add({ hours: longestCallHours }),
        source: effect.given ? 'given' : 'caller',
      })
      if (effect.given)
        await tx.ticket.update({ where: { id: ticketId }, data: { customerPhone: effect.number } })
      return
    case 'unreachable':
      await endCallback(tx, { ticketId, how: 'unreachable', at })
      return entry(context, 'unreachable')
    case 'number-refused':
      await tx.refusedDial.create({
        data: {
          id: randomUUID(),
          ticketId,
          number: effect.number.slice(0, 40),
          reason: effect.reason,
          at: dateOf(at),
        },
      })
      return entry(context, 'number-refused', { number: effect.number.slice(0, 40), reason: effect.reason })
    case 'connected': {
      const at = spokenSince(context, effect.agent)
      const assigned = deps.config.agents[effect.agent] ? { assignee: effect.agent } : {}
      await endCallback(tx, { ticketId, how: 'connected', at })
      await tx.ticket.update({ where: { id: ticketId }, data: { ...assigned, changedAt: dateOf(now) } })
      await keepManagerContact(tx, deps, { ticketId, by: effect.agent, at })
      await entry(context, 'put-through', { agent: effect.agent })
      if (deps.config.agents[effect.agent]) after.letters += await tell(context, 'call', [effect.agent])
      return
    }
  }
}

/** The promise is kept when they begin to speak; how long that takes is nobody's delay. */
function spokenSince({ call, at }: EffectContext, agent: string): Temporal.Instant {
  return call.legs.find(leg => leg.agent === agent && leg.acceptedAt !== null)?.acceptedAt ?? at
}

async function applyToLeg(
  { tx, call, at }: EffectContext,
  effect: Of<'ring' | 'leg-answered' | 'leg-accepted' | 'leg-ended'>,
): Promise<void> {
  const id = effect.legId
  const when = dateOf(at)
  switch (effect.kind) {
    case 'ring': {
      const { party, agent, number } = effect
      await tx.callLeg.create({
        data: { id, callId: call.id, party, agent, number, state: 'ringing', rangAt: when },
      })
      return
    }
    case 'leg-answered':
      await tx.callLeg.updateMany({
        where: { id, state: 'ringing' },
        data: { state: 'answered', answeredAt: when },
      })
      return
    case 'leg-accepted':
      await tx.callLeg.updateMany({
        where: { id, state: { not: 'ended' } },
        data: { state: 'accepted', acceptedAt: when },
      })
      return
    case 'leg-ended':
      await tx.callLeg.updateMany({
        where: { id },
        data: { state: 'ended', outcome: effect.outcome, seconds: effect.seconds, endedAt: when },
      })
      return
  }
}

/** The customer's part is over: what was promised is confirmed, and whoever has to act now is woken. */
async function endCall(context: EffectContext, { outcome, at: step }: Of<'ended'>): Promise<void> {
  const { deps, tx, call, now, after } = context
  await entry(context, 'call-ended', { outcome, step })
  await tx.callback.updateMany({ where: { owedFor: after.ticketId }, data: { wakeAt: dateOf(now) } })
  // Nobody will ring this caller, and so no task tells of the ticket: not of one who hung up before keying a number either.
  const owed = await tx.callback.findUnique({ where: { owedFor: after.ticketId }, select: { id: true } })
  if (outcome !== 'connected' && !owed && !(await isFlooding(tx, call.number, now)))
    after.letters += await tell(context, 'call', [])
  await confirmCall(tx, deps, { callId: call.id, now })
  after.letters += 1
}

/** Without agents the whole group on duty is told: somebody has to see a caller whom nobody can ring. */
async function tell(context: EffectContext, event: 'call', agents: readonly string[]): Promise<number> {
  const { deps, tx, call, now } = context
  const letters = await noticesOfCall(tx, deps, { callId: call.id, event, agents, now })
  await enqueue(tx, letters)
  return letters.length
}
