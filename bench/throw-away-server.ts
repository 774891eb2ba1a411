/** A PostgreSQL of its own with its usual durability, for as long as a benchmark runs. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockDataFolder } from '../src/store/data-folder-lock.ts'
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts'
import { applyMigrations } from '../src/store/migrate.ts'

/** Leaves nothing behind: not after a failure, nor after Ctrl-C, which a benchmark of minutes invites. */
export async function withThrowAwayServer(
  work: (place: { readonly url: string; readonly folder: string }) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'))
  // The database may run under an account of its own, which has to get through.
  chmodSync(folder, 0o755)
  let stop = async () => {}
  let cleared: Promise<void> | undefined
  const clear = () => {
    cleared ??= stop().finally(() => rmSync(folder, { recursive: true, force: true }))
    return cleared
  }
  const interrupted = () => void clear().finally(() => process.exit(130))
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  try {
    const lock = await lockDataFolder(folder)
    const server = await startEmbeddedPostgres({ dataFolder: folder })
    stop = async () => {
      await server.stop()
      await lock.release()
    }
    await applyMigrations(server.url)
    await work({ url: server.url, folder })
  } catch (error) {
    // Interrupted work fails because its database goes: that is no news.
    if (cleared === undefined) throw error
    await cleared
  } finally {
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
    await clear()
  }
}
