import { z } from 'zod'
import type { Config } from '../config/schema.ts'
import type { DerivationStep, Office } from '../desk/office-hours.ts'
import { type MovedPromise, movedPromise } from '../desk/promise-review.ts'
import { type Database, inTransaction, type Tx } from '../store/database.ts'
import type { Prisma } from '../store/generated/client.ts'
import { addCallEntry } from './calls/call-entry.ts'
import { tell, tellCustomer } from './calls/call-letters.ts'
import type { CustomerChannel } from './calls/customer-channel.ts'
import { laterAnswerOf } from './calls/customer-news.ts'
import { lineOfCall } from './calls/line-of-call.ts'
import { dateOf } from './mail-rows.ts'

/** Promises that were made before a holiday or a closure was known: found for a human, and moved when one says so. */

export interface ReviewDeps {
  readonly database: Database
  readonly config: Config
  readonly offices: ReadonlyMap<string, Office>
  readonly now: Temporal.Instant
}

export interface ReviewedPromise {
  readonly id: string
  readonly ticketId: string
  readonly ticketNumber: string
  readonly kind: string
  readonly office: string
  readonly dueAt: Temporal.Instant
  readonly moved: MovedPromise
  readonly later: boolean
  /** Its customer hears of it when it is moved: one letter about a ticket, and a call that is promised has its own. */
  readonly tells: boolean
  /** The call that is promised; null for an answer to a mail. */
  readonly callbackId: string | null
  /** An earlier time that is past already would only break the promise. */
  readonly stays: boolean
}

/** Rows at a time: a desk that was flooded has many. */
const batch = 500

/**
 * Open promises, of mail and of calls, whose time would be another one with the calendar as it is now, by ticket. Those
 * of an office that is no longer in the configuration are left alone. Changes nothing.
 */
export async function reviewPromises(deps: ReviewDeps): Promise<readonly ReviewedPromise[]> {
  const found: Found[] = []
  for (let after = ''; ; ) {
    const rows = await readOpen(deps.database, after)
    for (const row of rows) {
      const reviewed = review(deps, row)
      if (reviewed) found.push(reviewed)
    }
    const last = rows.at(-1)
    if (!last || rows.length < batch)
      return telling(found).toSorted((a, b) => a.ticketNumber.localeCompare(b.ticketNumber))
    after = last.id
  }
}

/**
 * Three letters with three times would contradict each other. Customers know the times of an answer, of a call and of the
 * next update; who waits for one of the first two hears from us by it anyway. The time of a solution nobody was told.
 */
function telling(found: readonly Found[]): ReviewedPromise[] {
  const isFirst = ({ kind, callbackId }: Found) => kind === 'first-response' || callbackId !== null
  const later = found.filter(one => one.later && !one.stays)
  const awaited = new Set(later.filter(isFirst).map(({ ticketId }) => ticketId))
  const tells = new Set(
    later.filter(one => isFirst(one) || (one.kind === 'status-update' && !awaited.has(one.ticketId))),
  )
  return found.map(one => ({ ...one, tells: tells.has(one) }))
}

type Found = Omit<ReviewedPromise, 'tells'>

function readOpen(database: Database, after: string) {
  return database.guarantee.findMany({
    where: { state: 'open', ...(after === '' ? {} : { id: { gt: after } }) },
    include: { ticket: true, callback: true },
    orderBy: { id: 'asc' },
    take: batch,
  })
}

type OpenRow = Awaited<ReturnType<typeof readOpen>>[number]

function review({ config, offices, now }: ReviewDeps, row: OpenRow): Found | undefined {
  const { ticket, callback } = row
  // The line that was called may be another office's than that of the ticket it became.
  const office = (callback && lineOfCall(config, callback.line)?.office) ?? ticket.office
  const calendar = offices.get(office)
  if (!calendar) return undefined
  const dueAt = instantOf(row.dueAt)
  const promise = { startedAt: instantOf(row.startedAt), dueAt, derivation: stepsOf(row.derivation) }
  const moved = movedPromise(promise, calendar)
  if (!moved) return undefined
  return {
    ...{ id: row.id, ticketId: ticket.id, ticketNumber: ticket.number, kind: row.kind, office, dueAt, moved },
    later: Temporal.Instant.compare(moved.dueAt, dueAt) > 0,
    callbackId: callback?.id ?? null,
    stays: Temporal.Instant.compare(moved.dueAt, now) <= 0,
  }
}

export interface Moved {
  /** How the customer is told; null where nothing is to be told: an earlier time breaks nobody's plans. */
  readonly told: CustomerChannel | null
}

/**
 * Gives a promise its new time, with a line in the ticket's history; its callback is looked at anew, and a customer who
 * has to wait longer is told so, once for a ticket. Undefined where it has ended or changed since it was reviewed.
 */
export async function movePromise(
  deps: Pick<ReviewDeps, 'config' | 'database' | 'now'>,
  promise: ReviewedPromise,
): Promise<Moved | undefined> {
  const { database, now } = deps
  const { id, ticketId, kind, dueAt, moved } = promise
  return inTransaction(database, async tx => {
    // The callback first, as everybody else locks them.
    await tx.callback.updateMany({ where: { guaranteeId: id, state: 'owed' }, data: { wakeAt: dateOf(now) } })
    const { count } = await tx.guarantee.updateMany({
      where: { id, state: 'open', dueAt: dateOf(dueAt) },
      data: {
        dueAt: dateOf(moved.dueAt),
        // A callback has a wake time of its own.
        ...(kind === 'callback' ? {} : { wakeAt: dateOf(now) }),
        derivation: moved.derivation as unknown as Prisma.InputJsonArray,
      },
    })
    if (count === 0) return undefined
    await addCallEntry(tx, {
      ...{ ticketId, kind: 'promise-moved', at: now },
      detail: { promise: kind, before: dueAt.toString(), dueAt: moved.dueAt.toString(), why: [...moved.why] },
    })
    return { told: promise.tells ? await tellLater(tx, deps, promise) : null }
  })
}

async function tellLater(
  tx: Tx,
  { config, now }: Pick<ReviewDeps, 'config' | 'now'>,
  { ticketId, callbackId, moved }: ReviewedPromise,
): Promise<CustomerChannel> {
  if (callbackId !== null) return tellCustomer(tx, { config }, { callbackId, about: 'later', now })
  return tell(tx, { config }, await laterAnswerOf(tx, ticketId, moved.dueAt), now)
}

const step = z.union([
  z.object({ date: z.string(), from: z.string(), to: z.string(), minutes: z.number() }),
  z.object({ date: z.string(), closed: z.string() }),
])

/** Back from JSON; what has another shape was not counted in office time. */
function stepsOf(derivation: unknown): readonly DerivationStep[] {
  const read = z.array(step).safeParse(derivation)
  return read.success ? read.data : []
}

function instantOf(date: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime())
}
