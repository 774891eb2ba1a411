import { createReadStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Requests that were set aside because no repetition could help. They are kept for a human to look at, and no longer than
 * any other fields that providers sent.
 */

const isRejectedFile = /^(\d{4}-\d\d-\d\dT\d\d)\.rejected\.jsonl$/

/**
 * Deletes what was set aside before `since` and counts the rest, in requests. A file that somebody removes meanwhile is no
 * failure: it has been looked at.
 */
export async function keepRejected(folder: string, since: Temporal.Instant): Promise<number> {
  const first = since.toString().slice(0, 13)
  let count = 0
  for (const name of await readdir(folder)) {
    const [, hour] = isRejectedFile.exec(name) ?? []
    if (hour === undefined) continue
    if (hour < first) await rm(join(folder, name), { force: true })
    else count += await linesIn(join(folder, name))
  }
  return count
}

async function linesIn(path: string): Promise<number> {
  let [lines, filled] = [0, false]
  try {
    for await (const chunk of createReadStream(path)) {
      for (const byte of chunk as Buffer) {
        if (byte === lineBreak && filled) lines += 1
        filled = byte !== lineBreak
      }
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0
    throw error
  }
  return filled ? lines + 1 : lines
}

const lineBreak = 10
