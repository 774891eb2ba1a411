/**
 * Outlook's Thread-Index: 22 bytes that name a conversation and five more for each answer ([MS-OXOMSG] 2.2.1.3).
 * Outlook groups by it before it looks at References, so an answer without it stands alone in the customer's mailbox.
 */

const headerLength = 22
const answerLength = 5
/** Deeper conversations exist only where two machines write to each other; the index is copied then, not lengthened. */
const mostBytes = 22 + 5 * 200
const ticksPerMillisecond = 10_000n
/** 1601-01-01, the beginning of FILETIME, in milliseconds of the Unix epoch. */
const fileTimeEpoch = -11_644_473_600_000n

/**
 * The index of an answer to the mail whose Thread-Index is `parent` (base64), written at `at`; undefined where `parent`
 * is none. `salt` keeps answers of one moment apart; only its lowest four bits count.
 */
export function childThreadIndex(parent: string, at: Temporal.Instant, salt: number): string | undefined {
  const bytes = Buffer.from(parent, 'base64')
  const answers = (bytes.length - headerLength) / answerLength
  if (answers < 0 || !Number.isInteger(answers)) return undefined
  if (bytes.length + answerLength > mostBytes) return bytes.toString('base64')
  return Buffer.concat([bytes, answerBlock(bytes, at, salt)]).toString('base64')
}

/** One bit for the unit, 31 bits of time since the conversation began, four bits of salt, four that stay empty. */
function answerBlock(header: Buffer, at: Temporal.Instant, salt: number): Buffer {
  const started = BigInt(header.readUIntBE(0, 6)) << 16n
  const now = (BigInt(at.epochMilliseconds) - fileTimeEpoch) * ticksPerMillisecond
  const elapsed = now > started ? now - started : 0n
  // Below 1.7 years the unit is 2^18 ticks (26 ms), above it 2^23 (0.8 s).
  const long = elapsed >> 49n !== 0n
  const delta = (long ? elapsed >> 23n : elapsed >> 18n) & 0x7fffffffn
  const block = Buffer.alloc(answerLength)
  block.writeUInt32BE(Number(delta | (long ? 0x80000000n : 0n)), 0)
  block.writeUInt8((salt & 0x0f) << 4, 4)
  return block
}
