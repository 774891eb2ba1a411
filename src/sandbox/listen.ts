import type { Server, Socket } from 'node:net'

/** This machine only: the sandbox has passwords that everybody knows. */
export const loopback = '127.0.0.1'

/** Listens on `port`, or on a free one when that is taken. Resolves with the port. */
export async function openPort(server: Server, port: number): Promise<number> {
  try {
    return await listen(server, port)
  } catch (error) {
    if (!isTaken(error)) throw error
    return await listen(server, 0)
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, loopback, () => {
      server.removeListener('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** Stops listening and ends what is still connected. */
export function closePort(server: Server, sockets: Iterable<Socket>): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}
