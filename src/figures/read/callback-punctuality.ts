import { ofTicket } from '../columns.ts'
import { countsOf, type Reader } from '../reader.ts'

/**
 * A promised call may have several promises: a broken one is followed by the next. The call was punctual if the first one
 * was kept, so a call is late as soon as one of its promises was broken. Promises name their ticket only; those that ended
 * while the call was owed are its own, because a ticket is owed one call at a time. Every call inward is owed a call from its
 * first ring on; who is put through needs none, and would make the figure look better the less it is about.
 */
const became = `case
  when broken_at is not null and first_contact_at is not null then 'late'
  when broken_at is not null then 'never'
  when put_through then 'put-through'
  when kept then 'kept'
  when state = 'unreached' then 'never'
  when state = 'withdrawn' then 'withdrawn'
  else 'running' end`

/** Of those that were late or never: was the customer's telephone rung at all before the time was over? */
const tried = 'first_attempt_at is not null and (broken_at is null or first_attempt_at <= broken_at)'

export const callbackPunctuality: Reader = {
  key: 'callback-punctuality',
  facts: `
    select c.*, ${became} as became from (
      select c.created_at as at, ${ofTicket}, c.state, c.first_attempt_at, c.first_contact_at, p.broken_at,
        coalesce(p.kept, false) as kept, coalesce(p.put_through, false) as put_through, p.why
      from callback c join ticket t on t.id = c.ticket_id
      left join (
        select c.id, min(g.ended_at) filter (where g.state = 'broken') as broken_at, bool_or(g.state = 'kept') as kept,
          bool_or(g.state = 'kept' and g.reason = 'put-through') as put_through,
          max(g.reason) filter (where g.state = 'withdrawn' and g.reason <> 'agreed') as why
        from callback c join guarantee g on g.ticket_id = c.ticket_id and g.kind = 'callback'
          and g.ended_at > c.created_at and g.ended_at <= coalesce(c.ended_at, 'infinity')
        where c.created_at >= $1 and c.created_at < $2
        group by c.id) p on p.id = c.id
      where c.created_at >= $1 and c.created_at < $2) c`,
  parts: [
    {
      ...{ key: 'punctual', kind: 'share', part: `became = 'kept'` },
      of: `became in ('kept', 'late', 'never')`,
      name: { de: 'Pünktlich', en: 'On time' },
    },
    ...countsOf(
      '',
      {
        kept: { de: 'Eingehalten', en: 'Kept' },
        late: { de: 'Zu spät', en: 'Late' },
        never: { de: 'Nie erreicht', en: 'Never' },
        withdrawn: { de: 'Zurückgenommen', en: 'Withdrawn' },
        running: { de: 'Noch offen', en: 'Still owed' },
        'put-through': { de: 'Kein Rückruf nötig: durchgestellt', en: 'No call needed: put through' },
      },
      key => `became = '${key}'`,
    ),
    {
      ...{ key: 'why-not-tried', kind: 'count', where: `became in ('late', 'never') and not (${tried})` },
      name: { de: 'Grund: niemand rief rechtzeitig an', en: 'Why: nobody rang in time' },
    },
    {
      ...{ key: 'why-not-reached', kind: 'count', where: `became in ('late', 'never') and ${tried}` },
      name: { de: 'Grund: angerufen, nicht erreicht', en: 'Why: rung, not reached' },
    },
    ...countsOf(
      'why-',
      {
        closed: { de: 'Zurückgenommen: Vorgang abgeschlossen', en: 'Withdrawn: matter closed' },
        joined: { de: 'Zurückgenommen: anderer Vorgang führt fort', en: 'Withdrawn: another ticket goes on' },
        unreachable: { de: 'Zurückgenommen: Nummer nicht anrufbar', en: 'Withdrawn: number cannot be rung' },
      },
      key => `became = 'withdrawn' and why = '${key}'`,
    ),
  ],
}
