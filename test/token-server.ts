/** A token endpoint on this machine: answers as it is told and remembers what it was asked. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

export interface TokenAnswer {
  readonly status?: number
  readonly body: unknown
}

export interface TokenServer {
  readonly url: string
  /** The form of each request. */
  readonly asked: readonly URLSearchParams[]
  /** The next answers, in this order; then the last one for ever. */
  answer(...answers: readonly TokenAnswer[]): void
  stop(): Promise<void>
}

export async function startTokenServer(): Promise<TokenServer> {
  const asked: URLSearchParams[] = []
  let answers: TokenAnswer[] = [{ status: 500, body: 'nothing was planned' }]
  const server = createServer(async (request, response) => {
    asked.push(new URLSearchParams(await text(request)))
    const [planned] = answers.length > 1 ? answers.splice(0, 1) : answers
    response.writeHead(planned?.status ?? 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(planned?.body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the token server has no port')
  return {
    url: `http://127.0.0.1:${address.port}/token`,
    asked,
    answer(...planned) {
      answers = [...planned]
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
