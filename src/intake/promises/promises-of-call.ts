import type { Tx } from '../../store/database.ts'
import { judgeLevel } from './judge-level.ts'
import { readMatter } from './matter-of.ts'
import { resumePromises } from './pause.ts'
import { endPromises, makePromises } from './promise-book.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { retarget } from './retarget.ts'
import { targetsOf } from './targets.ts'

/** What calls mean for promises beside the promised call itself, which has a book of its own. */

const beside = ['status-update', 'resolution'] as const

/** A call opened the ticket: its clocks run from the moment it rang, whenever we come to write it down. */
export async function promiseWithCall(
  tx: Tx,
  deps: PromiseDeps,
  ticketId: string,
  at: Temporal.Instant,
): Promise<void> {
  const now = deps.now()
  await makePromises(tx, deps, { ticketId, startedAt: at, now, kinds: beside })
  await judgeLevel(tx, deps, { ticketId, because: { kind: 'opened' }, now })
}

/** The caller said how serious it is. */
export async function promiseBySeverity(tx: Tx, deps: PromiseDeps, ticketId: string): Promise<void> {
  const now = deps.now()
  await retarget(tx, deps, { ticketId, now })
  await judgeLevel(tx, deps, { ticketId, because: { kind: 'changed' }, now })
}

export interface JoinedCall {
  /** Opened for the call. */
  readonly own: string
  /** The ticket that the call is about. */
  readonly target: string
  /** Of the target, before the call. */
  readonly state: string
  readonly at: Temporal.Instant
}

/** What was promised for the call's own ticket is the older ticket's to keep, which the call may have opened again. */
export async function promisesOfJoined(
  tx: Tx,
  deps: PromiseDeps,
  { own, target, state, at }: JoinedCall,
): Promise<void> {
  const now = deps.now()
  await endPromises(tx, deps, { ticketId: own, how: 'withdrawn', reason: 'joined', at })
  if (state === 'waiting') await resumePromises(tx, deps, { ticketId: target, now, waitsFor: 'customer' })
  if (state !== 'resolved') return
  await makePromises(tx, deps, { ticketId: target, startedAt: at, now, kinds: beside })
  await judgeLevel(tx, deps, { ticketId: target, because: { kind: 'reopened' }, now })
}

/** Office minutes of the promise to ring back, and the row that says so. */
export async function callbackTarget(
  tx: Tx,
  deps: PromiseDeps,
  ticketId: string,
): Promise<{ readonly minutes: number; readonly policy: string }> {
  const usual = { minutes: deps.config.phone?.callback.minutes ?? 120, policy: 'usual time' }
  if (deps.config.policy.targets.length === 0) return usual
  const target = targetsOf(await readMatter(tx, deps, ticketId), deps.config).callback
  return target ? { minutes: target.minutes, policy: target.row } : usual
}
