/**
 * An SMTP server that accepts and forgets, in a process of its own: what it costs must not count as ours. Prints one
 * JSON line with its port; answers every line on standard input with one JSON line of its counts, and ends with it.
 * Speaks just enough of RFC 5321 and of PIPELINING (RFC 2920) for a well-behaved client.
 */
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

const endOfData = Buffer.from('\r\n.\r\n')
const messageId = /^message-id:\s*(\S+)/im
const headerBytes = 4096

let accepted = 0
/** Mails whose Message-ID was accepted before. */
let doubled = 0
/** Those whose Message-ID says that they are automatic answers to customers. */
let answers = 0
const known = new Set<string>()

function take(mail: Buffer): void {
  accepted += 1
  const id = messageId.exec(mail.toString('latin1', 0, headerBytes))?.[1]
  if (id === undefined) return
  if (id.includes('.autoreply@')) answers += 1
  if (known.has(id)) doubled += 1
  known.add(id)
}

function replyTo(line: string): string {
  const verb = line.slice(0, 4).toUpperCase()
  if (verb === 'EHLO') return '250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n'
  if (verb === 'DATA') return '354 go on\r\n'
  return verb === 'QUIT' ? '221 bye\r\n' : '250 2.0.0 Ok\r\n'
}

function serve(socket: Socket): void {
  let rest: Buffer = Buffer.alloc(0)
  let inData = false

  /** Takes one line or one mail off the front; undefined when more bytes are needed. */
  function step(): string | undefined {
    const end = inData ? rest.indexOf(endOfData) : rest.indexOf('\r\n')
    if (end < 0) return undefined
    const piece = rest.subarray(0, end)
    rest = rest.subarray(end + (inData ? endOfData.length : 2))
    if (inData) {
      take(piece)
      inData = false
      return '250 2.0.0 Ok: queued\r\n'
    }
    const reply = replyTo(piece.toString('latin1'))
    inData = reply.startsWith('354')
    return reply
  }

  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let replies = ''
    for (let reply = step(); reply !== undefined; reply = step()) replies += reply
    if (replies) socket.write(replies)
    if (replies.includes('221 bye')) socket.end()
  })
  socket.write('220 sink ESMTP\r\n')
}

const server = createServer({ noDelay: true }, serve)
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' && address?.port })}\n`)
})
createInterface({ input: process.stdin })
  .on('line', () => process.stdout.write(`${JSON.stringify({ accepted, answers, doubled })}\n`))
  .on('close', () => process.exit())
