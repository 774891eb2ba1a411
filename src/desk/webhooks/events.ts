/**
 * What webhooks are told of. Every event hangs on a line of a ticket's history, so that nothing can happen untold and
 * nothing is told that did not happen; this table says which lines make which event.
 */

export type EventType =
  | 'ticket.opened'
  | 'ticket.customer-wrote'
  | 'ticket.customer-called'
  | 'ticket.answered'
  | 'ticket.closed'
  | 'ticket.reopened'
  | 'ticket.escalated'
  | 'ticket.changed'
  | 'promise.broken'
  | 'promise.moved'
  | 'promise.kept'
  | 'feedback.received'
  | 'vendor.opened'
  | 'vendor.answered'
  | 'vendor.escalated'
  | 'vendor.overdue'
  | 'vendor.closed'

/** A line of history with what is needed to know what it means. */
export interface Happening {
  readonly kind: string
  readonly detail: Readonly<Record<string, unknown>>
  /** It is the customer's first word on its ticket. */
  readonly first: boolean
  /** How the promises ended that ended in the same moment: kept, broken, withdrawn. */
  readonly ended: readonly string[]
  /** It is the first of the lines of this moment that can have ended them: the others do not tell it again. */
  readonly leads: boolean
  /** A line of this moment of its own says that one was broken. */
  readonly brokenTold: boolean
}

interface EventRow {
  readonly type: EventType
  readonly kinds: readonly string[]
  readonly says: string
  /** Without it every line of these kinds is one. */
  readonly when?: (happening: Happening) => boolean
}

const written = ['customer-mail', 'customer-words']
/** What can end a promise, the weightiest first: an answer, the end of the matter, a conversation, a status update. */
export const endingKinds: readonly string[] = [
  'agent-answer',
  'command-close',
  'known-problem-solved',
  'callback-ended',
  'status-update',
  'result-told',
]

/** In the order in which they are looked for: what an endpoint hears of first in this list is what it is told. */
export const eventRows: readonly EventRow[] = [
  {
    type: 'ticket.opened',
    kinds: [...written, 'call'],
    says: 'A matter reached us, by whichever channel, and has a number now.',
    when: ({ first }) => first,
  },
  {
    type: 'ticket.customer-wrote',
    kinds: written,
    says: 'The customer wrote again on a ticket.',
    when: ({ first }) => !first,
  },
  {
    type: 'ticket.customer-called',
    kinds: ['call'],
    says: 'The customer rang about a ticket.',
    when: ({ first }) => !first,
  },
  { type: 'ticket.answered', kinds: ['agent-answer'], says: 'An agent answered the customer.' },
  {
    type: 'ticket.closed',
    kinds: ['command-close', 'command-spam', 'command-merge', 'merged', 'known-problem-solved'],
    says: 'A ticket was closed: solved, put aside as spam, or another one goes on with it.',
    when: ({ kind, detail }) => kind !== 'known-problem-solved' || detail.closed === true,
  },
  {
    type: 'ticket.reopened',
    kinds: ['reopened'],
    says: 'A closed ticket goes on.',
    when: ({ detail }) => detail.from !== 'waiting',
  },
  {
    type: 'ticket.escalated',
    kinds: ['escalated', 'level-raised'],
    says: 'A ticket rose to a higher level.',
  },
  {
    type: 'ticket.changed',
    kinds: [
      ...['routed', 'passed-on', 'recognised', 'classified', 'known-problem'],
      ...['command-take', 'command-assign', 'command-wait', 'command-severity', 'command-impact'],
      ...['command-area', 'command-product', 'command-kind', 'command-customer-severity'],
    ],
    says: 'Who is responsible, how severe it is or what it is about was changed.',
  },
  {
    type: 'promise.broken',
    kinds: ['promise-broken', 'callback-broken', ...endingKinds],
    says: 'The time of a promise to the customer passed before it was kept.',
    when: ({ kind, ended, leads, brokenTold }) =>
      kind.endsWith('-broken') || (leads && !brokenTold && ended.includes('broken')),
  },
  {
    type: 'promise.moved',
    kinds: ['promise-moved', 'promise-retargeted', 'promise-paused', 'promise-resumed'],
    says: 'A promise is due at another time, or its clock stands or goes on.',
  },
  {
    type: 'promise.kept',
    kinds: endingKinds,
    says: 'A promise to the customer was kept in time.',
    when: ({ ended, leads }) => leads && ended.includes('kept'),
  },
  { type: 'feedback.received', kinds: ['feedback'], says: 'A customer said how content they are.' },
  { type: 'vendor.opened', kinds: ['vendor-opened'], says: 'A manufacturer was asked.' },
  { type: 'vendor.answered', kinds: ['vendor-wrote'], says: 'A manufacturer wrote.' },
  {
    type: 'vendor.escalated',
    kinds: ['vendor-escalated'],
    says: 'A matter rose to the next level of the manufacturer.',
  },
  { type: 'vendor.overdue', kinds: ['vendor-overdue'], says: 'A manufacturer did not answer in time.' },
  { type: 'vendor.closed', kinds: ['vendor-closed'], says: 'A case at a manufacturer was closed.' },
]

export const eventTypes: readonly EventType[] = eventRows.map(({ type }) => type)

/** The kinds of lines behind these types, each once; types that this version does not know have none. */
export function entryKindsOf(types: readonly string[]): string[] {
  const kinds = eventRows.flatMap(row => (types.includes(row.type) ? row.kinds : []))
  return [...new Set(kinds)].toSorted()
}

/**
 * What this line is for an endpoint that hears of `types`; undefined where it is none of them. One line is one event: an
 * endpoint that hears of answers and of kept promises is told of the answer, which names the promises that it kept.
 */
export function eventOf(happening: Happening, types: readonly string[]): EventType | undefined {
  return eventRows.find(
    ({ type, kinds, when }) =>
      types.includes(type) && kinds.includes(happening.kind) && (when?.(happening) ?? true),
  )?.type
}
