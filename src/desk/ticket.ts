export type TicketState = 'open' | 'waiting' | 'resolved'

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
}

export type Language = 'de' | 'en'
