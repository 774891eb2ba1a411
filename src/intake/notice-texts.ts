import type { NoticeText } from '../desk/internal-text.ts'
import { internalKinds, type NoticeKind } from '../desk/notice.ts'
import type { Tx } from '../store/database.ts'

/** Letters about one ticket that are compared with an agent's answer, of each sort; people answer one of the last. */
const perTicket = 30
const answerKind: NoticeKind = 'agent-answer'
const questionKind: NoticeKind = 'hold-question'

/** What agents were told about a ticket, and what people wrote to its customer, newest first. */
export interface TextsOfTicket {
  readonly notices: readonly NoticeText[]
  /** Our questions about held mails: they repeat the agent's own words, which may be sent again. */
  readonly questions: readonly NoticeText[]
  readonly told: readonly string[]
}

/** By ticket. */
export async function noticeTexts(
  tx: Tx,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, TextsOfTicket>> {
  if (ticketIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; kind: string; text: string }[]>`
    select ticket.id, letter.kind, letter.text from unnest(${ticketIds}::uuid[]) as ticket(id)
    cross join lateral (
      (select kind, text, created_at from (
        select kind, text, created_at from letter
        where ticket_id = ticket.id and kind = any(${[...internalKinds]}::text[]) and text is not null
        union all select kind, text, letter.created_at from letter join vendor_case on vendor_case.id = vendor_case_id
        where vendor_case.ticket_id = ticket.id and kind = any(${[...internalKinds]}::text[]) and text is not null
      ) told order by created_at desc limit ${perTicket})
      union all
      (select kind, text, created_at from letter
        where ticket_id = ticket.id and kind = ${answerKind} and text is not null and state in ('sent', 'unsure')
        order by created_at desc limit ${perTicket})
    ) letter order by letter.created_at desc`
  const byTicket = Map.groupBy(rows, ({ id }) => id)
  return new Map(
    [...byTicket].map(([id, letters]) => {
      const texts = (fits: (kind: string) => boolean) =>
        letters.filter(({ kind }) => fits(kind)).map(({ text }) => text)
      return [
        id,
        {
          notices: texts(kind => kind !== answerKind && kind !== questionKind),
          questions: texts(kind => kind === questionKind),
          told: texts(kind => kind === answerKind),
        },
      ]
    }),
  )
}
