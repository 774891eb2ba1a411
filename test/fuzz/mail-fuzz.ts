/** Mutated mails through the reader and into a real ledger: none may be thrown over, hang or vanish. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { corpus, seededRandom } from '../../bench/corpus.ts'
import { fingerprintOf, readMail } from '../../src/channels/mail/read-mail.ts'
import { configSchema } from '../../src/config/schema.ts'
import type { InboundMail } from '../../src/desk/inbound.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { openLog } from '../../src/log.ts'
import type { Database } from '../../src/store/database.ts'
import { takeInDepsOf } from '../../src/take-in-deps.ts'
import { hostileMails } from '../channels/mail/hostile-mails.ts'
import { mutation } from './mutate.ts'

export interface FuzzOptions {
  readonly seed: number
  readonly database: Database
  /** Asked before each batch: go on? `mails` have been done. */
  readonly goOn: (mails: number) => boolean
  /** Told before each mail is read, so that whoever watches can tell which one hangs. */
  readonly onMail?: (mail: FuzzedMail) => void
}

export interface FuzzedMail {
  readonly index: number
  readonly bytes: number
  readonly recipe: readonly string[]
}

export interface FuzzReport {
  readonly mails: number
  readonly bytes: number
  /** How many ended how. */
  readonly outcomes: Readonly<Record<string, number>>
  /** The longest that one mail took to read. */
  readonly slowestMs: number
  /** Empty, or something is wrong; each says which mail of this seed. */
  readonly faults: readonly string[]
}

/** Only to find hangs: a hundred times what a slow machine needs. */
const budgetMs = (bytes: number) => 5_000 * Math.max(1, bytes / 1_000_000)
const batchSize = 20
const now = Temporal.Instant.from('2026-03-03T11:00:00Z')

const config = configSchema.parse({
  company: 'Example GmbH',
  secret: 'a secret of at least thirty-two characters',
  offices: {
    hamburg: {
      name: 'Hamburg',
      timeZone: 'Europe/Berlin',
      holidays: 'DE-HH',
      hours: { mon: ['08:30-17:00'], tue: ['08:30-17:00'] },
    },
  },
  groups: { support: { name: 'Support', agents: ['anna'] } },
  agents: { anna: { name: 'Anna Fink', addresses: ['anna@example.com'] } },
  mailboxes: {
    support: {
      address: 'support@example.com',
      name: 'Support',
      office: 'hamburg',
      group: 'support',
      replyAddress: 'support+{token}@example.com',
      imap: { host: 'imap.example.com', user: 'support', password: 'secret' },
    },
  },
  smtp: { host: 'smtp.example.com' },
})

/** The mails of the tests, the small ones of the benchmark, and those that are built to hurt. */
export function seedMails(): readonly Buffer[] {
  const folder = join(import.meta.dirname, '../channels/mail/mails')
  return [
    ...readdirSync(folder)
      .filter(name => name.endsWith('.eml'))
      .toSorted()
      .map(name => readFileSync(join(folder, name))),
    ...corpus(40, 1)
      .map(({ raw }) => raw)
      .filter(raw => raw.length < 100_000),
    ...Object.values(hostileMails).map(make => Buffer.from(make(3_000))),
  ].filter(raw => raw.length > 0)
}

export async function fuzzMails({ seed, database, goOn, onMail }: FuzzOptions): Promise<FuzzReport> {
  const seeds = seedMails()
  const random = seededRandom(seed)
  const deps = takeInDepsOf(config, { database, now: () => now, nudge: () => {}, log: openLog('silent') })
  const outcomes: Record<string, number> = {}
  const faults: string[] = []
  let mails = 0
  let bytes = 0
  let slowestMs = 0
  while (goOn(mails)) {
    const batch: InboundMail[] = []
    for (let i = 0; i < batchSize; i++) {
      const { raw, recipe } = mutation(seeds, random)
      const one = { index: mails, bytes: raw.length, recipe }
      onMail?.(one)
      const began = performance.now()
      const mail = await arrived(raw, mails).catch((error: unknown) => faults.push(faultOf(one, error)))
      const took = performance.now() - began
      if (took > budgetMs(raw.length)) faults.push(faultOf(one, `took ${took.toFixed(0)} ms`))
      if (typeof mail === 'object') batch.push(mail)
      slowestMs = Math.max(slowestMs, took)
      bytes += raw.length
      mails += 1
    }
    const last = mails - 1
    await takeIn(deps, batch).catch((error: unknown) => faults.push(`batch ending at ${last}: ${error}`))
    for (const outcome of await outcomesOf(database, batch, faults))
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  return { mails, bytes, outcomes, slowestMs, faults }
}

function faultOf({ index, bytes, recipe }: FuzzedMail, what: unknown): string {
  const says = what instanceof Error ? (what.stack ?? what.message) : String(what)
  return `mail ${index} (${bytes} bytes; ${recipe.join(', ')}): ${says}`
}

async function arrived(raw: Buffer, index: number): Promise<InboundMail> {
  const rawSha256 = createHash('sha256').update(raw).digest('hex')
  const content = await readMail(raw)
  return {
    kind: 'mail',
    position: { mailbox: 'support', folder: 'INBOX', uidValidity: 1n, uid: BigInt(index + 1) },
    rawSha256,
    size: raw.length,
    receivedAt: now,
    content,
    fingerprint: fingerprintOf(content, rawSha256),
  }
}

/** The ledger's one word on each mail of the batch; a mail without a row, or with two, is a fault. */
async function outcomesOf(
  database: Database,
  batch: readonly InboundMail[],
  faults: string[],
): Promise<readonly string[]> {
  const rows = await database.inbound.findMany({
    where: { uid: { in: batch.map(mail => mail.position.uid) } },
    select: { uid: true, outcome: true, quarantineCode: true, quarantineDetail: true },
  })
  for (const { position } of batch) {
    const own = rows.filter(row => row.uid === position.uid)
    if (own.length !== 1 || !own[0]?.outcome)
      faults.push(`mail ${position.uid - 1n}: ${own.length} rows in the ledger`)
  }
  // What could be read but not recorded is safe, and yet a fault of ours.
  for (const { uid, quarantineCode, quarantineDetail } of rows)
    if (quarantineCode !== null && quarantineCode !== 'unparseable')
      faults.push(`mail ${uid - 1n}: quarantined as ${quarantineCode}: ${quarantineDetail}`)
  return rows.map(row => row.outcome)
}
