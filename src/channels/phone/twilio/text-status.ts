import type { TextStatus } from '../door-context.ts'
import { type Fields, field } from './fields.ts'
import type { Place } from './read-request.ts'

/** What Twilio says of a text message; undefined for a state in between. */
export function readTextStatus(place: Place, fields: Fields, textId: string): TextStatus | undefined {
  const providerId = field(fields, 'MessageSid')
  const state = states.get(field(fields, 'MessageStatus'))
  if (!providerId || !state) return undefined
  return { ...place, textId, providerId, state, reason: field(fields, 'ErrorCode').slice(0, 40) }
}

const states: ReadonlyMap<string, TextStatus['state']> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
] as const)
