import type { TextKind } from '../../desk/phone/text-words.ts'
import type { Database } from '../../store/database.ts'
import { Prisma, type TextMessage } from '../../store/generated/client.ts'

/**
 * Taking text messages for sending. As with letters a claim is one statement, and rows that another process is taking are
 * skipped. A claim is a lease: a row whose process died on either side of the provider's answer comes back as doubtful.
 */

/** Longer than a provider may take to answer. */
export const leaseSeconds = 120

/** `before` is the state it was found in: `queued` may be sent, everything else has to be looked for first. */
export type ClaimedText = TextMessage & { readonly before: string; readonly kind: TextKind & string }

const columns =
  Prisma.raw(`t.id, t.ticket_id as "ticketId", t.kind, t.language, t.recipient, t.line, t.data, t.state,
  t.created_at as "createdAt", t.wake_at as "wakeAt", t.tries, t.provider_id as "providerId", t.text,
  t.sent_at as "sentAt", t.failure`)

/** Up to `most` due texts, oldest first, none of which anybody else will touch until the lease ends. */
export async function claimTexts(
  database: Database,
  now: Temporal.Instant,
  most: number,
): Promise<readonly ClaimedText[]> {
  const rows = await database.$queryRaw<ClaimedText[]>`
    with due as (
      select id, state from text_message
      where wake_at <= ${now.toString()}::timestamptz and state in ('queued', 'sending', 'unsure')
      order by wake_at, id limit ${most} for update skip locked)
    update text_message t set state = 'sending', wake_at = ${now.add({ seconds: leaseSeconds }).toString()}::timestamptz,
      tries = t.tries + 1
    from due where t.id = due.id returning due.state as before, ${columns}`
  return rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

/** When the next text is due; null where none waits. */
export async function nextTextAt(database: Database): Promise<Temporal.Instant | null> {
  const row = await database.textMessage.findFirst({
    where: { wakeAt: { not: null } },
    orderBy: { wakeAt: 'asc' },
    select: { wakeAt: true },
  })
  return row?.wakeAt ? Temporal.Instant.fromEpochMilliseconds(row.wakeAt.getTime()) : null
}
