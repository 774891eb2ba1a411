/**
 * One process per data folder. The lock is the operating system's own (a byte-range lock that SQLite, built into
 * Node, takes on `gateway.lock`): the kernel drops it the moment its holder dies, however it dies. A file with a
 * process id in it was rejected: after a crash the id may belong to somebody else, and taking such a file over has a
 * gap in which two processes both succeed. `gateway.holder.json` only says who it is; it decides nothing.
 */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { makeDataFolder } from './postgres-account.ts'

const holderSchema = z.object({ pid: z.int(), since: z.string() })

/** The data folder is in use by another process, named in the message. */
export class DataFolderHeld extends Error {
  override readonly name = 'DataFolderHeld'
}

export interface DataFolderLock {
  release(): Promise<void>
}

/**
 * Takes the folder for this process until `release` or its death, creating it when it is missing.
 * Throws {@link DataFolderHeld} when a living process has it.
 */
export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  await makeDataFolder(folder)
  const holderFile = join(folder, 'gateway.holder.json')
  const lock = openExclusively(join(folder, 'gateway.lock'))
  if (!lock) throw new DataFolderHeld(await describeHolder(folder, holderFile))
  const holder = { pid: process.pid, since: Temporal.Now.instant().toString({ smallestUnit: 'second' }) }
  await writeFile(holderFile, JSON.stringify(holder), { mode: 0o600 })
  return {
    async release() {
      if (!lock.isOpen) return
      await rm(holderFile, { force: true })
      lock.close()
    },
  }
}

function openExclusively(path: string): DatabaseSync | undefined {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    // No journal: nothing is ever written, and a left-over one would only puzzle whoever looks into the folder.
    database.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return undefined
    throw error
  }
}

const sqliteBusy = 5

async function describeHolder(folder: string, holderFile: string): Promise<string> {
  const holder = await readHolder(holderFile)
  const who = holder ? `process ${holder.pid} has held it since ${holder.since}` : 'another process holds it'
  return `The data folder ${resolve(folder)} is in use: ${who}. Stop that gateway first, or start this one with another data folder.`
}

/** Unreadable for the instant between taking the lock and writing the file; then the holder stays unnamed. */
async function readHolder(file: string): Promise<z.output<typeof holderSchema> | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}
