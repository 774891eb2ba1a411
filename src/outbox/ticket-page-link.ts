/** The link to a ticket's page, in letters to agents. See letter-view.ts. */
import { publicAddress } from '../desk/page-address.ts'
import { ticketPageHours, ticketPageToken } from '../desk/promise/ticket-page-token.ts'
import type { ViewSource } from './letter-view.ts'

/**
 * Signed when the letter is rendered: whoever reads the database could act in somebody's name. Both empty where no page
 * of ours is to be reached from outside, and in a letter to nobody in particular.
 */
export function ticketPageView(
  { agent, ticketNumber }: { readonly agent?: string | null; readonly ticketNumber: string },
  { config, createdAt }: ViewSource,
) {
  const address = publicAddress(config)
  if (address === undefined || !agent || ticketNumber === '') return { ticketPage: '', ticketPageUntil: '' }
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(createdAt.getTime()).add({
    hours: ticketPageHours,
  })
  const token = ticketPageToken(config.secret, { agent, number: ticketNumber, expiresAt })
  return {
    ticketPage: `${address}/ticket/${token}`,
    ticketPageUntil: expiresAt.toString(),
  }
}
