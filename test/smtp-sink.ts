/**
 * A real SMTP server for tests that misbehaves on request. What it accepted is what a mail server would deliver, whether
 * or not it lived to say so. Behaviours are used up one per mail, then it simply accepts.
 */
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

/** The step of the conversation at which something happens; end-of-data is after the final dot. */
export type SinkStep = 'connect' | 'login' | 'mail' | 'rcpt' | 'end-of-data'

export type Behaviour =
  | { readonly kind: 'accept' }
  /** Answers with this code and text: `{ code: 550, text: '5.1.1 unknown' }`. */
  | { readonly kind: 'answer'; readonly at: SinkStep; readonly code: number; readonly text: string }
  /** Cuts the connection without an answer; after the final dot it may have taken the mail. */
  | { readonly kind: 'cut'; readonly at: SinkStep; readonly accepts?: boolean }
  /** Says nothing more on this connection. */
  | { readonly kind: 'stall'; readonly at: SinkStep; readonly accepts?: boolean }
  | { readonly kind: 'slow'; readonly at: SinkStep; readonly milliseconds: number }

export interface AcceptedMail {
  readonly messageId: string
  readonly recipient: string
  readonly raw: Buffer
}

export interface SmtpSink {
  readonly port: number
  readonly accepted: readonly AcceptedMail[]
  /** Connections ever opened. */
  connections(): number
  copiesOf(messageId: string): number
  /** How the next mails are treated, in this order. */
  next(...behaviours: readonly Behaviour[]): void
  /** How every mail is treated from now on, after those of `next`. */
  always(behaviour: Behaviour): void
  /** Resolves when this many mails have been accepted in all. */
  accepting(count: number): Promise<void>
  /** Closes connections that carry no mail now, as servers do after a while. */
  dropIdle(): Promise<void>
  stop(): Promise<void>
}

export interface SinkOptions {
  /** Called with every accepted mail before the reply: files it, as servers do with sent mail. */
  readonly onAccepted?: (mail: AcceptedMail) => void | Promise<void>
  readonly port?: number
  /** Logins with other passwords are refused with 535. Without it no login is offered. */
  readonly password?: string
  readonly pipelining?: boolean
}

type Answer = (error?: Error | null) => void

export async function startSmtpSink(options: SinkOptions = {}): Promise<SmtpSink> {
  const accepted: AcceptedMail[] = []
  const queue: Behaviour[] = []
  let lasting: Behaviour = { kind: 'accept' }
  let opened = 0
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []

  /** Does what is planned for the step; true when the conversation is to go on as usual. */
  function misbehaves(at: SinkStep, session: SMTPServerSession, answer: Answer): boolean {
    const planned = queue[0] ?? lasting
    if (planned.kind === 'accept') {
      if (at === 'end-of-data') queue.shift()
      return false
    }
    if (planned.at !== at) return false
    queue.shift()
    if (planned.kind === 'answer')
      answer(Object.assign(new Error(planned.text), { responseCode: planned.code }))
    else if (planned.kind === 'slow') setTimeout(answer, planned.milliseconds)
    else if (planned.kind === 'cut') cut(session.id)
    return true
  }

  function cut(id: string): void {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy()
  }

  async function take(mail: AcceptedMail): Promise<void> {
    await options.onAccepted?.(mail)
    accepted.push(mail)
    for (const { count, resolve } of waiting) if (accepted.length >= count) resolve()
  }

  async function receive(raw: Buffer, session: SMTPServerSession, answer: Answer): Promise<void> {
    const planned = queue[0] ?? lasting
    const mail = {
      messageId: /^message-id:\s*(\S+)/im.exec(raw.toString('latin1'))?.[1] ?? '',
      recipient: session.envelope.rcptTo[0]?.address ?? '',
      raw,
    }
    const here = planned.kind !== 'accept' && planned.at === 'end-of-data'
    const refused =
      here && (planned.kind === 'answer' || (planned.kind !== 'slow' && planned.accepts !== true))
    if (!refused) await take(mail)
    if (!misbehaves('end-of-data', session, answer)) answer()
  }

  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: options.password === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    disableReverseLookup: true,
    hidePIPELINING: options.pipelining === false,
    hideENHANCEDSTATUSCODES: true,
    closeTimeout: 50,
    logger: false,
    onConnect(session, answer) {
      opened += 1
      if (!misbehaves('connect', session, answer)) answer()
    },
    onAuth(auth, session, answer) {
      if (misbehaves('login', session, error => answer(error))) return
      if (auth.password === options.password) answer(null, { user: auth.username })
      else answer(Object.assign(new Error('5.7.8 wrong'), { responseCode: 535 }))
    },
    onMailFrom(_address, session, answer) {
      if (!misbehaves('mail', session, answer)) answer()
    },
    onRcptTo(_address, session, answer) {
      if (!misbehaves('rcpt', session, answer)) answer()
    },
    onData(stream, session, answer) {
      buffer(stream).then(
        raw => receive(raw, session, answer),
        () => {},
      )
    },
  })
  // Clients that vanish are part of the tests.
  server.on('error', () => {})
  const listener = server.listen(options.port ?? 0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    accepted,
    connections: () => opened,
    copiesOf: messageId => accepted.filter(mail => mail.messageId === messageId).length,
    next: (...behaviours) => void queue.push(...behaviours),
    always: behaviour => {
      lasting = behaviour
    },
    accepting: count =>
      new Promise(resolve => {
        if (accepted.length >= count) resolve()
        else waiting.push({ count, resolve })
      }),
    dropIdle: async () => {
      const sockets = [...server.connections].map(connection => connection._socket)
      const closed = sockets.map(socket => once(socket, 'close'))
      for (const socket of sockets) socket.end()
      await Promise.all(closed)
    },
    stop: () => new Promise(resolve => server.close(() => resolve())),
  }
}
