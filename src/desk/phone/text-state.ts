/** How far a text message has come, by the provider's words. They overtake each other: only a higher rank counts. */

/** As a provider's own words are told to us: it has it, it has arrived, it will not arrive. */
export type TextStatus = 'sent' | 'delivered' | 'failed'

const ranks: Readonly<Record<string, number>> = {
  queued: 0,
  sending: 1,
  unsure: 1,
  sent: 2,
  failed: 3,
  delivered: 4,
}

/** Does `status` change what is known? Delivered is never taken back, and what failed is not merely sent again. */
export function advances(state: string, status: TextStatus): boolean {
  return (ranks[status] ?? 0) > (ranks[state] ?? 0)
}
