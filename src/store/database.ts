/** The ledger's connection pool and its transactions. What goes wrong outside is told apart here, by codes, once. */
import { setTimeout as delay } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import { TransientFailure } from '../desk/failure.ts'
import { isDatabaseAway, isTaken, isWriteConflict } from './database-errors.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'

export { isDatabaseAway, isTaken }

export type Database = PrismaClient
export type Tx = Prisma.TransactionClient

const attempts = 5

/** A pool of at most `connections`; connects on first use. Close it with `$disconnect()`. */
export function openDatabase(url: string, connections: number): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: connections,
    application_name: 'intake-gateway',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // The server gives up a stuck statement first; our own limit is for a server that no longer answers at all.
    statement_timeout: 60_000,
    query_timeout: 65_000,
    // A gateway that hangs in the middle of a transaction must not keep a ticket locked.
    idle_in_transaction_session_timeout: 60_000,
  })
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 15_000, timeout: 60_000 } })
}

/**
 * Runs `work` in one transaction (READ COMMITTED) and commits. Deadlocks and serialization conflicts are repeated a
 * few times, so `work` must not do anything that a rollback does not undo. Throws TransientFailure('database') when
 * the server is away; then it is unknown whether a commit that was under way took place. Other errors pass through.
 */
export async function inTransaction<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let begun = false
    const since = performance.now()
    try {
      return await db.$transaction(tx => {
        begun = true
        return work(tx)
      })
    } catch (error) {
      const away = isDatabaseAway(error)
      // Nothing has been done yet and the refusal came at once: a pooled connection that died while it was idle.
      const stale = away && !begun && performance.now() - since < 1000
      if (away && !(stale && attempt < attempts)) {
        throw new TransientFailure('database', 'The database is not reachable', error)
      }
      if (!away && !isWriteConflict(error)) throw error
      if (attempt === attempts) {
        throw new TransientFailure('database', 'The transaction kept colliding with others', error)
      }
      // Spread, or the two that collided would collide again.
      await delay(attempt * (5 + Math.random() * 20))
    }
  }
}
