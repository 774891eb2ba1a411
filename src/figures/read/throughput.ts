import { isWork, ofTicket } from '../columns.ts'
import type { Reader } from '../reader.ts'
import { reopenedClosings } from './closings.ts'

/** What was closed at the beginning and reopened later counts as open by its own row: `away` takes it off again. */
const eventsOfPair = `(values
      (greatest(p.closed_at, $1), case when p.closed_at < $1 or p.was_spam then 'away' else 'closed' end),
      (p.reopened_at, 'again')) as happened (at, what)`

export const throughput: Reader = {
  key: 'throughput',
  // Several questions rather than one with "or": each finds its rows by an index of its own.
  facts: `
    select $1::timestamptz as at, 'before' as what, ${ofTicket} from ticket t
    where t.opened_at < $1 and (t.closed_at is null or t.closed_at >= $1) and ${isWork}
    union all
    select t.opened_at, 'opened', ${ofTicket} from ticket t
    where t.opened_at >= $1 and t.opened_at < $2 and ${isWork}
    union all
    select t.closed_at, 'closed', ${ofTicket} from ticket t
    where t.closed_at >= $1 and t.closed_at < $2 and ${isWork}
    union all
    select happened.at, happened.what, ${ofTicket}
    from (${reopenedClosings}) p join ticket t on t.id = p.ticket_id cross join lateral ${eventsOfPair}
    where happened.at < $2 and ${isWork}`,
  parts: [
    {
      ...{ key: 'opened', kind: 'count', where: `what = 'opened'` },
      name: { de: 'Neu eröffnet', en: 'Opened' },
    },
    {
      ...{ key: 'closed', kind: 'count', where: `what = 'closed'` },
      name: { de: 'Abgeschlossen', en: 'Closed' },
    },
    {
      ...{ key: 'open', kind: 'level' },
      ...{ plus: `what in ('before', 'opened', 'again')`, minus: `what in ('closed', 'away')` },
      name: { de: 'Am Ende offen', en: 'Open at the end' },
    },
  ],
}
