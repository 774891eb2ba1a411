import { createHash } from 'node:crypto'
import type { Database, Tx } from '../../store/database.ts'
import { Problem } from './problem.ts'
import type { ApiClient, Reply } from './route.ts'

/**
 * A request that is repeated with the same Idempotency-Key is done once: its row is written first and commits with what
 * it did, so that a second one waits for the first and then gets its answer, whichever process it comes to.
 */

/** Days for which an answer is kept. */
const keptDays = 7

export interface Repeatable {
  readonly client: ApiClient
  readonly key: string
  /** Of method, address and body. */
  readonly print: string
  readonly now: Temporal.Instant
}

export const printOf = (method: string, url: string, body: Uint8Array): string =>
  createHash('sha256').update(`${method} ${url}\n`).update(body).digest('hex')

/** The header as it came; undefined without one. Throws Problem where it is none of ours to keep. */
export function readKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  if (/^[\x21-\x7e]{1,200}$/.test(header)) return header
  const fault = {
    in: 'header' as const,
    field: 'Idempotency-Key',
    problem: 'It is empty, longer than 200 characters, or holds spaces or characters beyond ASCII.',
    remedy: 'Send a UUID of your own for each matter, and the same one when you repeat the request.',
  }
  throw new Problem('invalid-request', 'Please correct: Idempotency-Key.', { errors: [fault] })
}

/** Whether a request came with this key before. It may be under way still, which only `once` can tell. */
export async function isKnown(database: Database, client: ApiClient, key: string): Promise<boolean> {
  const where = { client_key: { client: client.key, key } }
  return (await database.apiRequest.findUnique({ where, select: { status: true } })) !== null
}

/** Carries out `work` unless it has been; `repeated` says that the answer is a stored one. */
export async function once(
  tx: Tx,
  { client, key, print, now }: Repeatable,
  secret: boolean,
  work: () => Promise<Reply>,
): Promise<Reply & { readonly repeated: boolean }> {
  const at = now.toString()
  const written = await tx.$executeRaw`
    insert into api_request (client, key, print, status, answer, at)
    values (${client.key}, ${key}, ${print}, 0, 'null'::jsonb, ${at}::timestamptz) on conflict do nothing`
  if (written === 0) return { ...(await stored(tx, { client, key, print, now }, secret)), repeated: true }
  const reply = await work()
  const answer = JSON.stringify(secret ? null : { body: reply.body ?? null, headers: reply.headers ?? {} })
  await tx.$executeRaw`
    update api_request set status = ${reply.status}, answer = ${answer}::jsonb
    where client = ${client.key} and key = ${key}`
  await tx.$executeRaw`
    delete from api_request where (client, key) in (
      select client, key from api_request where at < ${now.subtract({ hours: 24 * keptDays }).toString()}::timestamptz
      order by at limit 20 for update skip locked)`
  return { ...reply, repeated: false }
}

async function stored(tx: Tx, { client, key, print }: Repeatable, secret: boolean): Promise<Reply> {
  const row = await tx.apiRequest.findUnique({ where: { client_key: { client: client.key, key } } })
  // Forgotten in the moment between: it is the first one again for whoever repeats it.
  if (!row)
    throw new Problem('conflict', 'The stored answer was just removed, as it is a week old. Use another key.')
  if (row.print !== print)
    throw new Problem(
      'key-reused',
      'This Idempotency-Key was sent with another address or body before. Use a new one for each matter.',
    )
  if (secret)
    throw new Problem('conflict', 'This was done before; its answer holds a secret and is told only once.')
  const { body, headers } = row.answer as { body: unknown; headers: Record<string, string> }
  return { status: row.status, ...(body === null ? {} : { body }), headers }
}
