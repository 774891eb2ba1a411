import { TransientFailure } from '../../desk/failure.ts'
import type { CallDecision } from '../../desk/phone/call-decision.ts'
import type { CallEvent } from '../../desk/phone/call-event.ts'
import { decideCall } from '../../desk/phone/decide-call.ts'
import type { Instruction } from '../../desk/phone/instruction.ts'
import { lineFor } from '../../desk/phone/lines.ts'
import type { Language } from '../../desk/ticket.ts'
import { inTransaction, isTaken, type Tx } from '../../store/database.ts'
import type { Prisma } from '../../store/generated/client.ts'
import { dateOf } from '../mail-rows.ts'
import { endAfter } from './after-event.ts'
import type { CallDeps, TakenCall } from './call-deps.ts'
import { type AfterEvent, applyEffects, wakesLoops } from './call-effects.ts'
import { readCallFacts } from './call-facts.ts'
import { type CallWithLegs, callOf, lockCall } from './call-rows.ts'
import { cancelAttempts } from './callback-book.ts'
import { claimEvent, finishEvent, repeated } from './event-ledger.ts'
import { type LineOfCall, lineGoingOn, lineOfCall, lineRef } from './line-of-call.ts'
import { openCall } from './open-call.ts'
import { openOutgoingCall } from './open-outgoing-call.ts'
import { userToAgent } from './user-to-agent.ts'

/**
 * Here a call becomes a ticket. Whatever a provider tells us comes through here once: its row, all that follows from it
 * and the answer are written in one transaction, and only then is the provider answered. A repetition hears the stored
 * answer; an event that speaks of an answer long given changes nothing.
 */

/** Two events of one call can arrive at the same moment and both find no call: the ledger refuses the second one. */
const attempts = 4

/**
 * Takes in one event. Throws TransientFailure('database') while the database is away, and TransientFailure('phone') for
 * news of a call that we do not know and cannot reconstruct yet; the door keeps both and comes again.
 */
export async function takeInCall(deps: CallDeps, event: CallEvent): Promise<TakenCall> {
  for (let left = attempts; ; left--) {
    try {
      return await takeInOnce(deps, event)
    } catch (error) {
      if (!isTaken(error) || left === 0) throw error
    }
  }
}

async function takeInOnce(deps: CallDeps, told: CallEvent): Promise<TakenCall> {
  const event = userToAgent(told, deps.config)
  const now = deps.now()
  const { taken, after } = await inTransaction(deps.database, async tx => {
    const result = await record(deps, tx, event, now)
    await deps.step?.('call-recorded')
    return result
  })
  await deps.step?.('call-committed')
  if (after) endAfter(deps, after)
  return taken
}

interface Recorded {
  readonly taken: TakenCall
  readonly after?: AfterEvent
}

async function record(deps: CallDeps, tx: Tx, event: CallEvent, now: Temporal.Instant): Promise<Recorded> {
  const eventId = await claimEvent(tx, event)
  if (eventId === undefined) return { taken: await repeated(tx, event) }
  const found = await findOrOpen(deps, tx, event, now)
  if (!found) {
    const answer: Instruction[] = [{ do: 'refuse' }]
    const because = 'no line of ours has this number'
    await finishEvent(tx, eventId, { callId: null, because, effects: [], answer, turn: 0 })
    // Somebody else's call: that we were told of it is all we keep.
    await tx.callEvent.update({ where: { id: eventId }, data: { payload: {} } })
    return { taken: { result: 'refused', answer, turn: 0, callId: undefined, ticketNumber: undefined } }
  }
  return actOn(deps, tx, event, eventId, found, now)
}

interface FoundCall {
  readonly row: CallWithLegs
  readonly line: LineOfCall
  readonly hangUps: readonly string[]
}

async function actOn(
  deps: CallDeps,
  tx: Tx,
  event: CallEvent,
  eventId: bigint,
  { row, line, hangUps }: FoundCall,
  now: Temporal.Instant,
): Promise<Recorded> {
  const call = callOf(row)
  if (isStale(event, row)) {
    const answer = row.answer as unknown as Instruction[]
    await finishEvent(tx, eventId, {
      callId: row.id,
      because: `the conversation is at turn ${row.turn} already`,
      effects: [],
      answer,
      turn: row.turn,
    })
    const { number } = await ticketOf(tx, row.ticketId)
    return { taken: { result: 'stale', answer, turn: row.turn, callId: row.id, ticketNumber: number } }
  }
  const facts = await readCallFacts(deps, tx, call, event, line, now)
  const decision = decideCall(call, event, facts)
  const { effects, because } = decision
  const after = { ticketId: call.ticketId, letters: 0, wakes: wakesLoops(effects), hangUps: [...hangUps] }
  const decided = { ...call, ...languageOf(decision), state: decision.state, memory: decision.memory }
  await applyEffects({ deps, tx, call: decided, line, now, at: event.at, after }, effects)
  const turn = await writeCall(tx, row, event, decision)
  const answer = decision.answer ?? []
  await finishEvent(tx, eventId, { callId: row.id, because, effects, answer, turn })
  const { number } = after.ticketId === call.ticketId ? facts.ticket : await ticketOf(tx, after.ticketId)
  return { taken: { result: 'new', answer, turn, callId: row.id, ticketNumber: number }, after }
}

/** The event's call, locked; opened where this is the first we hear of it. Undefined where no line of ours was rung. */
async function findOrOpen(
  deps: CallDeps,
  tx: Tx,
  event: CallEvent,
  now: Temporal.Instant,
): Promise<FoundCall | undefined> {
  const known = await lockCall(tx, event)
  if (known) {
    const line = await lineGoingOn(tx, deps.config, known.line, known.ticketId)
    if (!line) throw new Error('the configuration has no line any more')
    return { row: known, line, hangUps: [] }
  }
  if (event.kind !== 'arrived' && event.kind !== 'ended')
    throw new TransientFailure('phone', `nothing is known yet of call ${event.providerId}`)
  const outgoing = event.direction === 'out'
  const line = lineOf(deps, event.provider, outgoing ? event.from : event.to)
  if (outgoing) return openOutgoing(deps, tx, event, line, now)
  if (!line) return undefined
  const id = await openCall(deps, tx, event, line)
  const row = await lockCall(tx, { ...event, callId: id })
  if (!row) throw new Error('a call that was just written is there')
  // The customer is on the line: nobody needs to ring them any more.
  const hangUps = await stopRinging(deps, tx, row.number, now)
  return { row, line, hangUps }
}

async function stopRinging(
  deps: CallDeps,
  tx: Tx,
  number: string | null,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  if (number === null) return []
  const owed = await tx.callback.findMany({
    where: { number, owedFor: { not: null } },
    select: { ticketId: true },
    orderBy: { id: 'asc' },
  })
  return owed.length === 0
    ? []
    : cancelAttempts(
        deps,
        tx,
        owed.map(({ ticketId }) => ticketId),
        now,
      )
}

async function openOutgoing(
  deps: CallDeps,
  tx: Tx,
  event: Extract<CallEvent, { readonly kind: 'arrived' | 'ended' }>,
  line: LineOfCall | undefined,
  now: Temporal.Instant,
): Promise<FoundCall | undefined> {
  const opened = await openOutgoingCall(deps, tx, event, line, now)
  if (!opened) return undefined
  const row = await lockCall(tx, { ...event, callId: opened.callId })
  if (!row) throw new Error('a call that was just written is there')
  return { row, line: opened.line, hangUps: [] }
}

/** What follows from an event is said in the language that it chose. */
function languageOf({ effects }: CallDecision): { readonly language?: Language } {
  const chosen = effects.find(effect => effect.kind === 'speak')
  return chosen ? { language: chosen.language } : {}
}

/** A number belongs to the provider that the configuration names for it; another one may not speak for it. */
function lineOf({ config }: CallDeps, provider: string, number: string): LineOfCall | undefined {
  const found = lineFor(config, number)
  if (!found) return undefined
  const line = lineOfCall(config, lineRef(found.key, found.extension))
  return line?.provider === provider ? line : undefined
}

/** An answer to a question that is not the last one asked. Events of a leg have no turn of the conversation. */
function isStale(event: CallEvent, { turn, legs }: CallWithLegs): boolean {
  switch (event.kind) {
    case 'keys':
      return event.turn !== turn && !legs.some(({ id }) => id === event.legId)
    case 'recorded':
      return event.turn !== turn
    case 'leg-ended':
      return legs.some(({ id, state }) => id === event.legId && state === 'ended') && event.turn !== turn
    default:
      return false
  }
}

/** What an agent's telephone is told while the caller waits is no turn of the caller's conversation. */
function isOfLeg(event: CallEvent, { legs }: CallWithLegs): boolean {
  return 'legId' in event && event.kind !== 'leg-ended' && legs.some(({ id }) => id === event.legId)
}

/** Gives the turn that the answer belongs to. */
async function writeCall(
  tx: Tx,
  row: CallWithLegs,
  event: CallEvent,
  { step, memory, state, outcome, answer }: CallDecision,
): Promise<number> {
  const speaks = answer !== null && !isOfLeg(event, row)
  const turn = speaks ? row.turn + 1 : row.turn
  const ends = state === 'ended' && row.state !== 'ended'
  await tx.call.update({
    where: { id: row.id },
    data: {
      ...{ step, state, outcome, turn },
      memory: memory as unknown as Prisma.InputJsonObject,
      ...(speaks ? { answer: answer as unknown as Prisma.InputJsonArray } : {}),
      ...(ends ? { endedAt: dateOf(event.at) } : {}),
      ...(event.kind === 'ended' && event.seconds !== null ? { seconds: event.seconds } : {}),
      ...(row.answeredAt === null && event.kind !== 'ended' ? { answeredAt: dateOf(event.at) } : {}),
      // An outgoing call is known by its attempt until the provider has given it a name.
      ...(row.providerId.startsWith('pending:') ? { providerId: event.providerId } : {}),
    },
  })
  return turn
}

function ticketOf(tx: Tx, id: string) {
  return tx.ticket.findUniqueOrThrow({ where: { id }, select: { number: true } })
}
