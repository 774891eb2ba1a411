/** A database and a folder for a world that ends with the command that made it. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeThrowAwayDatabase } from '../rehearsal/throw-away-database.ts'

export interface ThrowAwayPlace {
  readonly databaseUrl: string
  readonly folder: string
}

/** Nothing in it outlives the run, so nothing waits for the disk. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** Needs nothing configured, and leaves nothing behind: not after a failure, nor after Ctrl-C. */
export async function inThrowAwayPlace<T>(work: (place: ThrowAwayPlace) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-simulation-'))
  // The database may run under an account of its own, which has to get through.
  await chmod(folder, 0o711)
  let making: ReturnType<typeof makeThrowAwayDatabase> | undefined
  let cleared: Promise<void> | undefined
  const clearUp = async () => {
    // Nobody who interrupts is left with a server that was about to start.
    const database = await making?.catch(() => undefined)
    try {
      await database?.drop()
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  }
  // Once, whoever asks first: interrupted work fails because its database is being cleared away.
  const clear = () => {
    cleared ??= clearUp()
    return cleared
  }
  const interrupted = () => void clear().finally(() => process.exit(130))
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  try {
    making = makeThrowAwayDatabase({ database: {}, data: folder }, settings)
    const { url } = await making
    return await work({ databaseUrl: url, folder })
  } finally {
    await clear()
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
  }
}
