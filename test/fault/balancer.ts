/** One public address in front of several gateways, which get the requests in turn, as a load balancer hands them out. */
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'

export interface Balancer {
  readonly url: string
  /** From now on these ports of this machine get the requests. */
  serve(ports: readonly number[]): void
  /** How many requests each port got. */
  handedOut(): ReadonlyMap<number, number>
  close(): Promise<void>
}

export async function openBalancer(): Promise<Balancer> {
  let ports: readonly number[] = []
  let turn = 0
  const counts = new Map<number, number>()
  const server = createServer((incoming, answer) => {
    const port = ports[turn++ % ports.length]
    if (port === undefined) {
      answer.writeHead(503).end()
      return
    }
    counts.set(port, (counts.get(port) ?? 0) + 1)
    const { method, url, headers } = incoming
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, reply => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      pipeline(reply, answer, () => {})
    })
    onward.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()))
    pipeline(incoming, onward, () => {})
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: given => {
      ports = given
    },
    handedOut: () => counts,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
