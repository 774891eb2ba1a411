import { isWork, ofTicket } from '../columns.ts'
import type { Reader } from '../reader.ts'
import { reopenedTickets } from './reopened.ts'

/** So many closed tickets of one area with the same cause make it a recurring one. */
export const recursFrom = 3

/**
 * The cause of a closed ticket: its known problem, else the cause that was recorded last, compared without case,
 * punctuation and spacing. Words are people's: "Netzteil defekt." and "netzteil  defekt" are one cause, "PSU dead" is another.
 */
export const causeFacts = `
    select t.closed_at as at, ${ofTicket}, t.number, r.ticket_id is not null as before, m.text as words,
      coalesce(t.known_problem_id::text, nullif(btrim(regexp_replace(lower(m.text), '[^[:alnum:]]+', ' ', 'g')), '')) as cause
    from ticket t
    left join (${reopenedTickets}) r on r.ticket_id = t.id
    left join (select distinct on (e.ticket_id) e.ticket_id, e.text
      from ticket t join entry e on e.ticket_id = t.id and e.kind = 'measure' and e.detail ->> 'of' = 'cause'
      where t.closed_at >= $1 and t.closed_at < $2
      order by e.ticket_id, e.at desc, e.id) m on m.ticket_id = t.id
    where t.closed_at >= $1 and t.closed_at < $2 and ${isWork}`

export const causes: Reader = {
  key: 'causes',
  // Counted by hash and joined, not over a window: that would sort all tickets by words, those without a cause as well.
  facts: `
    with c as materialized (${causeFacts}),
    recurring as (select cause, coalesce(area, '') as area from c where cause is not null
      group by 1, 2 having count(*) >= ${recursFrom})
    select c.*, r.cause is not null as recurs
    from c left join recurring r on r.cause = c.cause and r.area = coalesce(c.area, '')`,
  parts: [
    {
      ...{ key: 'recurring', kind: 'share', part: 'recurs', of: 'cause is not null' },
      name: { de: 'Vorgänge mit wiederkehrender Ursache', en: 'Tickets with a recurring cause' },
    },
    {
      ...{ key: 'known', kind: 'share', part: 'cause is not null', of: 'true' },
      name: { de: 'Ursache dokumentiert', en: 'Cause documented' },
    },
    {
      ...{ key: 'reopened', kind: 'share', part: 'before', of: 'true' },
      name: { de: 'Wiedereröffnet', en: 'Reopened' },
    },
    { key: 'closed', kind: 'count', where: 'true', name: { de: 'Abgeschlossen', en: 'Closed' } },
  ],
}
