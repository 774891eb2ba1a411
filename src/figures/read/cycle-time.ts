import { calendarJoins, minutesBetween } from '../calendar.ts'
import { isWork, ofTicket } from '../columns.ts'
import type { Reader } from '../reader.ts'

export const cycleTime: Reader = {
  key: 'cycle-time',
  facts: `
    select t.closed_at as at, ${ofTicket}, ${minutesBetween('t.office', 't.opened_at', 't.closed_at')} as minutes,
      extract(epoch from t.closed_at - t.opened_at) / 60 as by_the_clock
    from ticket t
    ${calendarJoins('t.office', 't.opened_at', 't.closed_at')}
    where t.closed_at >= $1 and t.closed_at < $2 and ${isWork}`,
  countsFrom: 'select min(opened_at) as since from ticket where closed_at >= $1 and closed_at < $2',
  parts: [
    {
      ...{ key: 'office', kind: 'minutes', value: 'minutes', where: 'true' },
      name: { de: 'Bearbeitungszeit in Bürozeit', en: 'Cycle time in office hours' },
    },
    {
      ...{ key: 'clock', kind: 'minutes', value: 'by_the_clock', where: 'true' },
      name: { de: 'Bearbeitungszeit nach der Uhr', en: 'Cycle time by the clock' },
    },
  ],
}
