import type { EscalationCause } from '../../desk/promise/escalation.ts'
import type { LevelVerdict, Matter, PromiseKind } from '../../desk/promise/matter.ts'
import { type LevelOccasion, levelFor } from '../../desk/promise/policy-level.ts'
import type { Tx } from '../../store/database.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { escalate } from './escalate.ts'
import { readMatter } from './matter-of.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { retarget } from './retarget.ts'

/** Why a ticket is judged just now. */
export type Occasion =
  | { readonly kind: 'opened' | 'changed' | 'reopened' }
  | { readonly kind: 'broken' | 'endangered'; readonly promise: PromiseKind }

export interface Judging {
  readonly ticketId: string
  readonly because: Occasion
  readonly now: Temporal.Instant
  /** How far it rises where the configuration has no table of levels. */
  readonly otherwise?: number
}

/**
 * Asks the policy on which level the matter belongs now, and lets it rise there; true where it did. It never falls. The
 * caller's transaction has locked the ticket.
 */
export async function judgeLevel(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, because, now, otherwise }: Judging,
): Promise<boolean> {
  const { levels } = deps.config.policy
  const cause = causeOf(because)
  const rise = { ticketId, cause, by: '', now }
  if (levels.length === 0)
    return otherwise ? escalate(tx, deps, { ...rise, to: otherwise, reason: reasonOf(because) }) : false
  const matter = await readMatter(tx, deps, ticketId)
  const verdict = levelFor(matter, levels, await occasionOf(tx, ticketId, because))
  if (!verdict.rises) return false
  return lift(tx, deps, { ...rise, matter, verdict })
}

async function lift(
  tx: Tx,
  deps: PromiseDeps,
  {
    matter,
    verdict: { level, because, row },
    ...rise
  }: {
    readonly matter: Matter
    readonly verdict: LevelVerdict
    readonly ticketId: string
    readonly cause: EscalationCause
    readonly by: string
    readonly now: Temporal.Instant
  },
): Promise<boolean> {
  const { ticketId, now } = rise
  const rose = await escalate(tx, deps, { ...rise, to: level, reason: because ?? '' })
  if (!rose) return false
  await addCallEntry(tx, {
    ...{ ticketId, kind: 'level-raised', at: now },
    detail: { from: String(matter.level), level, row, because: because ?? '' },
  })
  // Another group may have other times.
  await retarget(tx, deps, { ticketId, now })
  return true
}

async function occasionOf(tx: Tx, ticketId: string, because: Occasion): Promise<LevelOccasion> {
  const raised = await tx.entry.findMany({
    where: { ticketId, kind: 'level-raised' },
    select: { detail: true },
  })
  const used = raised.map(({ detail }) => String((detail as { readonly row?: unknown }).row))
  return {
    used,
    reopened: because.kind === 'reopened',
    ...(because.kind === 'broken' ? { broken: because.promise } : {}),
    ...(because.kind === 'endangered' ? { endangered: because.promise } : {}),
  }
}

function causeOf({ kind }: Occasion): EscalationCause {
  if (kind === 'broken') return 'guarantee-broken'
  return kind === 'endangered' ? 'guarantee-endangered' : 'policy'
}

/** English, as all of the history's own words. */
function reasonOf(because: Occasion): string {
  if (because.kind === 'broken') return `the promise (${because.promise}) was broken`
  if (because.kind === 'endangered') return `the promise (${because.promise}) is endangered`
  return because.kind
}
