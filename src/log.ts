import { type Logger, pino } from 'pino'

/**
 * One structured log. Its records name mailboxes, tickets and codes, never secrets; addresses are masked, because
 * a log is read by more people than a ticket is.
 */
export type Log = Logger

/** `silent` is for tests and for commands whose output is the answer. */
export function openLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent'): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}

/** anna@example.com becomes a***@example.com; what is no address becomes ***. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 1 ? '***' : `${address.slice(0, 1)}***${address.slice(at)}`
}
