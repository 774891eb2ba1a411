/**
 * A line between the gateway and a server, for tests: it counts what the server says, and can be cut, stalled or made
 * to lie in the middle of an answer. Only loopback.
 */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Line {
  readonly port: number
  /** Connections made so far, and bytes from the server so far. */
  readonly connections: () => number
  readonly received: () => number
  /** Bytes from the server until now are kept; all connections break after `bytes` more of them, once. */
  cutAfter(bytes: number): void
  /** From now on nothing is carried in either direction, on connections open now. New ones work. */
  stall(): void
  /** Refuses new connections and breaks the open ones, until `mend`. */
  down(): void
  mend(): void
  close(): Promise<void>
}

/** `lie` may change what the server says; it sees whatever arrived together. */
export async function openLine(
  serverPort: number,
  lie: (text: string) => string = text => text,
): Promise<Line> {
  const pairs = new Set<{ near: Socket; far: Socket; stalled: boolean }>()
  let connections = 0
  let received = 0
  let cutAt = Number.POSITIVE_INFINITY
  let isDown = false
  const breakAll = (): void => {
    for (const { near, far } of pairs) {
      near.destroy()
      far.destroy()
    }
  }
  const server = createServer(near => {
    connections += 1
    if (isDown) {
      near.destroy()
      return
    }
    const pair = { near, far: connect(serverPort, '127.0.0.1'), stalled: false }
    pairs.add(pair)
    near.on('data', data => pair.stalled || pair.far.write(data))
    pair.far.on('data', data => {
      if (pair.stalled) return
      const said = Buffer.from(lie(data.toString('latin1')), 'latin1')
      const kept = said.subarray(0, Math.max(0, cutAt - received))
      received += kept.length
      if (kept.length === said.length) {
        near.write(kept)
        return
      }
      cutAt = Number.POSITIVE_INFINITY
      near.end(kept, breakAll)
    })
    const end = (): void => {
      pairs.delete(pair)
      near.destroy()
      pair.far.destroy()
    }
    for (const socket of [near, pair.far]) socket.on('close', end).on('error', end)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the line has no port')
  return {
    port: address.port,
    connections: () => connections,
    received: () => received,
    cutAfter(bytes) {
      cutAt = received + bytes
    },
    stall() {
      for (const pair of pairs) pair.stalled = true
    },
    down() {
      isDown = true
      breakAll()
    },
    mend() {
      isDown = false
    },
    async close() {
      breakAll()
      server.close()
      await once(server, 'close')
    },
  }
}
