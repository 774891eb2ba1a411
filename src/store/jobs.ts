/**
 * Work that is due later or elsewhere, in the database's own queue (pg-boss). A job only wakes whoever handles it: the
 * row it names is the truth, is read again by the handler, and may say that nothing is left to do. So a job may run
 * twice, and its data is a few identifiers.
 */
import { type Clock, fromPrisma, type Job, type JobResult, PgBoss } from 'pg-boss'
import { TransientFailure } from '../desk/failure.ts'
import { isDatabaseAway, type Tx } from './database.ts'

export type JobData = Readonly<Record<string, string | number | boolean | null>>

export interface JobToSend {
  readonly data: JobData
  /** Not before this instant. */
  readonly startAfter?: Date
  /** The waiting job with this key is replaced, data and time: the newest word counts. */
  readonly singletonKey?: string
}

export interface Jobs {
  /** Begins to hand out jobs; before, they are only accepted. */
  start(): Promise<void>
  /** A handler that throws is called again later, more and more slowly; in the end the job is a dead letter. */
  work(queue: string, handler: (data: JobData) => Promise<void>): Promise<void>
  /** With `tx` the job exists if and only if that transaction commits. */
  send(queue: string, data: JobData, options?: Omit<JobToSend, 'data'> & { readonly tx?: Tx }): Promise<void>
  /** Many at once, in one statement where no job has a key. */
  sendAll(queue: string, jobs: readonly JobToSend[], tx?: Tx): Promise<void>
  /** A job at each time of the cron expression; after a standstill one for all times that were missed. */
  schedule(queue: string, cron: string, timeZone: string): Promise<void>
  /** How late the most overdue job is; 0 when none is. */
  oldestOverdueSeconds(): Promise<number>
  /** Jobs that were given up. */
  deadLetters(): Promise<number>
  /** Waits for running handlers, at most 30 seconds. */
  stop(): Promise<void>
}

export interface JobsOptions {
  /** Told of trouble in the background, which pg-boss itself tries again. */
  readonly onTrouble?: (trouble: Error) => void
  readonly clock?: Clock
}

const deadLetterQueue = 'dead-letters'
const year = 365 * 24 * 3600

const queueOptions = {
  // About a day of attempts: 2 s, 4 s, 8 s … and then every ten minutes.
  retryLimit: 150,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 600,
  // A process that was killed stops beating; its job is handed out again half a minute later.
  heartbeatSeconds: 20,
  expireInSeconds: 900,
  // A gateway that stood still for weeks must still find what it had promised.
  retentionSeconds: year,
  deleteAfterSeconds: 3600,
  deadLetter: deadLetterQueue,
  notify: true,
}

const workOptions = {
  // Fetched and handled together, settled one by one; a full batch is followed by the next without a pause.
  batchSize: 10,
  burstWhenBatchFull: true,
  perJobResults: true,
} as const

/** Connects and brings pg-boss's own tables up to date. Throws TransientFailure('database') when the server is away. */
export async function openJobs(url: string, options: JobsOptions = {}): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'intake-gateway jobs',
    max: 3,
    useListenNotify: true,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    ...(options.clock ? { clock: options.clock } : {}),
  })
  const onTrouble = options.onTrouble ?? process.emitWarning
  boss.on('error', onTrouble)
  await orAway(() => boss.start())
  await orAway(() => boss.createQueue(deadLetterQueue, { retentionSeconds: year }))
  return new BossJobs(boss)
}

class BossJobs implements Jobs {
  readonly #boss: PgBoss
  readonly #queues = new Map<string, Promise<void>>()
  readonly #waiting: (() => Promise<void>)[] = []
  #started = false

  constructor(boss: PgBoss) {
    this.#boss = boss
  }

  async start(): Promise<void> {
    this.#started = true
    for (const begin of this.#waiting.splice(0)) await begin()
  }

  async work(queue: string, handler: (data: JobData) => Promise<void>): Promise<void> {
    await this.#ensureQueue(queue)
    const begin = () =>
      orAway(async () => {
        await this.#boss.work<JobData, unknown, typeof workOptions>(queue, workOptions, jobs =>
          Promise.all(jobs.map(job => handled(job, handler))),
        )
      })
    if (this.#started) await begin()
    else this.#waiting.push(begin)
  }

  async send(
    queue: string,
    data: JobData,
    options: Omit<JobToSend, 'data'> & { readonly tx?: Tx } = {},
  ): Promise<void> {
    await this.sendAll(queue, [{ data, ...options }], options.tx)
  }

  async sendAll(queue: string, jobs: readonly JobToSend[], tx?: Tx): Promise<void> {
    await this.#ensureQueue(queue)
    const db = tx ? { db: fromPrisma(tx) } : {}
    const keyless = jobs.filter(job => job.singletonKey === undefined)
    await orAway(async () => {
      if (keyless.length > 0) {
        const rows = keyless.map(({ data, startAfter }) => ({ data, ...(startAfter ? { startAfter } : {}) }))
        await this.#boss.insert(queue, rows, db)
      }
      for (const { data, startAfter, singletonKey } of jobs) {
        if (singletonKey === undefined) continue
        // 0 is "now": left out, the waiting job would keep its old time.
        await this.#boss.upsert(queue, data, { singletonKey, startAfter: startAfter ?? 0, ...db })
      }
    })
  }

  async schedule(queue: string, cron: string, timeZone: string): Promise<void> {
    await this.#ensureQueue(queue)
    await orAway(() => this.#boss.schedule(queue, cron, {}, { tz: timeZone, missed: 'once' }))
  }

  async oldestOverdueSeconds(): Promise<number> {
    return this.#number(
      `select coalesce(extract(epoch from pgboss.job_now() - min(start_after)), 0) as value from pgboss.job
        where state < 'active' and start_after < pgboss.job_now() and name <> $1 and name not like '\\_\\_pgboss%'`,
    )
  }

  async deadLetters(): Promise<number> {
    return this.#number("select count(*) as value from pgboss.job where name = $1 and state < 'active'")
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 30_000 })
  }

  async #number(sql: string): Promise<number> {
    const { rows } = await orAway(() => this.#boss.getDb().executeSql(sql, [deadLetterQueue]))
    return Number(rows[0]?.value ?? 0)
  }

  /** Made on first use; a failure is not remembered. */
  #ensureQueue(queue: string): Promise<void> {
    const known = this.#queues.get(queue)
    if (known) return known
    const made = orAway(() => this.#boss.createQueue(queue, queueOptions))
    this.#queues.set(queue, made)
    made.catch(() => this.#queues.delete(queue))
    return made
  }
}

async function handled(job: Job<JobData>, handler: (data: JobData) => Promise<void>): Promise<JobResult> {
  try {
    await handler(job.data)
    return { id: job.id, status: 'completed' }
  } catch (error) {
    return {
      id: job.id,
      status: 'failed',
      output: { reason: error instanceof Error ? error.message : String(error) },
    }
  }
}

async function orAway<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isDatabaseAway(error)) throw new TransientFailure('database', 'The database is not reachable', error)
    throw error
  }
}
