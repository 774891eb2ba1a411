/**
 * How fast the outbox empties: letters in the table until accepted by an SMTP sink and marked sent. Prints letters per
 * second, and CPU milliseconds per letter of this process and of PostgreSQL.
 * Usage: node bench/outbox.ts [--letters 4000] [--connections 4] [--rounds 3]
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { configSchema } from '../src/config/schema.ts'
import { openLog } from '../src/log.ts'
import { startDelivery } from '../src/outbox/deliver.ts'
import { openSmtp } from '../src/outbox/smtp.ts'
import { lockDataFolder } from '../src/store/data-folder-lock.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts'
import type { Letter } from '../src/store/generated/client.ts'
import { openLocks } from '../src/store/locks.ts'
import { applyMigrations } from '../src/store/migrate.ts'

const paragraph =
  'Vielen Dank für Ihre Nachricht. Wir haben Ihre Anfrage unter der Nummer 1004718 aufgenommen und melden uns bis heute um 16:30 Uhr.'
const text = `${paragraph}\n\n`.repeat(8)
const html = `<!doctype html><html lang="de"><body>${`<p style="margin:0 0 1em">${paragraph}</p>`.repeat(8)}</body></html>`

const composed = (letter: Letter) => ({
  from: { name: 'Müller Support', address: 'support@example.com' },
  to: letter.recipient,
  subject: '[#1004718] Ihre Anfrage: Drucker läuft nicht',
  text,
  html,
  messageId: letter.messageId,
  headers: { 'Auto-Submitted': 'auto-replied', 'X-Intake-Gateway': `gateway; kind=${letter.kind}` },
})

async function fill(database: Database, count: number): Promise<void> {
  const at = new Date()
  const data = Array.from({ length: count }, (_, i) => {
    const id = randomUUID()
    return {
      id,
      kind: i % 2 ? 'agent-notice' : 'auto-reply',
      template: 'auto-reply',
      language: 'de',
      data: { ticketNumber: '1004718', excerpt: paragraph },
      mailbox: 'support',
      recipient: `customer${i}@example.org`,
      messageId: `<${id.replaceAll('-', '')}.autoreply@example.com>`,
      references: ['<first@example.org>'],
      state: 'queued',
      createdAt: at,
      nextTryAt: at,
    }
  })
  await database.letter.createMany({ data })
}

const ticksPerSecond = 100

/** CPU seconds of a process, its children and those of them that have ended; Linux only, else 0. */
async function cpuSecondsOf(pid: number): Promise<number> {
  let ticks = 0
  for (const name of await readdir('/proc').catch(() => [])) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [, parent, , , , , , , , , , user = 0, system = 0, deadUser = 0, deadSystem = 0] = fields
    if (Number(name) === pid) ticks += user + system + deadUser + deadSystem
    else if (parent === pid) ticks += user + system
  }
  return ticks / ticksPerSecond
}

const { values } = parseArgs({
  options: {
    letters: { type: 'string', default: '4000' },
    connections: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
  },
})
const letters = Number(values.letters)
const dataFolder = join(tmpdir(), `gateway-bench-outbox-${randomUUID()}`)
const lock = await lockDataFolder(dataFolder)
const postgres = await startEmbeddedPostgres({ dataFolder })
await applyMigrations(postgres.url)
const sink = spawn(process.execPath, [join(import.meta.dirname, 'smtp-sink.ts')], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
const answers = createInterface({ input: sink.stdout })
const [hello] = (await once(answers, 'line')) as [string]
const config = configSchema.parse({
  company: 'Muster GmbH',
  secret: 'x'.repeat(32),
  offices: {},
  groups: {},
  agents: {},
  mailboxes: {},
  smtp: {
    host: '127.0.0.1',
    port: JSON.parse(hello).port,
    tls: 'none',
    connections: Number(values.connections),
  },
})
const database = openDatabase(postgres.url, config.database.connections)
const locks = await openLocks(postgres.url)

for (let round = 1; round <= Number(values.rounds); round++) {
  await fill(database, letters)
  const before = {
    at: performance.now(),
    own: process.cpuUsage(),
    database: await cpuSecondsOf(postgres.pid),
  }
  const delivery = startDelivery({
    database,
    locks,
    config,
    compose: composed,
    transport: openSmtp(config.smtp),
    lookUp: async () => 'unknown',
    onFailed: async () => {},
    now: () => Temporal.Now.instant(),
    log: openLog('silent'),
  })
  await delivery.drained()
  const seconds = (performance.now() - before.at) / 1000
  const own = process.cpuUsage(before.own)
  const inDatabase = (await cpuSecondsOf(postgres.pid)) - before.database
  await delivery.stop()
  sink.stdin.write('\n')
  const [counts] = (await once(answers, 'line')) as [string]
  console.log(
    JSON.stringify({
      round,
      connections: config.smtp.connections,
      lettersPerSecond: Math.round(letters / seconds),
      cpuMsPerLetter: Number(((own.user + own.system) / 1000 / letters).toFixed(3)),
      databaseCpuMsPerLetter: Number(((inDatabase * 1000) / letters).toFixed(3)),
      ...JSON.parse(counts),
    }),
  )
}
sink.stdin.end()
await locks.stop()
await database.$disconnect()
await postgres.stop()
await lock.release()
await rm(dataFolder, { recursive: true })
