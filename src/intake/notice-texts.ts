import type { NoticeText } from '../desk/internal-text.ts'
import { internalKinds } from '../desk/notice.ts'
import type { Tx } from '../store/database.ts'

/** Letters to agents about one ticket that are compared with an agent's answer; people answer one of the last. */
const perTicket = 30

/** What agents were sent about these tickets, newest first, by ticket. */
export async function noticeTexts(
  tx: Tx,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, readonly NoticeText[]>> {
  if (ticketIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; text: string }[]>`
    select ticket.id, letter.text from unnest(${ticketIds}::uuid[]) as ticket(id)
    cross join lateral (
      select text, created_at from letter
      where ticket_id = ticket.id and kind = any(${[...internalKinds]}::text[]) and text is not null
      order by created_at desc limit ${perTicket}
    ) letter order by letter.created_at desc`
  const texts = Map.groupBy(rows, ({ id }) => id)
  return new Map(texts.entries().map(([id, letters]) => [id, letters.map(({ text }) => text)]))
}
