import type { Config } from '../../config/schema.ts'
import type { Tx } from '../../store/database.ts'

/** How often we ring: one number, so that nobody is harassed in our name, and altogether, so that no fault of ours or of a fraudster costs more than an hour's worth. */

export type DialBudget =
  | { readonly allowed: true }
  | {
      readonly allowed: false
      readonly reason: 'per-number' | 'per-hour'
      /** When one more may be rung, as far as is known now. */
      readonly againAt: Temporal.Instant
    }

/** In the rules of `guard`; whoever places a call asks. */
export interface DialRequest {
  /** E.164 of the customer. */
  readonly number: string
  readonly now: Temporal.Instant
  readonly config: Pick<Config, 'phone'>
}

/** Any name that no other lock of this kind has. */
const lockName = 'dial-budget'

/**
 * May the customer's number be rung once more now? Asked in the transaction that writes the attempt down: until it ends
 * everybody else who asks waits, or two processes could both take the last place. Throws RangeError without a telephone
 * section, which nothing that rings starts without.
 */
export async function mayDial(tx: Tx, { number, now, config }: DialRequest): Promise<DialBudget> {
  if (!config.phone) throw new RangeError('the configuration has no telephone section')
  const { perNumberPerDay, perHour } = config.phone.guard
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${lockName}, 0))::text`
  const toNumber = await rungSince(tx, now.subtract({ hours: 24 }), perNumberPerDay, number)
  if (toNumber) return { allowed: false, reason: 'per-number', againAt: toNumber.add({ hours: 24 }) }
  const all = await rungSince(tx, now.subtract({ hours: 1 }), perHour)
  if (all) return { allowed: false, reason: 'per-hour', againAt: all.add({ hours: 1 }) }
  return { allowed: true }
}

/**
 * Of the calls placed after `since` the one that was placed `most` ago: while it counts, the budget is used up. What is
 * under way counts; what the provider never placed does not. One number counts as rung where its telephone rang, or
 * may yet; calls that agents dialled by hand are theirs.
 */
async function rungSince(
  tx: Tx,
  since: Temporal.Instant,
  most: number,
  number?: string,
): Promise<Temporal.Instant | undefined> {
  const rows = await tx.callbackAttempt.findMany({
    where: {
      mode: 'rung',
      requestedAt: { gt: new Date(since.epochMilliseconds) },
      ...(number === undefined
        ? { OR: [{ state: { not: 'ended' } }, { outcome: { not: 'not-placed' } }] }
        : { callback: { number }, OR: [{ state: { not: 'ended' } }, { rangAt: { not: null } }] }),
    },
    orderBy: { requestedAt: 'desc' },
    skip: most - 1,
    take: 1,
    select: { requestedAt: true },
  })
  const [oldest] = rows
  return oldest && Temporal.Instant.fromEpochMilliseconds(oldest.requestedAt.getTime())
}
