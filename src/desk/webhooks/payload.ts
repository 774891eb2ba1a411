import type { EventType } from './events.ts'

/**
 * What an event says: which ticket, and no words and no names. A receiver that wants to know more asks the API, which
 * looks at what it may see at that moment; what lies in its logs is nobody's personal data.
 */

/** Sent to an endpoint whose owner wants to see whether it arrives. */
export const testType = 'webhook.test'

export interface EventPayload {
  readonly type: EventType | typeof testType
  /** When it happened. */
  readonly timestamp: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface EventFacts {
  readonly kind: string
  readonly at: Temporal.Instant
  readonly detail: Readonly<Record<string, unknown>>
  readonly ticket: { readonly number: string; readonly group: string; readonly channel: string }
  readonly promises: readonly EndedPromise[]
}

export interface EndedPromise {
  readonly kind: string
  /** kept, broken or withdrawn. */
  readonly state: string
  readonly dueAt: string
}

export function eventPayload(type: EventType, facts: EventFacts): EventPayload {
  const { at, ticket, promises } = facts
  const { number, group, channel } = ticket
  const data = { ticket: number, group, channel, promises, ...more(type, facts) }
  return { type, timestamp: timestampOf(at), data }
}

export function testPayload(endpoint: string, at: Temporal.Instant): EventPayload {
  return { type: testType, timestamp: timestampOf(at), data: { endpoint } }
}

const timestampOf = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'millisecond' })

const closings: Readonly<Record<string, string>> = {
  'command-close': 'solved',
  'known-problem-solved': 'solved',
  'command-spam': 'spam',
  'command-merge': 'merged',
  merged: 'merged',
}

/** Details were written by the version of their day: what is of another shape is left out. */
function more(type: EventType, { kind, detail }: EventFacts): Readonly<Record<string, unknown>> {
  switch (type) {
    case 'ticket.closed':
      return { how: closings[kind] ?? 'solved' }
    case 'ticket.changed':
      return { change: kind.replace(/^command-/, '') }
    case 'ticket.escalated':
      return numbers(detail, ['level'])
    case 'promise.broken':
      return {
        ...(kind === 'callback-broken' ? { promise: 'callback' } : {}),
        ...texts(detail, ['promise', 'dueAt']),
      }
    case 'promise.moved':
      return { change: kind.replace(/^promise-/, ''), ...texts(detail, ['promise', 'dueAt']) }
    case 'feedback.received':
      return { ...numbers(detail, ['score']), ...flags(detail, ['solved']) }
    case 'vendor.opened':
    case 'vendor.answered':
    case 'vendor.escalated':
    case 'vendor.overdue':
    case 'vendor.closed':
      return texts(detail, ['case', 'vendor'])
    default:
      return {}
  }
}

type Detail = EventFacts['detail']

const texts = (detail: Detail, names: readonly string[]) =>
  picked(detail, names, value => typeof value === 'string' && value !== '')
const numbers = (detail: Detail, names: readonly string[]) => picked(detail, names, Number.isInteger)
const flags = (detail: Detail, names: readonly string[]) =>
  picked(detail, names, value => typeof value === 'boolean')

function picked(detail: Detail, names: readonly string[], fits: (value: unknown) => boolean) {
  return Object.fromEntries(names.flatMap(name => (fits(detail[name]) ? [[name, detail[name]]] : [])))
}
