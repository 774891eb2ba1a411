import { type Database, inTransaction, type Tx } from '../store/database.ts'
import { Prisma } from '../store/generated/client.ts'

/** Rows of tickets that say themselves when they are due (`wake_at`): each is looked at once, whichever process has it. */

export interface Woken {
  readonly woken: number
  /** When the next one is due; in the past where some are left, or where another process has them just now. */
  readonly nextAt: Temporal.Instant | null
}

interface WakeDeps {
  readonly database: Database
  readonly now: () => Temporal.Instant
}

export interface DueRows<Done> {
  readonly table: 'callback' | 'escalation' | 'guarantee' | 'vendor_case'
  /** In the plural, for the failure that names them. */
  readonly what: string
  /** Decides on a row that is locked with its ticket, and writes when it is due again. */
  readonly decide: (tx: Tx, id: string) => Promise<Done>
  /** What needs the commit, such as a telephone that rings. */
  readonly afterwards?: (id: string, done: Done) => Promise<void>
  /** Called once where any was looked at: letters may wait now, or other rows be due. */
  readonly stirred: () => void
}

const usualMost = 200

/**
 * Looks at what is due, oldest first, `most` of them: one transaction each, so that one that cannot be decided does not
 * hold up the others. Such a failure is thrown once the rest is done; the row itself waits a minute. Throws
 * TransientFailure('database') while the database is away.
 */
export async function wakeDue<Done>(
  deps: WakeDeps,
  rows: DueRows<Done>,
  most: number = usualMost,
): Promise<Woken> {
  const failures: unknown[] = []
  let woken = 0
  for (const id of await dueNow(deps, rows, most)) if (await wakeOne(deps, rows, id, failures)) woken += 1
  if (woken > 0) rows.stirred()
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} ${rows.what} could not be decided`)
  const [next] = await deps.database.$queryRaw<{ at: Date | null }[]>`
    select min(wake_at) as at from ${tableOf(rows)}`
  return { woken, nextAt: next?.at ? Temporal.Instant.fromEpochMilliseconds(next.at.getTime()) : null }
}

/** Those that wait since the same moment, such as all of a weekend, in the order of their tickets. */
async function dueNow(
  { database, now }: WakeDeps,
  rows: Pick<DueRows<unknown>, 'table'>,
  most: number,
): Promise<readonly string[]> {
  const due = await database.$queryRaw<{ id: string }[]>`
    select r.id from ${tableOf(rows)} r join ticket t on t.id = r.ticket_id
    where r.wake_at <= ${now().toString()}::timestamptz
    order by r.wake_at, t.sequence, r.id limit ${most}`
  return due.map(({ id }) => id)
}

/** False when it is not due any more, or in another process's hands. */
async function wakeOne<Done>(
  { database, now }: WakeDeps,
  rows: DueRows<Done>,
  id: string,
  failures: unknown[],
): Promise<boolean> {
  let claimed = false
  let done: { readonly of: Done } | undefined
  try {
    done = await inTransaction(database, async tx => {
      claimed = await claim(tx, rows, id, now())
      return claimed ? { of: await rows.decide(tx, id) } : undefined
    })
  } catch (error) {
    // Without a row in hand it is the database itself that fails.
    if (!claimed) throw error
    failures.push(error)
    const later = now().add({ minutes: 1 }).toString()
    await database.$executeRaw`
      update ${tableOf(rows)} set wake_at = ${later}::timestamptz where id = ${id}::uuid and wake_at is not null`
    return true
  }
  if (done) await rows.afterwards?.(id, done.of)
  return done !== undefined
}

/** With its ticket, which a broken promise may raise: whoever holds one of the two is not waited for. */
async function claim(
  tx: Tx,
  rows: Pick<DueRows<unknown>, 'table'>,
  id: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    select r.id from ${tableOf(rows)} r join ticket t on t.id = r.ticket_id
    where r.id = ${id}::uuid and r.wake_at <= ${now.toString()}::timestamptz for update skip locked`
  return found.length > 0
}

const tableOf = ({ table }: Pick<DueRows<unknown>, 'table'>) => Prisma.raw(table)
