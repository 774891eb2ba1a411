import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler, type Express } from 'express'
import helmet from 'helmet'
import { PermanentFailure } from './desk/failure.ts'
import { figureSamples } from './figures/gauges.ts'
import type { Gateway } from './gateway.ts'
import { examine, healthOf } from './health.ts'
import { readWebhookLoad } from './intake/webhooks/webhook-load.ts'
import type { Log } from './log.ts'
import { printMetrics } from './metrics.ts'

export interface HttpDoor {
  readonly url: string
  /** From now on requests are answered by `app`; until then all of them are told to come again. */
  serve(app: Express): void
  /** May be called more than once. */
  stop(): Promise<void>
}

/**
 * Listens before the gateway is up: a port that is taken ends the start at once, the sandbox's telephone network has to
 * know the address, and a provider that rings meanwhile gets a clear 503 and turns to its fallback.
 */
export async function openHttp(host: string, port: number, anyPort: boolean): Promise<HttpDoor> {
  let app: RequestListener = notYet
  let stopped: Promise<void> | undefined
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
    (request, response) => app(request, response),
  )
  await listen(server, host, port, anyPort)
  return {
    url: urlOf(server),
    serve(served) {
      app = served
    },
    stop() {
      stopped ??= stopServer(server)
      return stopped
    },
  }
}

function notYet(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '5' })
  response.end(JSON.stringify({ error: 'The gateway is starting.' }))
}

/** The sandbox is for trying out: where its port is taken it takes another one, a real gateway says so and ends. */
async function listen(server: Server, host: string, port: number, anyPort: boolean): Promise<void> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    if (anyPort && port !== 0) return listen(server, host, 0, false)
    throw new PermanentFailure(
      'network',
      `Port ${port} on ${host} is taken by another program. Stop that one, or set http.port in the configuration.`,
      error,
    )
  }
}

/**
 * The HTTP side: /healthz says that the process lives, /readyz that it does its work (503 and the reasons if not),
 * /metrics the figures for Prometheus, /phone what providers and agents' "call now" links reach. `pages` is what else
 * is shown, if anything.
 */
export function appFor(
  gateway: Gateway,
  now: () => Temporal.Instant,
  log: Log,
  pages: express.Router | undefined,
): Express {
  const app = express()
  const figures = figureSamples(gateway.database, { config: gateway.config, now })
  app.disable('x-powered-by')
  // Plain HTTP on loopback, or behind a proxy that speaks TLS and sets that policy itself.
  app.use(helmet({ strictTransportSecurity: false }))
  app.get('/healthz', (_request, response) => {
    response.json({ alive: true })
  })
  app.get('/readyz', async (_request, response) => {
    const health = await healthOf(gateway, now())
    response.status(health.ready ? 200 : 503).json(health)
  })
  app.get('/metrics', async (_request, response) => {
    const { health, found } = await examine(gateway, now())
    // Whoever watches a gateway without its database needs the other gauges most of all.
    const samples = await figures().catch(error => {
      log.warn({ err: error }, 'the figures could not be read')
      return []
    })
    const load = await readWebhookLoad(gateway.database, now()).catch(error => {
      log.warn({ err: error }, 'the state of the webhooks could not be read')
      return undefined
    })
    const text = await printMetrics(health, gateway.mailboxes, found, samples, load)
    response.type('text/plain; version=0.0.4').send(text)
  })
  if (gateway.phone) app.use(gateway.phone.router)
  app.use(gateway.pages)
  if (pages) app.use(pages)
  app.use((_request, response) => {
    response.status(404).json({ error: 'There is nothing at this address.' })
  })
  const onError: ErrorRequestHandler = (error, request, response, _next) => {
    log.error({ err: error, path: request.path }, 'a request failed')
    if (!response.headersSent) response.status(500).json({ error: 'The request failed; the log says why.' })
  }
  app.use(onError)
  return app
}

function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

async function stopServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // Pages keep a connection open for live updates; they reconnect to the next start.
  server.closeAllConnections()
  await closed
}
