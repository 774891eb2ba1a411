import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** Somebody else's server that webhooks are posted to, on real HTTP. */

export interface Received {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Answer = (received: Received, response: ServerResponse, request: IncomingMessage) => void

export const withStatus =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(status, headers).end()
  }

/** Closed when the test ends. `answer` may be replaced. */
export async function openConsumer(answer: Answer = withStatus(204)) {
  const received: Received[] = []
  const consumer = { answer, received, url: '', host: '' }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      const one = { headers, body: Buffer.concat(chunks).toString() }
      received.push(one)
      consumer.answer(one, response, request)
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  consumer.host = `127.0.0.1:${port}`
  consumer.url = `http://${consumer.host}/hook`
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise(done => server.close(done))
  })
  return consumer
}
