/** Data folders of clusters that a test starts, stops and kills by itself. */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { stopPostmaster } from '../../src/store/postmaster.ts'

/** A path for a data folder; blanks, quotes and dollar signs in it must not matter. Not created yet. */
export function scratchFolder(): string {
  return join(tmpdir(), `gateway's "data" $HOME ${randomUUID()}`)
}

/** Stops what still runs there and removes it. */
export async function clearScratch(dataFolder: string): Promise<void> {
  await stopPostmaster(join(dataFolder, 'postgres', 'cluster'))
  await rm(dataFolder, { recursive: true, force: true })
}

/** Runs statements on a connection of their own; the rows of the last. */
export async function query(
  url: string,
  ...statements: string[]
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const sql of statements) rows = (await client.query(sql)).rows
    return rows
  } finally {
    await client.end()
  }
}

/** Waits for the outside world, for at most ten seconds. */
export async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 10_000
  while (performance.now() < until) {
    if (await condition()) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error('it did not happen within ten seconds')
}
