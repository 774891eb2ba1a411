/**
 * `npm run fuzz mail -- [--minutes 5] [--seed S]`: mutated mails for as long as one likes. They are read on a thread of
 * its own: a reader that hangs could not say so itself.
 */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { lockDataFolder } from '../../src/store/data-folder-lock.ts'
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts'
import { applyMigrations } from '../../src/store/migrate.ts'
import type { FuzzedMail, FuzzReport } from './mail-fuzz.ts'

/** Silence for this long is a hang, whatever the mail; the budget by size is judged where the mail is read. */
const hangMs = 60_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } },
})
const minutes = Number(values.minutes)
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9))
if (positionals.join() !== 'mail' || !(minutes > 0 && minutes <= 24 * 60) || !Number.isSafeInteger(seed)) {
  process.stderr.write('Usage: npm run fuzz mail -- [--minutes 5] [--seed S]\n')
  process.exit(2)
}

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Resolves to the report, or to the mail at which the reader hung. */
function fuzz(url: string): Promise<FuzzReport | FuzzedMail> {
  const worker = new Worker(join(import.meta.dirname, 'fuzz-thread.ts'), {
    workerData: { url, seed, minutes },
  })
  const { promise, resolve, reject } = Promise.withResolvers<FuzzReport | FuzzedMail>()
  let last: FuzzedMail = { index: -1, bytes: 0, recipe: [] }
  const hang = setTimeout(() => {
    resolve(last)
    void worker.terminate()
  }, hangMs)
  worker.on('message', (message: FuzzReport | FuzzedMail) => {
    hang.refresh()
    if ('faults' in message) resolve(message)
    else last = message
  })
  worker.on('error', reject)
  worker.on('exit', () => {
    clearTimeout(hang)
    reject(new Error(`the thread ended at mail ${last.index}`))
  })
  return promise
}

const dataFolder = join(tmpdir(), `gateway-fuzz-${randomUUID()}`)
const lock = await lockDataFolder(dataFolder)
// Nothing here outlives the run.
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
const server = await startEmbeddedPostgres({ dataFolder, settings })
try {
  await applyMigrations(server.url)
  say(`seed ${seed}, ${minutes} minutes`)
  const report = await fuzz(server.url)
  if ('faults' in report) {
    const { mails, bytes, outcomes, slowestMs, faults } = report
    say(`${mails} mails, ${(bytes / 1e6).toFixed(1)} MB; the slowest took ${slowestMs.toFixed(0)} ms to read`)
    say(
      Object.entries(outcomes)
        .map(([outcome, count]) => `${count} ${outcome}`)
        .join(', '),
    )
    say(faults.length === 0 ? 'no crash, no hang, one outcome each' : faults.join('\n'))
    process.exitCode = faults.length === 0 ? 0 : 1
  } else {
    say(`the reader HANGS at mail ${report.index} (${report.bytes} bytes; ${report.recipe.join(', ')})`)
    process.exitCode = 1
  }
} finally {
  await server.stop()
  await lock.release()
  await rm(dataFolder, { recursive: true, force: true })
}
