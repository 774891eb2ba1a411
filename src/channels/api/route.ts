import { type output, type ZodObject, type ZodType, z } from 'zod'
import type { ApiClientConfig } from '../../config/api-schema.ts'
import type { PromiseDeps } from '../../intake/promises/promise-deps.ts'
import type { BlobStore } from '../../store/blobs.ts'
import type { Tx } from '../../store/database.ts'
import type { ProblemCode } from './problem.ts'

/**
 * What a route of the API is: its schemas check the requests and write the OpenAPI document, so that neither can say
 * what the other does not do. router.ts authenticates, limits, parses, runs and answers; a route only does its work.
 */

export interface ApiDeps extends PromiseDeps {
  /** For what is attached to a matter. */
  readonly blobs: BlobStore
}

/** What a client may do. */
export type Scope = ApiClientConfig['may'][number]

export interface ApiClient {
  /** Of the configuration. */
  readonly key: string
  readonly config: ApiClientConfig
}

/** A request that has been authenticated, parsed and checked. */
export interface Asked<Path extends ZodObject, Query extends ZodObject, Body extends ZodType> {
  readonly client: ApiClient
  readonly path: output<Path>
  readonly query: output<Query>
  /** `undefined` where the route takes none. */
  readonly body: output<Body>
  /** The moment of the request; the whole answer is of this moment. */
  readonly now: Temporal.Instant
}

export interface Reply {
  readonly status: number
  /** JSON as the schema of this status says; left out for 204. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Runs after the commit, never when the answer is a stored one: wakes whoever has work to do now. */
  readonly after?: () => void
}

/** What an answer looks like, by its status. Problems are declared by code and described by themselves. */
export interface AnswerShape {
  readonly description: string
  /** Left out for an answer without a body. */
  readonly schema?: ZodType
  /** Beside JSON, such as text/csv; such a reply has a string for its body and sets content-type. */
  readonly mediaTypes?: readonly string[]
  /** Names of headers with what they say. */
  readonly headers?: Readonly<Record<string, string>>
}

interface RouteWords {
  readonly method: 'get' | 'post' | 'patch' | 'delete'
  /** Below /api/v1, OpenAPI style: "/tickets/{number}". */
  readonly url: `/${string}`
  /** operationId, camelCase: names the method of generated clients. */
  readonly id: string
  readonly tag: 'matters' | 'tickets' | 'figures' | 'webhooks'
  readonly scope: Scope
  readonly summary: string
  readonly description: string
  readonly answers: Readonly<Record<number, AnswerShape>>
  /** Beside those every route can answer with (400, 401, 403, 413, 415, 429, 500, 503). */
  readonly problems: readonly ProblemCode[]
}

interface Schemas<Path extends ZodObject, Query extends ZodObject, Body extends ZodType> {
  /** One string for each {name} of `url`. */
  readonly path?: Path
  /** Strings, as queries are; `z.coerce` and the like make more of them. Strict: an unknown name is a fault. */
  readonly query?: Query
  readonly body?: Body
}

/**
 * A route that only reads.
 *
 * `read` throws Problem for what it does not answer.
 */
export interface ReadRoute<Path extends ZodObject, Query extends ZodObject, Body extends ZodType>
  extends RouteWords,
    Schemas<Path, Query, Body> {
  readonly kind: 'read'
  read(deps: ApiDeps, asked: Asked<Path, Query, Body>): Promise<Reply>
}

/**
 * A route that writes: everything it does is in `tx`, together with the row of the request, so that a request repeated
 * with the same Idempotency-Key is done once and answered twice, also when we died in between. It waits for nothing
 * outside.
 */
export interface WriteRoute<Path extends ZodObject, Query extends ZodObject, Body extends ZodType>
  extends RouteWords,
    Schemas<Path, Query, Body> {
  readonly kind: 'write'
  /** The answer holds a secret that must not be stored: repeated requests are refused with `conflict` instead. */
  readonly answerIsSecret?: boolean
  /** Without an Idempotency-Key it is refused: a matter that is posted twice is a customer who is answered twice. */
  readonly keyRequired?: boolean
  /** Its body may hold files: as large as the configuration allows beside `api.matterBytes`. */
  readonly takesFiles?: boolean
  /**
   * Runs before the transaction, for what cannot be undone by one and does no harm twice: files are put into the store.
   * Throws Problem for whatever `write` would refuse for its body. Never runs where the key was used before.
   */
  prepare?(deps: ApiDeps, asked: Asked<Path, Query, Body>): Promise<void>
  write(deps: ApiDeps, tx: Tx, asked: Asked<Path, Query, Body>): Promise<Reply>
}

export type Route = ReadRoute<ZodObject, ZodObject, ZodType> | WriteRoute<ZodObject, ZodObject, ZodType>

/** A route for the table in routes.ts: `readRoute({ kind: 'read', …, async read(deps, { query }) { … } })`. */
export function readRoute<Path extends ZodObject, Query extends ZodObject, Body extends ZodType>(
  route: Omit<ReadRoute<Path, Query, Body>, 'kind'>,
): Route {
  return { ...route, kind: 'read' } as unknown as Route
}

/** The same for one that writes. */
export function writeRoute<Path extends ZodObject, Query extends ZodObject, Body extends ZodType>(
  route: Omit<WriteRoute<Path, Query, Body>, 'kind'>,
): Route {
  return { ...route, kind: 'write' } as unknown as Route
}

/** Of a route that takes no query. */
export const nothing = z.strictObject({})
