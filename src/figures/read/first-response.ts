import { calendarJoins, minutesBetween } from '../calendar.ts'
import { isWork, ofTicket } from '../columns.ts'
import type { Reader } from '../reader.ts'

/** What a customer takes for an answer: words of an agent, or a conversation. Automatic letters are none. */
const answers = `(e.kind in ('agent-answer', 'put-through')
  or (e.kind = 'callback-ended' and e.detail ->> 'how' in ('connected', 'called')))`

export const firstResponse: Reader = {
  key: 'first-response',
  // Beginning with the tickets: a week looks at its own lines and promises, and not at those of all that came afterwards.
  facts: `
    select t.opened_at as at, ${ofTicket}, a.at as answered_at, g.state as promise,
      ${minutesBetween('t.office', 't.opened_at', 'a.at')} as minutes
    from ticket t
    left join (select e.ticket_id, min(e.at) as at from ticket t join entry e on e.ticket_id = t.id
      where t.opened_at >= $1 and t.opened_at < $2 and ${answers}
      group by e.ticket_id) a on a.ticket_id = t.id
    left join (select distinct on (g.ticket_id) g.ticket_id, g.state from ticket t join guarantee g on g.ticket_id = t.id
      where t.opened_at >= $1 and t.opened_at < $2 and g.kind = 'first-response'
      order by g.ticket_id, g.started_at, g.id) g on g.ticket_id = t.id
    ${calendarJoins('t.office', 't.opened_at', 'a.at')}
    where t.opened_at >= $1 and t.opened_at < $2 and ${isWork}`,
  countsFrom: 'select $1::timestamptz as since',
  parts: [
    {
      ...{ key: 'minutes', kind: 'minutes', value: 'minutes', where: 'true' },
      name: { de: 'Bis zur ersten Antwort', en: 'Until the first response' },
    },
    {
      ...{ key: 'kept', kind: 'share', part: `promise = 'kept'`, of: `promise in ('kept', 'broken')` },
      name: { de: 'Zusage eingehalten', en: 'Promise kept' },
    },
    {
      ...{ key: 'answered', kind: 'share', part: 'answered_at is not null', of: 'true' },
      name: { de: 'Beantwortet', en: 'Answered' },
    },
  ],
}
