import { ofMail } from '../columns.ts'
import { countsOf, type Reader } from '../reader.ts'

export const mailsHeld: Reader = {
  key: 'mails-held',
  facts: `
    select h.held_at as at, ${ofMail}, h.state, h.reason, h.decision,
      extract(epoch from h.decided_at - h.held_at) / 60 as minutes
    from held h join inbound i on i.id = h.inbound_id left join ticket t on t.id = coalesce(h.ticket_id, i.ticket_id)
    where h.held_at >= $1 and h.held_at < $2`,
  parts: [
    { key: 'held', kind: 'count', where: 'true', name: { de: 'Zurückgehalten', en: 'Held' } },
    {
      ...{ key: 'decided', kind: 'share', part: `state = 'decided'`, of: 'true' },
      name: { de: 'Entschieden', en: 'Decided' },
    },
    {
      ...{ key: 'minutes', kind: 'minutes', value: 'minutes', where: `state = 'decided'` },
      name: { de: 'Bis zur Entscheidung, nach der Uhr', en: 'Until decided, by the clock' },
    },
    ...countsOf(
      'decision-',
      {
        add: { de: 'Entscheidung: zum Vorgang', en: 'Decision: added to its ticket' },
        new: { de: 'Entscheidung: neuer Vorgang', en: 'Decision: new ticket' },
        send: { de: 'Entscheidung: gesendet', en: 'Decision: sent' },
        discard: { de: 'Entscheidung: nichts folgt', en: 'Decision: nothing follows' },
      },
      key => `decision = '${key}'`,
    ),
    ...countsOf(
      'reason-',
      {
        stranger: { de: 'Grund: Fremder zu einem Vorgang', en: 'Why: stranger about a ticket' },
        'agent-unproven': { de: 'Grund: Absender nicht bewiesen', en: 'Why: sender not proven' },
        'internal-text': { de: 'Grund: interner Text', en: 'Why: internal text' },
        audience: { de: 'Grund: weitere Empfänger', en: 'Why: other recipients' },
      },
      key => `reason = '${key}'`,
    ),
    {
      ...{ key: 'reason-other', kind: 'count' },
      where: `reason not in ('stranger', 'agent-unproven', 'internal-text', 'audience')`,
      name: { de: 'Grund: anderes', en: 'Why: something else' },
    },
  ],
}
