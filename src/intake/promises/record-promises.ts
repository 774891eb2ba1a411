import type { Tx } from '../../store/database.ts'
import type { EndedPromise, Plan, PromiseChange } from '../plan.ts'
import { judgeLevel } from './judge-level.ts'
import { pausePromises, resumePromises } from './pause.ts'
import { endPromises, makePromises } from './promise-book.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { retarget } from './retarget.ts'

/** What mails mean for promises, in the transaction that takes those mails in; the tickets are written already. */

type Planned = Pick<Plan, 'endedPromises' | 'promiseChanges'>

/** Ends come first: an answer keeps what a closing line of the same mail would withdraw. */
export async function recordPromises(
  tx: Tx,
  deps: PromiseDeps,
  { endedPromises, promiseChanges }: Planned,
  now: Temporal.Instant,
): Promise<void> {
  const closed = new Set(endedPromises.flatMap(({ ticketId, how }) => (how === 'answered' ? [] : [ticketId])))
  for (const ended of endedPromises) await end(tx, deps, ended, closed.has(ended.ticketId), now)
  for (const change of promiseChanges) await apply(tx, deps, change, now)
}

async function end(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, how, at }: EndedPromise,
  closes: boolean,
  now: Temporal.Instant,
): Promise<void> {
  const kept = { ticketId, how: 'kept', at } as const
  if (how === 'answered') {
    await endPromises(tx, deps, { ...kept, kinds: ['first-response'], reason: 'answered' })
    // Who has just heard from us need not be told that nothing is new; the rhythm goes on from here.
    const update = { ...kept, kinds: ['status-update' as const], reason: 'answered' }
    const heard = await endPromises(tx, deps, update)
    if (heard > 0 && !closes)
      await makePromises(tx, deps, { ticketId, startedAt: at, now, kinds: ['status-update'] })
    return
  }
  if (how === 'resolved') await endPromises(tx, deps, { ...kept, kinds: ['resolution'], reason: 'resolved' })
  await endPromises(tx, deps, { ticketId, how: 'withdrawn', reason: 'closed', at })
}

async function apply(tx: Tx, deps: PromiseDeps, change: PromiseChange, now: Temporal.Instant): Promise<void> {
  const { ticketId } = change
  switch (change.kind) {
    case 'opened':
      await judgeLevel(tx, deps, { ticketId, because: { kind: 'opened' }, now })
      return
    case 'pause':
      await pausePromises(tx, deps, { ticketId, waitsFor: change.waitsFor, now, until: change.until })
      return
    case 'resume':
      await resumePromises(tx, deps, { ticketId, now, waitsFor: 'customer' })
      return
    case 'retarget':
      await retarget(tx, deps, { ticketId, now, later: change.later })
      await judgeLevel(tx, deps, { ticketId, because: { kind: 'changed' }, now })
      return
    case 'reopened':
      await resumePromises(tx, deps, { ticketId, now })
      await makePromises(tx, deps, { ticketId, startedAt: now, now, kinds: ['status-update', 'resolution'] })
      await judgeLevel(tx, deps, { ticketId, because: { kind: 'reopened' }, now })
  }
}
