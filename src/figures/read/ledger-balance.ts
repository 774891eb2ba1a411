import { ofMail } from '../columns.ts'
import { countsOf, type Reader } from '../reader.ts'

const outcomes = {
  'open-ticket': { de: 'eröffnete einen Vorgang', en: 'opened a ticket' },
  'add-entry': { de: 'kam zu einem Vorgang', en: 'joined a ticket' },
  'agent-mail': { de: 'von Mitarbeitern', en: 'of an agent' },
  hold: { de: 'zurückgehalten', en: 'held' },
  'note-machine-mail': { de: 'automatische Nachricht', en: 'mail of a machine' },
  'note-own-mail': { de: 'eigene Nachricht', en: 'mail of our own' },
  'note-duplicate': { de: 'Kopie', en: 'copy' },
  'note-before-start': { de: 'vor dem Beginn', en: 'before the start' },
  quarantine: { de: 'Quarantäne', en: 'quarantine' },
} as const

const listed = Object.keys(outcomes)
  .map(key => `'${key}'`)
  .join(', ')

/** Comparisons with the server belong to the group of their mailbox, as mails do that no ticket came of. */
const ofMailbox = ofMail.replace(
  't.area, t.product, t.company_id, t.assignee',
  'null::text, null::text, null::uuid, null::text',
)

export const ledgerBalance: Reader = {
  key: 'ledger-balance',
  facts: `
    select i.taken_in_at as at, 'mail' as what, ${ofMail}, i.outcome, 0 as missing, 0 as reread
    from inbound i left join ticket t on t.id = i.ticket_id
    where i.taken_in_at >= $1 and i.taken_in_at < $2
    union all
    select i.at, 'balance', ${ofMailbox.replace('t.channel', 'null').replace('t."group"', 'null')}, null,
      coalesce(jsonb_array_length(i.detail -> 'missing'), 0), i.reread
    from balance i where i.at >= $1 and i.at < $2`,
  parts: [
    { key: 'mails', kind: 'count', where: `what = 'mail'`, name: { de: 'Eingegangen', en: 'Arrived' } },
    ...countsOf('outcome-', outcomes, key => `outcome = '${key}'`),
    {
      ...{ key: 'outcome-other', kind: 'count', where: `what = 'mail' and outcome not in (${listed})` },
      name: { de: 'anderes', en: 'something else' },
    },
    {
      ...{ key: 'balances', kind: 'count', where: `what = 'balance'` },
      name: { de: 'Vergleiche mit den Postfächern', en: 'Comparisons with mailboxes' },
    },
    {
      ...{ key: 'differences', kind: 'count', where: `what = 'balance' and missing > 0` },
      name: { de: 'davon mit fehlenden Nachrichten', en: 'of these with mails missing' },
    },
    {
      key: 'missing',
      kind: 'sum',
      value: 'missing',
      name: { de: 'Fehlende Nachrichten', en: 'Mails missing' },
    },
    {
      ...{ key: 'reread', kind: 'sum', value: 'reread' },
      name: { de: 'Nachgelesene Nachrichten', en: 'Mails read again' },
    },
  ],
}
