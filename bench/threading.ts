/**
 * `npm run bench threading [-- --messages 1000000 --batches 200]`: what the ledger is asked about a batch of mails when
 * it holds a million of them. Embedded PostgreSQL with its usual settings; rows are made by SQL; every batch is the
 * very look-up that take-in makes, in a transaction of its own.
 */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { fingerprintOf, readMail } from '../src/channels/mail/read-mail.ts'
import type { InboundMail } from '../src/desk/inbound.ts'
import { lookUp } from '../src/intake/lookup.ts'
import { numberSignsOf } from '../src/intake/mailbox-facts.ts'
import { lockDataFolder } from '../src/store/data-folder-lock.ts'
import { type Database, inTransaction, openDatabase } from '../src/store/database.ts'
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts'
import { applyMigrations } from '../src/store/migrate.ts'
import { benchConfig } from './bench-config.ts'
import { seededRandom } from './corpus.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    batches: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
})
const messages = Number(values.messages)
const batches = Number(values.batches)
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Four mails to a ticket, and for every ticket one automatic answer and one notice, over two years. */
const fillSql = [
  `insert into ticket (id, number, state, subject, customer_address, customer_name, language, mailbox, "group", office, opened_at, changed_at)
   select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, (10000000 + n)::text, 'open', 'Anfrage ' || n,
          'customer' || n % 50000 || '@example.org', 'Kunde ' || n, 'de', 'support', 'support', 'hamburg',
          now() - n * interval '4 minutes', now() - n * interval '4 minutes'
   from generate_series(1, $1 / 4) n`,
  `insert into inbound (channel, mailbox, folder, uid_validity, uid, raw_sha256, size, received_at, taken_in_at, message_id,
          from_address, subject, classification, fingerprint, original_print, outcome, rule, trail, ticket_id)
   select 'mail', 'support', 'INBOX', 1, n, md5(n::text) || md5(n::text), 4000, now() - n * interval '1 minute', now(),
          '<mail' || n || '@example.org>', 'customer' || n % 50000 || '@example.org', 'Anfrage', 'customer',
          'print' || n, 'print' || n, 'open-ticket', 'new-customer', '[]',
          ('00000000-0000-4000-8000-' || lpad(to_hex((n + 3) / 4), 12, '0'))::uuid
   from generate_series(1, $1) n`,
  `insert into letter (id, ticket_id, kind, template, language, data, mailbox, recipient, message_id, "references", state, created_at, next_try_at)
   select ('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid,
          ('00000000-0000-4000-8000-' || lpad(to_hex((n + 1) / 2), 12, '0'))::uuid,
          case when n % 2 = 0 then 'auto-reply' else 'agent-notice' end, 'auto-reply', 'de', '{}', 'support',
          'customer' || n % 50000 || '@example.org', '<letter' || n || '@example.com>', '{}', 'sent',
          now() - n * interval '2 minutes', now()
   from generate_series(1, $1 / 2) n`,
]

async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const sql of fillSql) await client.query(sql.replaceAll('$1', String(messages)))
  await client.query('vacuum analyze')
  const { rows } = await client.query<{ size: string }>(
    'select pg_size_pretty(pg_database_size(current_database())) as size',
  )
  say(`${messages} mails, ${messages / 4} tickets, ${messages / 2} letters, database ${rows[0]?.size}`)
  await client.end()
}

/** Half of the mails begin something; the others answer a letter of ours, with the references of a long thread. */
async function batchOf(size: number, round: number, random: () => number): Promise<InboundMail[]> {
  const some = (limit: number) => 1 + Math.floor(random() * limit)
  return Promise.all(
    Array.from({ length: size }, async (_, i): Promise<InboundMail> => {
      const ticket = some(messages / 4)
      const references = [3, 2, 1, 0].map(before => `<mail${ticket * 4 - before}@example.org>`)
      const answered = `<letter${ticket * 2}@example.com>`
      const thread =
        i % 2 === 0
          ? ''
          : `In-Reply-To: ${answered}\r\nReferences: ${references.join('\r\n ')}\r\n ${answered}\r\n`
      const head = `From: customer${ticket % 50_000}@example.org\r\nTo: support@example.com\r\nMessage-ID: <new${round}.${i}@example.org>\r\nSubject: AW: Anfrage\r\n`
      const raw = Buffer.from(`${head}${thread}\r\nGuten Tag, gibt es etwas Neues?\r\n`)
      const content = await readMail(raw)
      const uid = BigInt(messages + round * 1000 + i)
      return {
        kind: 'mail',
        position: { mailbox: 'support', folder: 'INBOX', uidValidity: 1n, uid },
        rawSha256: randomUUID(),
        size: raw.length,
        receivedAt: Temporal.Now.instant(),
        content,
        fingerprint: fingerprintOf(content, randomUUID()),
      }
    }),
  )
}

const signs = numberSignsOf(benchConfig)

async function measure(database: Database, size: number): Promise<void> {
  const random = seededRandom(Number(values.seed))
  const times: number[] = []
  let found = 0
  for (let round = 0; round < batches; round++) {
    const mails = await batchOf(size, round, random)
    const began = performance.now()
    const { letters, threads } = await inTransaction(database, tx =>
      lookUp(tx, mails, signs, Temporal.Now.instant()),
    )
    times.push(performance.now() - began)
    found += letters.size + threads.size
  }
  times.sort((a, b) => a - b)
  const at = (share: number) =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2)
  say(
    `batches of ${size}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms; ${(found / batches).toFixed(1)} known Message-IDs found a batch`,
  )
}

/** The same questions again, answered by PostgreSQL's planner as well: plans of the slowest kind would be Seq Scans. */
async function plans(url: string, database: Database): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ relname: string; seq: string; idx: string }>(
    `select relname, seq_scan::text as seq, coalesce(idx_scan, 0)::text as idx from pg_stat_user_tables
     where relname in ('inbound', 'letter', 'ticket', 'participant') order by relname`,
  )
  const before = new Map(rows.map(row => [row.relname, Number(row.seq)]))
  await inTransaction(database, async tx => {
    const mails = await batchOf(50, batches + 1, seededRandom(2))
    await lookUp(tx, mails, signs, Temporal.Now.instant())
  })
  // Statistics of a session are written when it ends its transaction, a second apart at the most.
  await client.query('select pg_stat_clear_snapshot(), pg_sleep(1.5)')
  const after = await client.query<{ relname: string; seq: string; idx: string }>(
    `select relname, seq_scan::text as seq, coalesce(idx_scan, 0)::text as idx from pg_stat_user_tables
     where relname in ('inbound', 'letter', 'ticket', 'participant') order by relname`,
  )
  for (const { relname, seq, idx } of after.rows)
    say(
      `${relname}: ${idx} index scans in all, ${Number(seq) - (before.get(relname) ?? 0)} sequential ones in the last batch`,
    )
  await client.end()
}

const dataFolder = join(tmpdir(), `gateway-bench-threading-${randomUUID()}`)
const lock = await lockDataFolder(dataFolder)
const server = await startEmbeddedPostgres({ dataFolder })
const database = openDatabase(server.url, 2)
try {
  say(`${cpus().length} cores, Node ${process.version}; seed ${values.seed}`)
  await applyMigrations(server.url)
  await fill(server.url)
  await measure(database, 1)
  await measure(database, 50)
  await plans(server.url, database)
} finally {
  await database.$disconnect()
  await server.stop()
  await lock.release()
  await rm(dataFolder, { recursive: true, force: true })
}
