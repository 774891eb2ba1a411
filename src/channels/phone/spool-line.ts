import type { CallEvent, CallEventKind } from '../../desk/phone/call-event.ts'
import type { RawRequest } from './door-context.ts'

/** One line of the spool: the event as it was read, with the time we had it, and which request it was. */

const kinds: ReadonlySet<string> = new Set<CallEventKind>([
  'arrived',
  'keys',
  'recorded',
  'recording',
  'leg-answered',
  'leg-progress',
  'leg-ended',
  'picked-up',
  'progress',
  'ended',
])

export function spoolLine(event: CallEvent, raw: RawRequest): string {
  return JSON.stringify({ v: 1, request: { method: raw.method, path: raw.path }, event })
}

/**
 * The event as it is taken in afterwards: late, with its own time. Undefined for what is no line of ours: half of one
 * that was being written when the power went, or one that somebody edited.
 */
export function readSpoolLine(line: string): CallEvent | undefined {
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    return undefined
  }
  if (!isRecord(read) || read.v !== 1 || !isRecord(read.event)) return undefined
  const event = read.event
  const at = instant(event.at)
  const providerAt = event.providerAt === null ? null : instant(event.providerAt)
  const named = ['provider', 'providerId', 'key', 'kind'].every(name => typeof event[name] === 'string')
  if (!at || providerAt === undefined || !named || !kinds.has(String(event.kind))) return undefined
  if (!isRecord(event.payload)) return undefined
  return { ...event, at, providerAt, late: true } as unknown as CallEvent
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function instant(text: unknown): Temporal.Instant | undefined {
  if (typeof text !== 'string') return undefined
  try {
    return Temporal.Instant.from(text)
  } catch {
    return undefined
  }
}
