import type { Chance } from './chance.ts'
import type { NetworkFault } from './faults.ts'
import type { Knobs } from './knobs.ts'
import type { Leg, NetCall } from './net-call.ts'
import type { Phone, Reach } from './phone.ts'
import type { Recordings } from './recordings.ts'
import type { NetworkClock } from './virtual-clock.ts'
import type { WebhookSender } from './webhook-sender.ts'

/** A number of the gateway's, as it is set up at the provider. */
export interface NetworkNumber {
  readonly number: string
  readonly voiceUrl: string
  /** Asked when a document cannot be had or read. */
  readonly fallbackUrl?: string
  /** Told when a call to it is over. */
  readonly statusCallback?: string
}

/** What every part of the exchange works with. */
export interface ExchangeRoom {
  readonly accountSid: string
  readonly clock: NetworkClock
  readonly chance: Chance
  readonly knobs: Knobs
  readonly sender: WebhookSender
  readonly numbers: readonly NetworkNumber[]
  readonly faults: NetworkFault[]
  readonly calls: NetCall[]
  /** By the call's sid, while it lasts. */
  readonly legs: Map<string, Leg>
  readonly recordings: Recordings
  /** Who is behind a number now, and what ringing it meets when it comes to that. `row` is the call's sid. */
  phoneBehind(number: string, row: string): { readonly phone: Phone; reach(): Reach }
}
