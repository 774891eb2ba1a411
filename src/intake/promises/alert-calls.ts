import { randomUUID } from 'node:crypto'
import { PermanentFailure, TransientFailure } from '../../desk/failure.ts'
import { isOpen } from '../../desk/office-hours.ts'
import type { CallMemory } from '../../desk/phone/call.ts'
import type { CallRequest } from '../../desk/phone/provider.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import type { Escalation } from '../../store/generated/client.ts'
import type { CallDeps } from '../calls/call-deps.ts'
import { instantOf } from '../calls/call-rows.ts'
import { type LineOfCall, lineGoingOn, lineOfCall } from '../calls/line-of-call.ts'
import { canDial } from '../calls/may-ring.ts'
import { dateOf } from '../mail-rows.ts'
import type { ReadLevel } from './level-people.ts'
import type { PromiseDeps } from './promise-deps.ts'

/**
 * Ringing the people of a level, one after the other, until one of them acknowledges by a key. A call is written down
 * before it is placed; one of which no answer comes is given up after two minutes: to be rung twice harms nobody who
 * is asked to take an urgent matter.
 */

export type RingDeps = Partial<Pick<CallDeps, 'providers'>>

export interface AlertToPlace {
  readonly escalationId: string
  readonly provider: string
  readonly request: CallRequest
}

interface Ringing {
  readonly escalation: Escalation & { readonly ticket: { readonly customerPhone: string | null } }
  readonly read: ReadLevel
  readonly severity: string | null
  readonly now: Temporal.Instant
}

const longestCallMinutes = 2

/** By telephone for the first time: who can be reached so at all, and the call to the first of them. */
export async function ringFirst(
  deps: PromiseDeps & RingDeps,
  tx: Tx,
  ringing: Ringing,
): Promise<{ readonly reachable: readonly string[]; readonly place: AlertToPlace } | undefined> {
  const reachable = reachableBy(deps, ringing)
  const line = await lineToRing(deps, tx, ringing)
  const [first] = reachable
  if (!line || first === undefined) return undefined
  const place = await writeCall(deps, tx, ringing, line, first)
  return { reachable, place }
}

/**
 * While there is time to acknowledge: the next person, once the call before is over. `latest`: when the escalation is
 * looked at in any case.
 */
export async function ringNext(
  deps: PromiseDeps & RingDeps,
  tx: Tx,
  ringing: Ringing & { readonly latest: Temporal.Instant },
): Promise<AlertToPlace | undefined> {
  const { escalation, read, severity, now, latest } = ringing
  const told = await tx.entry.findFirst({
    where: {
      ticketId: escalation.ticketId,
      kind: 'escalation-told',
      detail: { path: ['escalationId'], equals: escalation.id },
    },
    orderBy: { at: 'desc' },
  })
  const { way } = (told?.detail ?? {}) as { readonly way?: unknown }
  if (!told || way !== 'call') return undefined
  const calls = await tx.call.findMany({
    where: {
      ticketId: escalation.ticketId,
      arrivedAt: { gte: told.at },
      memory: { path: ['escalationId'], equals: escalation.id },
    },
  })
  const under = calls.find(({ state, arrivedAt }) => state === 'open' && isFresh(instantOf(arrivedAt), now))
  if (under)
    return wakeBy(tx, escalation, latest, instantOf(under.arrivedAt).add({ minutes: longestCallMinutes }))
  const rung = calls.map(({ memory }) => (memory as CallMemory).alertAgent)
  const next = reachableBy(deps, ringing).find(key => !rung.includes(key))
  const mayRing =
    isOpen(now, read.facts.office) || read.facts.anyTime.some(one => one === (severity ?? 'unclassified'))
  const line = next !== undefined && mayRing ? await lineToRing(deps, tx, ringing) : undefined
  if (!line || next === undefined) return undefined
  return writeCall(deps, tx, ringing, line, next, latest)
}

const isFresh = (at: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(at.add({ minutes: longestCallMinutes }), now) > 0

function reachableBy({ config, providers }: PromiseDeps & RingDeps, { read }: Ringing): readonly string[] {
  if (!providers) return []
  return read.facts.people.filter(key => config.agents[key]?.phone !== undefined)
}

/** One whose provider rings for us: of the ticket's group or office first. */
async function lineToRing(
  { config, providers }: PromiseDeps & RingDeps,
  tx: Tx,
  { escalation, now }: Ringing,
): Promise<LineOfCall | undefined> {
  if (!providers) return undefined
  const first = await lineGoingOn(tx, config, '', escalation.ticketId)
  const others = Object.keys(config.phone?.lines ?? {}).flatMap(key => lineOfCall(config, key) ?? [])
  for (const line of first ? [first, ...others] : others)
    if (await canDial({ providers }, tx, line, now)) return line
  return undefined
}

async function writeCall(
  { config }: PromiseDeps,
  tx: Tx,
  { escalation, now }: Ringing,
  line: LineOfCall,
  key: string,
  latest?: Temporal.Instant,
): Promise<AlertToPlace> {
  const agent = config.agents[key]
  const { phone } = config
  if (!agent?.phone || !phone) throw new Error(`agent "${key}" has a telephone, as was found just now`)
  const attemptId = randomUUID()
  const memory: CallMemory = { escalationId: escalation.id, alertAgent: key }
  await tx.call.create({
    data: {
      ...{ id: attemptId, provider: line.provider, providerId: `pending:${attemptId}`, direction: 'out' },
      ...{ line: line.ref, ticketId: escalation.ticketId, number: null, language: agent.language },
      ...{ rawFrom: line.number, rawTo: agent.phone, state: 'open', step: 'offer', memory: { ...memory } },
      arrivedAt: dateOf(now),
    },
  })
  // Should this process die before it dials, or the end of the call never be told.
  const over = now.add({ minutes: longestCallMinutes })
  await wakeBy(tx, escalation, latest, over)
  const request = {
    attemptId,
    to: agent.phone,
    from: line.number,
    ringSeconds: phone.ringSeconds,
    mostMinutes: longestCallMinutes,
  }
  return { escalationId: escalation.id, provider: line.provider, request }
}

async function wakeBy(
  tx: Tx,
  { id }: Escalation,
  latest: Temporal.Instant | undefined,
  at: Temporal.Instant,
): Promise<undefined> {
  const wakeAt = latest && Temporal.Instant.compare(latest, at) < 0 ? latest : at
  await tx.escalation.update({ where: { id }, data: { wakeAt: dateOf(wakeAt) } })
}

/** Asks the provider, once. What fails for sure lets the next person be rung at once. */
export async function placeAlert(
  { database, providers, now, wake, log }: PromiseDeps & RingDeps,
  { escalationId, provider: key, request }: AlertToPlace,
): Promise<void> {
  const provider = providers?.get(key)
  if (!provider) throw new Error(`phone provider "${key}" is not in the configuration`)
  try {
    const { providerId } = await provider.placeCall(request)
    await nameCall(database, request.attemptId, providerId)
  } catch (error) {
    if (
      !(error instanceof TransientFailure || error instanceof PermanentFailure) ||
      error.code === 'database'
    )
      throw error
    log.warn({ err: error, escalation: escalationId }, 'a call about an escalation could not be placed')
    // It may ring all the same: then its events tell, and until then nobody else is rung.
    if (error.code !== 'unsure') await neverPlaced(database, escalationId, request.attemptId, now())
  } finally {
    wake()
  }
}

/** Events of the call may have come before the answer to our request. */
async function nameCall(database: Database, id: string, providerId: string): Promise<void> {
  await database.call.updateMany({
    where: { id, providerId: { startsWith: 'pending:' } },
    data: { providerId },
  })
}

async function neverPlaced(
  database: Database,
  escalationId: string,
  callId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(database, async tx => {
    await tx.call.updateMany({
      where: { id: callId, state: 'open' },
      data: { state: 'ended', endedAt: dateOf(now) },
    })
    await tx.escalation.updateMany({
      where: { id: escalationId, state: 'waiting' },
      data: { wakeAt: dateOf(now) },
    })
  })
}
