import express, { type ErrorRequestHandler, type Request, type Response } from 'express'
import { TransientFailure } from '../../desk/failure.ts'
import { inTransaction, isDatabaseAway } from '../../store/database.ts'
import { authenticator, demand, Paces } from './clients.ts'
import { apiDocument } from './document.ts'
import { isKnown, once, printOf, readKey } from './once.ts'
import { parsed } from './parse.ts'
import { Problem } from './problem.ts'
import { type ApiClient, type ApiDeps, nothing, type Reply, type Route } from './route.ts'
import { routes } from './routes.ts'

/**
 * The API for other systems, to be mounted at the root. Without clients in the configuration it is closed. Nothing that a
 * request holds is logged: matters are personal, and tokens are secret.
 */
export function apiRouter(deps: ApiDeps): express.Router {
  const router = express.Router({ caseSensitive: true })
  if (Object.keys(deps.config.api.clients).length === 0) return router
  const api = express.Router({ caseSensitive: true })
  const document = apiDocument()
  const authenticate = authenticator(deps.config)
  const paces = new Paces()
  api.use((_request, response, next) => {
    response.set({ 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'" })
    next()
  })
  api.get('/openapi.json', (_request, response) => {
    response.json(document)
  })
  api.use((request, response, next) => {
    const client = authenticate(request.headers.authorization)
    const { left } = paces.take(client, deps.now())
    response.set('ratelimit-remaining', String(left))
    response.locals.client = client
    next()
  })
  const { matterBytes, matterFileBytes } = deps.config.api
  const bodyOf = (limit: number) => express.raw({ type: () => true, limit, inflate: false })
  const readBody = bodyOf(matterBytes)
  // Base64 takes four characters for three bytes.
  const readFiles = bodyOf(matterBytes + Math.ceil(matterFileBytes / 3) * 4)
  for (const route of routes) {
    const path = route.url.replaceAll(/\{(\w+)\}/g, ':$1')
    api[route.method](path, (_request, response, next) => {
      demand(clientOf(response), route.scope)
      next()
    })
    const read = route.kind === 'write' && route.takesFiles ? readFiles : readBody
    api[route.method](path, read, async (request, response) => answer(deps, route, request, response))
  }
  api.use(() => {
    throw new Problem('not-found', 'The API has no such address with this method; see /api/v1/openapi.json.')
  })
  api.use(onError(deps))
  return router.use('/api/v1', api)
}

const clientOf = (response: Response): ApiClient => response.locals.client as ApiClient

async function answer(deps: ApiDeps, route: Route, request: Request, response: Response): Promise<void> {
  response.locals.route = route.id
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const asked = {
    client: clientOf(response),
    path: route.path ? parsed('path', route.path, request.params) : {},
    query: parsed('query', route.query ?? nothing, request.query),
    body: route.body ? parsed('body', route.body, bodyIn(deps, request, raw)) : undefined,
    now: deps.now(),
  }
  if (route.kind === 'read') return send(response, await route.read(deps, asked))
  const key = readKey(request.get('idempotency-key'))
  if (key === undefined && route.keyRequired) throw keyless()
  if (route.prepare && !(key !== undefined && (await isKnown(deps.database, asked.client, key))))
    await route.prepare(deps, asked)
  const reply = await inTransaction(deps.database, tx => {
    const work = () => route.write(deps, tx, asked)
    if (key === undefined) return work()
    const print = printOf(request.method, request.originalUrl, raw)
    return once(tx, { client: asked.client, key, print, now: asked.now }, route.answerIsSecret === true, work)
  })
  if ('repeated' in reply && reply.repeated) response.set('idempotency-replayed', 'true')
  else reply.after?.()
  send(response, reply)
}

function send(response: Response, { status, body, headers }: Reply): void {
  if (headers) response.set({ ...headers })
  response.status(status)
  if (body === undefined) response.end()
  else if (typeof body === 'string') response.send(body)
  else response.json(body)
}

/** What is attached does not count for `api.matterBytes`; everything beside it does. */
function bodyIn({ config }: ApiDeps, request: Request, raw: Buffer): unknown {
  const body = jsonIn(request, raw)
  if (raw.length - attachedBytes(body) > config.api.matterBytes) throw tooLarge()
  return body
}

function attachedBytes(body: unknown): number {
  const { attachments } = (body ?? {}) as { readonly attachments?: unknown }
  if (!Array.isArray(attachments)) return 0
  return attachments.reduce((sum: number, one: { readonly content?: unknown } | null) => {
    const content = one?.content
    return sum + (typeof content === 'string' ? content.length : 0)
  }, 0)
}

const tooLarge = () =>
  new Problem('too-large', 'The body is larger than the section "api" of the configuration allows.')

function jsonIn(request: Request, raw: Buffer): unknown {
  if (!request.is('application/json'))
    throw new Problem(
      'wrong-media-type',
      'Send the body as JSON, with the header "Content-Type: application/json".',
    )
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw))
  } catch {
    throw new Problem('invalid-request', 'The body is not JSON in UTF-8.', {
      errors: [
        { in: 'body', field: '', problem: 'It cannot be read.', remedy: 'Send one JSON object in UTF-8.' },
      ],
    })
  }
}

function keyless(): Problem {
  const fault = {
    in: 'header' as const,
    field: 'Idempotency-Key',
    problem: 'It is missing.',
    remedy: 'Send a UUID of your own for each matter, and the same one when you repeat the request.',
  }
  return new Problem('invalid-request', 'Please send: Idempotency-Key.', { errors: [fault] })
}

function onError({ log }: ApiDeps): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error)
    const problem = problemOf(error)
    const { client, route } = response.locals as { client?: ApiClient; route?: string }
    const facts = { client: client?.key, route, method: request.method, code: problem.code }
    // Messages of errors may repeat what the request held.
    if (problem.code === 'internal')
      log.error({ ...facts, error: error?.name, at: framesOf(error) }, 'a request of the API failed')
    else log.info(facts, 'a request of the API was refused')
    response.set({ ...problem.headers }).status(problem.status)
    response.type('application/problem+json').send(JSON.stringify(problem.body))
  }
}

const framesOf = (error: unknown): readonly string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter(line => /^\s+at /.test(line))
        .slice(0, 8)
    : []

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof TransientFailure || isDatabaseAway(error))
    return new Problem(
      'unavailable',
      'The ledger or the store is not reachable. Repeat the request with the same Idempotency-Key.',
      {
        headers: { 'retry-after': '5' },
      },
    )
  const { type, status } = (error ?? {}) as { readonly type?: unknown; readonly status?: unknown }
  if (type === 'entity.too.large' || status === 413) return tooLarge()
  if (status === 415)
    return new Problem('wrong-media-type', 'Send the body as it is, without Content-Encoding.')
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new Problem(
      'invalid-request',
      'The request could not be read: an address or a body that is not complete.',
    )
  return new Problem(
    'internal',
    'It is not your fault. Repeat the request with the same Idempotency-Key later.',
  )
}
