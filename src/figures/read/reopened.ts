import { isWork, ofTicket } from '../columns.ts'
import type { Reader } from '../reader.ts'

/** A ticket that waited for the customer goes on by the same kind of entry; only the closed ones were reopened. */
export const wasReopened = `e.kind = 'reopened' and coalesce(e.detail ->> 'from', 'resolved') = 'resolved'`

/**
 * Of the tickets closed in the period those that had been reopened. Beginning with the tickets: a week looks at its own
 * lines, and not at those of all the years.
 */
export const reopenedTickets = `select distinct e.ticket_id
      from ticket t join entry e on e.ticket_id = t.id and ${wasReopened}
      where t.closed_at >= $1 and t.closed_at < $2`

export const reopened: Reader = {
  key: 'reopened',
  facts: `
    select t.closed_at as at, 'closed' as what, ${ofTicket}, r.ticket_id is not null as before
    from ticket t
    left join (${reopenedTickets}) r on r.ticket_id = t.id
    where t.closed_at >= $1 and t.closed_at < $2 and ${isWork}
    union all
    select e.at, 'reopened', ${ofTicket}, true
    from entry e join ticket t on t.id = e.ticket_id
    where ${wasReopened} and e.at >= $1 and e.at < $2 and ${isWork}`,
  parts: [
    {
      ...{ key: 'share', kind: 'share', part: 'before', of: `what = 'closed'` },
      name: { de: 'Abgeschlossene, die wiedereröffnet waren', en: 'Closed ones that had been reopened' },
    },
    {
      ...{ key: 'reopenings', kind: 'count', where: `what = 'reopened'` },
      name: { de: 'Wiedereröffnungen', en: 'Reopenings' },
    },
  ],
}
