import type { DocumentRequest } from './documents.ts'
import type { ExchangeRoom } from './exchange-room.ts'
import type { Leg } from './net-call.ts'
import type { Place } from './twiml-grammar.ts'

/** What a verb is carried out with. */
export interface Stage {
  readonly room: ExchangeRoom
  readonly leg: Leg
  readonly place: Place
  readonly documentUrl: string
  readonly fallbackUrl: string | undefined
  /** Opens the line, if it is not yet. */
  answer(): void
}

/** What comes after a verb. */
export type Next =
  | { readonly next: 'go-on' }
  | { readonly next: 'fetch'; readonly request: DocumentRequest }
  | { readonly next: 'hung-up' | 'gone' | 'left' | 'rejected' | 'refused-busy' | 'error' }
