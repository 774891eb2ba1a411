import { ofTicket } from '../columns.ts'
import { countsOf, type Reader } from '../reader.ts'

const ofCase = ofTicket.replace('null::text as vendor', 'v.vendor')

/** The clock turned to the next level or handed the case back; what an agent raises is no silence. */
const wasSilent = `exists (select from vendor_message m where m.case_id = v.id
        and (m.kind = 'overdue' or m.kind = 'escalation' and m.author = ''))`

export const vendorWaiting: Reader = {
  key: 'vendor-waiting',
  facts: `
    select v.opened_at as at, ${ofCase}, v.state, v.level as to_level, v.outcome, v.rating,
      v.waited_minutes + case when v.state = 'open' and v.waits_for = 'vendor'
        then greatest(0, extract(epoch from $7 - v.since) / 60) else 0 end as waited,
      v.state = 'open' and v.waits_for = 'vendor' and v.due_at < $7 or ${wasSilent} as overdue
    from vendor_case v join ticket t on t.id = v.ticket_id
    where v.opened_at >= $1 and v.opened_at < $2`,
  parts: [
    {
      ...{ key: 'waited', kind: 'minutes', value: 'waited', where: 'true' },
      name: { de: 'Wartezeit je Fall, nach der Uhr', en: 'Waited for, each case, by the clock' },
    },
    { key: 'cases', kind: 'count', where: 'true', name: { de: 'Fälle', en: 'Cases' } },
    {
      ...{ key: 'overdue', kind: 'count', where: 'overdue' },
      name: { de: 'Frist für eine Antwort verstrichen', en: 'Answer overdue, now or before' },
    },
    {
      ...{ key: 'raised', kind: 'share', part: 'to_level > 0', of: 'true' },
      name: { de: 'Beim Hersteller eskaliert', en: 'Raised at the manufacturer' },
    },
    {
      ...{ key: 'closed', kind: 'share', part: `state = 'closed'`, of: 'true' },
      name: { de: 'Beendet', en: 'Ended' },
    },
    ...countsOf(
      'outcome-',
      {
        repaired: { de: 'Ergebnis: repariert', en: 'Outcome: repaired' },
        replaced: { de: 'Ergebnis: ersetzt', en: 'Outcome: replaced' },
        supported: { de: 'Ergebnis: Hilfe geleistet', en: 'Outcome: supported' },
        workaround: { de: 'Ergebnis: Umgehungslösung', en: 'Outcome: workaround' },
        unsolved: { de: 'Ergebnis: ungelöst', en: 'Outcome: unsolved' },
        withdrawn: { de: 'Ergebnis: zurückgezogen', en: 'Outcome: withdrawn' },
      },
      key => `outcome = '${key}'`,
    ),
    {
      ...{ key: 'rating', kind: 'score', value: 'rating', where: 'true' },
      name: { de: 'Bewertung des Herstellers', en: 'Rating of the manufacturer' },
    },
  ],
}
