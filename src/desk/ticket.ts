export type TicketState = 'open' | 'waiting' | 'resolved'

/**
 * How the customer's own mails hang together, as of the last one: an answer that carries these ids shows up in the
 * customer's thread, whatever client they use.
 */
export interface CustomerThread {
  readonly messageId: string | null
  /** The last twenty at most, oldest first, without `messageId`. */
  readonly references: readonly string[]
  /** Outlook's conversation index as it came (base64); null where the customer's client writes none. */
  readonly threadIndex: string | null
  /** The subject of that conversation, without prefixes. */
  readonly threadTopic: string
  /** The mail asked for no automatic answer: a machine wrote it, or a list. Left out where it did not. */
  readonly silent?: boolean
}

/** One matter of one customer, as the rules see it. */
export interface Ticket {
  readonly id: string
  readonly number: string
  readonly state: TicketState
  readonly subject: string
  readonly customerAddress: string
  readonly customerName: string
  readonly language: Language
  readonly mailbox: string
  readonly group: string
  readonly office: string
  /** Null unless `state` is resolved. */
  readonly closedAt: Temporal.Instant | null
  readonly waitingUntil: Temporal.Instant | null
  /** Key of the agent who is responsible. */
  readonly assignee: string | null
  readonly severity: string | null
  /** As the customer sees it. */
  readonly customerSeverity?: string | null
  readonly level: number
  /** Keys of the configuration, as far as somebody knows what the matter is about. */
  readonly area?: string | null
  readonly product?: string | null
  readonly requestType?: string | null
  readonly customerThread: CustomerThread
  /** What is known of the matter, as stored; read with `readKnown`. */
  readonly known?: unknown
}

export type Language = 'de' | 'en'
