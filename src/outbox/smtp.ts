import { finished, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createTransport, type NodemailerError, type SendMailOptions } from 'nodemailer'
import type { Config } from '../config/schema.ts'
import { type AccessTokens, smtpLogin } from './smtp-login.ts'
import { type Progress, resultOf, type SendResult } from './smtp-result.ts'

/** A rendered letter. `text` and `subject` are what the recipient reads and what is kept as "what we wrote". */
export interface OutgoingMail extends SendMailOptions {
  readonly subject: string
  readonly text: string
  readonly messageId: string
}

/** The way out. `send` never rejects: whatever happens to a letter is a result. */
export interface Transport {
  /** `mayMove` is asked before a letter that found its connection dead is tried on another one. */
  send(mail: OutgoingMail, mayMove?: () => boolean): Promise<SendResult>
  /** Ends idle connections at once; with `force` busy ones too, whose letters end as nodemailer knows them. */
  close(force?: boolean): void
}

/** How far one attempt has come; nodemailer carries it through the message's data to the plugin below. */
interface Attempt {
  progress: Progress
}
type TrackedMail = OutgoingMail & { readonly attempt: Attempt }

/** RFC 5321, 4.5.3.2: five minutes for most replies. Shorter waits make doubtful letters out of slow servers. */
const replyTimeoutSeconds = 300

/**
 * Pooled SMTP by nodemailer, which sends envelope and DATA in one packet where the server allows PIPELINING and switches
 * Nagle's algorithm off. Certificates are always verified; STARTTLS, once configured, is required. A letter whose idle
 * connection turns out dead before a byte of the message was read is moved to another one here and not by nodemailer:
 * that knows nothing of a pause that began meanwhile, and each of its moves may be one more refused login.
 */
export function openSmtp(
  smtp: Config['smtp'],
  replySeconds: number = replyTimeoutSeconds,
  tokens?: AccessTokens | undefined,
): Transport {
  const login = smtpLogin(smtp, tokens)
  const pool = createTransport({
    pool: true,
    host: smtp.host,
    port: smtp.port,
    secure: smtp.tls === 'implicit',
    requireTLS: smtp.tls === 'starttls',
    ignoreTLS: smtp.tls === 'none',
    ...login.options,
    maxConnections: smtp.connections,
    maxMessages: Number.POSITIVE_INFINITY,
    maxRequeues: 0,
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    socketTimeout: replySeconds * 1000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // The pool reports trouble of an idle connection here too; whom it concerns hears of it from `send`.
  pool.on('error', () => {})
  pool.use('stream', (mail, done) => {
    const { attempt } = mail.data as unknown as TrackedMail
    mail.message.processFunc(input => watched(input, attempt))
    done()
  })

  async function attempt(mail: OutgoingMail): Promise<SendResult> {
    const attempt: Attempt = { progress: 'waiting' }
    // A server that trickles bytes resets every idle timer, so the whole conversation has an end as well.
    const signal = AbortSignal.timeout(4 * replySeconds * 1000)
    const tracked: TrackedMail & SendMailOptions = { ...mail, attempt, signal }
    try {
      const info = await pool.sendMail(tracked)
      return { kind: 'sent', response: info.response ?? '' }
    } catch (error) {
      return login.resultOf(error as NodemailerError) ?? resultOf(error as NodemailerError, attempt.progress)
    }
  }

  return {
    async send(mail, mayMove = () => true) {
      // Every other connection may have died of the same thing.
      for (let others = smtp.connections; ; others--) {
        const result = await attempt(mail)
        const isMoved = result.kind === 'unreachable' && result.stale === true && others > 0 && mayMove()
        if (!isMoved) return result
      }
    },
    close(force = false) {
      pool.close({ force })
    },
  }
}

/**
 * The message as one piece, noting when it is asked for. nodemailer opens the stream when a live session takes the
 * letter, and reads it only after the server's 354, the final dot following at once: an attempt that fails before
 * the first read certainly left no mail behind. One piece instead of many small ones, since each becomes a packet.
 */
function watched(input: Readable, attempt: Attempt): Readable {
  attempt.progress = 'begun'
  const whole = buffer(input)
  const output = new Readable({
    read() {
      attempt.progress = 'handed-over'
      whole.then(
        bytes => {
          output.push(bytes)
          output.push(null)
        },
        (error: Error) => output.destroy(error),
      )
    },
  })
  whole.catch(() => {})
  finished(output, () => input.destroy())
  return output
}
