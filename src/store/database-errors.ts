/**
 * What a database error means. Prisma, its driver adapter, the driver and Node each wrap errors in their own way;
 * all codes on the way down are gathered and compared with two lists.
 */

/** Nested causes deeper than this are not looked at; real ones have three levels. */
const depth = 6

/** Prisma's codes, its adapter's kinds, SQLSTATEs and Node's codes for "not now". */
const awayCodes = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'],
  ...[
    'DatabaseNotReachable',
    'ConnectionClosed',
    'SocketTimeout',
    'TooManyConnections',
    'TlsConnectionError',
  ],
  // Shut down, crashed, starting up; a read-only standby after a switch-over; ended by one of our own limits.
  ...['57P01', '57P02', '57P03', '25006', '25P03', '57014'],
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EAI_AGAIN',
  ],
])

/** SQLSTATE classes: 08 connection, 53 resources such as connections, memory and disk space. */
const awayClasses = /^(08|53)[0-9A-Z]{3}$/

/** The driver gives these no code. */
const awayMessages =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout (expired|exceeded)|Query read timeout)/

const conflictCodes = new Set(['P2034', 'TransactionWriteConflict', '40001', '40P01'])

const takenCodes = new Set(['P2002', 'UniqueConstraintViolation', '23505'])

/** Whether the server could not be reached, went away, or has no room just now: worth trying again later. */
export function isDatabaseAway(error: unknown): boolean {
  return signsOf(error).some(sign => awayCodes.has(sign) || awayClasses.test(sign) || awayMessages.test(sign))
}

/** Whether two transactions got into each other's way: worth trying again at once. */
export function isWriteConflict(error: unknown): boolean {
  return signsOf(error).some(sign => conflictCodes.has(sign))
}

/** Whether a row with the same unique value is there already. */
export function isTaken(error: unknown): boolean {
  return signsOf(error).some(sign => takenCodes.has(sign))
}

function signsOf(error: unknown, level = 0): readonly string[] {
  if (typeof error !== 'object' || error === null || level > depth) return []
  const own = ['code', 'originalCode', 'kind', 'message'].map(key => Reflect.get(error, key))
  const nested = ['cause', 'meta', 'driverAdapterError'].map(key => Reflect.get(error, key))
  const several = error instanceof AggregateError ? error.errors : []
  return [
    ...own.filter(value => typeof value === 'string'),
    ...[...nested, ...several].flatMap(value => signsOf(value, level + 1)),
  ]
}
