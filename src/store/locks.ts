/**
 * Locks between gateway processes on one database: session advisory locks on one connection of their own. The server
 * drops them the moment the connection ends, so a process that was killed holds nothing. Each process also holds a
 * lock named after itself, by which others tell whether it lives.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { TransientFailure } from '../desk/failure.ts'

export interface Locks {
  /** Names this process in claims; new with every start. */
  readonly instanceId: string
  /**
   * Takes a lock without waiting; true also when this process has it already. Throws TransientFailure('database')
   * while the connection is down.
   */
  tryLock(name: string): Promise<boolean>
  unlock(name: string): Promise<void>
  /** Whether the process of this id is connected; throws TransientFailure('database') when that cannot be told. */
  isAlive(instanceId: string): Promise<boolean>
  /** Called each time the connection, and with it every lock, is lost. What needs a lock must stop and take it again. */
  onLost(listener: () => void): void
  stop(): Promise<void>
}

/**
 * The server notices a silent client after 20 + 3 * 10 seconds, we notice a silent server after 10 + 10: by the time
 * another process can get our lock we have already stopped working under it.
 */
const serverKeepalives = '-c tcp_keepalives_idle=20 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3'
const heartbeatMilliseconds = 10_000
const answerMilliseconds = 10_000

const instanceLock = (instanceId: string): string => `instance ${instanceId}`

/** By what other gateways on the database know such a connection: the name of the store of raw mail stands in it. */
export const sessionName = (store: string): string => `intake-gateway locks ${store}`

/** Connects; throws TransientFailure('database') when it cannot. Reconnects by itself after a loss. */
export async function openLocks(url: string, store?: string): Promise<Locks> {
  const session = new LockSession(url, store === undefined ? 'intake-gateway locks' : sessionName(store))
  await session.connect()
  return session
}

class LockSession implements Locks {
  readonly instanceId = randomUUID()
  readonly #url: string
  readonly #name: string
  readonly #held = new Set<string>()
  readonly #listeners: (() => void)[] = []
  readonly #stopping = new AbortController()
  #client: pg.Client | undefined
  #previous: Promise<unknown> = Promise.resolve()
  #heartbeat: NodeJS.Timeout | undefined

  constructor(url: string, name: string) {
    this.#url = url
    this.#name = name
  }

  async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: this.#name,
      options: serverKeepalives,
      connectionTimeoutMillis: answerMilliseconds,
      query_timeout: answerMilliseconds,
      keepAlive: true,
    })
    client.on('error', () => this.#lose(client))
    client.on('end', () => this.#lose(client))
    try {
      await client.connect()
      await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [instanceLock(this.instanceId)])
    } catch (cause) {
      await client.end().catch(() => {})
      throw new TransientFailure('database', 'No connection for locks', cause)
    }
    if (this.#stopping.signal.aborted) return client.end()
    this.#client = client
    // A heartbeat that fails is told to whoever listens for the loss.
    this.#heartbeat = setInterval(() => void this.#ask('select 1').catch(() => {}), heartbeatMilliseconds)
    this.#heartbeat.unref()
  }

  async tryLock(name: string): Promise<boolean> {
    // The server counts a session's locks on one name; asking again would need as many unlocks.
    if (this.#held.has(name)) return true
    const [row] = await this.#ask<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [name],
    )
    const taken = row?.taken === true
    if (taken) this.#held.add(name)
    return taken
  }

  async unlock(name: string): Promise<void> {
    if (!this.#held.delete(name)) return
    await this.#ask('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
  }

  async isAlive(instanceId: string): Promise<boolean> {
    // Read, not tried: trying would hold the lock for an instant and make a starting process look like a dead one.
    const rows = await this.#ask(
      `select 1 from pg_locks, (select hashtextextended($1, 0) as key) as wanted
        where locktype = 'advisory' and granted and objsubid = 1
          and database = (select oid from pg_database where datname = current_database())
          and classid = ((key >> 32) & 4294967295)::oid and objid = (key & 4294967295)::oid`,
      [instanceLock(instanceId)],
    )
    return rows.length > 0
  }

  onLost(listener: () => void): void {
    this.#listeners.push(listener)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    clearInterval(this.#heartbeat)
    const client = this.#client
    this.#client = undefined
    await client?.end()
  }

  /** One question after the other: the driver is about to give up queueing them itself. */
  #ask<Row extends pg.QueryResultRow>(sql: string, values: readonly string[] = []): Promise<readonly Row[]> {
    const answer = this.#previous.then(() => this.#askNow<Row>(sql, values))
    this.#previous = answer.catch(() => {})
    return answer
  }

  async #askNow<Row extends pg.QueryResultRow>(
    sql: string,
    values: readonly string[],
  ): Promise<readonly Row[]> {
    const client = this.#client
    if (!client) throw new TransientFailure('database', 'No connection for locks')
    try {
      return (await client.query<Row>(sql, [...values])).rows
    } catch (cause) {
      this.#lose(client)
      throw new TransientFailure('database', 'No connection for locks', cause)
    }
  }

  /** The first sign of trouble ends the session: a lock that may be gone is gone. */
  #lose(client: pg.Client): void {
    if (this.#client !== client) return
    this.#client = undefined
    this.#held.clear()
    clearInterval(this.#heartbeat)
    client.end().catch(() => {})
    void this.#reconnect()
    for (const listener of this.#listeners) listener()
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#stopping
    for (let pause = 100; !signal.aborted; pause = Math.min(pause * 2, 5000)) {
      const connected = await this.connect().then(
        () => true,
        () => false,
      )
      if (connected) return
      await delay(pause, undefined, { signal, ref: false }).catch(() => {})
    }
  }
}
