import { ofMail, ofTicket } from '../columns.ts'
import { countsOf, type Reader } from '../reader.ts'

/** Words of the trail: a budget that is used up is named at the end of a sentence, whatever the mail itself said. */
const byBudget = `'$[*] ? (@.because like_regex "; budgets\\\\.[A-Za-z0-9]+ is [0-9]+$")'`
const noAnswer = `'$[*] ? (@.rule == "auto-reply" && @.hit == false)'`
const budgetNamed = `substring(i.trail::text from '; budgets\\.([A-Za-z0-9]+) is [0-9]+"')`
const used = (words: string) =>
  `substring(e.detail ->> '${words}' from '; budgets\\.([A-Za-z0-9]+) is [0-9]+$')`

/** Refusals of the guard are told by their reasons; that of our own number is a loop, the two of an amount are budgets. */
const whyNotRung = `case when r.reason in ('per-number', 'per-hour') then 'budget' when r.reason = 'own' then 'own' else 'number' end`

export const loopsStopped: Reader = {
  key: 'loops-stopped',
  facts: `
    select i.taken_in_at as at, 'mail' as way, ${ofMail},
      case when i.outcome = 'note-machine-mail' then 'machine'
        when i.trail @? ${byBudget} then 'budget'
        when i.trail::text like '%no automatic letters to it until%' then 'suppressed'
        when i.trail::text like '%the answer would go to ourselves%' then 'own'
        else 'asks-none' end as why,
      case when i.trail @? ${byBudget} then ${budgetNamed} end as budget
    from inbound i left join ticket t on t.id = i.ticket_id
    where i.taken_in_at >= $1 and i.taken_in_at < $2
      and (i.outcome = 'note-machine-mail' or i.trail @? ${noAnswer} or i.trail @? ${byBudget})
    union all
    select e.at, case when ${used('noText')} is null then 'mail' else 'text' end, ${ofTicket}, 'budget',
      coalesce(${used('noText')}, ${used('noMail')})
    from entry e join ticket t on t.id = e.ticket_id
    where e.kind in ('no-confirmation', 'no-update-possible') and e.at >= $1 and e.at < $2
      and (${used('noText')} is not null or ${used('noMail')} is not null)
    union all
    select r.at, 'call', ${ofTicket}, ${whyNotRung}, case when r.reason in ('per-number', 'per-hour') then r.reason end
    from refused_dial r left join ticket t on t.id = r.ticket_id
    where r.at >= $1 and r.at < $2`,
  parts: [
    {
      key: 'all',
      kind: 'count',
      where: 'true',
      name: {
        de: 'Automatische Antworten und Anrufe unterblieben',
        en: 'Automatic answers and calls not made',
      },
    },
    ...countsOf(
      'way-',
      {
        mail: { de: 'davon E-Mails', en: 'of these e-mails' },
        text: { de: 'davon SMS', en: 'of these text messages' },
        call: { de: 'davon Anrufe', en: 'of these calls' },
      },
      key => `way = '${key}'`,
    ),
    ...countsOf(
      'why-',
      {
        budget: { de: 'Grund: Budget erschöpft', en: 'Why: budget used up' },
        machine: { de: 'Grund: Automatische Nachricht', en: 'Why: mail of a machine' },
        suppressed: { de: 'Grund: Adresse unzustellbar', en: 'Why: address does not exist' },
        own: { de: 'Grund: ginge an uns selbst', en: 'Why: would go to ourselves' },
        number: { de: 'Grund: Nummer nicht erlaubt', en: 'Why: number not allowed' },
        'asks-none': { de: 'Grund: Nachricht lässt keine Antwort zu', en: 'Why: the mail allows no answer' },
      },
      key => `why = '${key}'`,
    ),
    ...countsOf(
      'budget-',
      {
        addressPerHour: { de: 'Budget: Adresse, Stunde', en: 'Budget: address, hour' },
        addressPerDay: { de: 'Budget: Adresse, Tag', en: 'Budget: address, day' },
        totalPer10Minutes: { de: 'Budget: alle Kunden, 10 Minuten', en: 'Budget: all customers, 10 minutes' },
        totalPerHour: { de: 'Budget: alle Kunden, Stunde', en: 'Budget: all customers, hour' },
        ticketPer10Minutes: { de: 'Budget: Vorgang, 10 Minuten', en: 'Budget: ticket, 10 minutes' },
        ticketPerHour: { de: 'Budget: Vorgang, Stunde', en: 'Budget: ticket, hour' },
        'per-number': { de: 'Budget: Anrufe je Nummer, Tag', en: 'Budget: calls of one number, day' },
        'per-hour': { de: 'Budget: Anrufe insgesamt, Stunde', en: 'Budget: all calls, hour' },
        reopensPerHour: { de: 'Budget: Wiedereröffnungen, Stunde', en: 'Budget: reopenings, hour' },
      },
      key => `budget = '${key}'`,
    ),
  ],
}
