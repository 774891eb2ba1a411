import type { InboundMail } from '../desk/inbound.ts'
import type { RecentTicket } from '../desk/threading.ts'
import type { Tx } from '../store/database.ts'

/** What a customer wrote to us about lately, for mails that name nothing they belong to. */

/** Two mails with one subject are likely one matter within so many days. */
const recentDays = 30
/** Tickets looked at for one sender: a monitoring system opens thousands. */
const perSender = 50

const recentSql = `
select sender.address, t.id, t.subject, t.thread_index as "threadIndex" from unnest($1::text[]) as sender(address)
cross join lateral (
  select ticket.id, ticket.subject, ticket.customer_thread->>'threadIndex' as thread_index, ticket.changed_at
  from participant join ticket on ticket.id = participant.ticket_id
  where participant.address = sender.address and ticket.changed_at > $2::timestamptz
  order by ticket.changed_at desc limit ${perSender}
) t order by t.changed_at desc`

/** The sender's address, lower-case, as participants are stored. */
export function senderOf({ content }: InboundMail): string | undefined {
  return content.from?.address.toLowerCase()
}

/** Newest first, by the sender's address. */
export async function recentTickets(
  tx: Tx,
  mails: readonly InboundMail[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, readonly RecentTicket[]>> {
  const writers = mails.filter(({ content }) => content.classification === 'customer')
  const senders = [...new Set(writers.flatMap(mail => senderOf(mail) ?? []))]
  if (senders.length === 0) return new Map()
  const since = now.subtract({ hours: recentDays * 24 }).toString()
  const rows = await tx.$queryRawUnsafe<(RecentTicket & { address: string })[]>(recentSql, senders, since)
  return Map.groupBy(rows, ({ address }) => address)
}
