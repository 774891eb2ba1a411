import { ofTickets } from './definitions-times.ts'
import type { FigureDefinition } from './figure.ts'

/** Quality, and whether the books are right. */
export const qualityDefinitions: readonly FigureDefinition[] = [
  {
    key: 'reopened',
    name: { de: 'Wiedereröffnet', en: 'Reopened' },
    formula: {
      de: 'Anteil der im Zeitraum zuletzt abgeschlossenen Vorgänge, die irgendwann vorher wiedereröffnet worden waren; daneben die Zahl der Wiedereröffnungen im Zeitraum. Ein Vorgang, der nur auf den Kunden wartete, wird nicht wiedereröffnet. Zusammengeführte Vorgänge und Spam bleiben außen vor.',
      en: 'Share of the tickets whose last closing fell into the period that had been reopened at any time before; beside it the number of reopenings in the period. A ticket that only waited for the customer is not reopened. Merged tickets and spam are left out.',
    },
    serves: ['L6', 'L9'],
    dimensions: ofTickets,
    better: 'less',
  },
  {
    key: 'escalations',
    name: { de: 'Eskalationen', en: 'Escalations' },
    formula: {
      de: 'Eskalationen, die im Zeitraum begannen, nach Stufe und Anlass; bestätigt = bestätigte ÷ alle beendeten; Minuten nach der Uhr bis zur Bestätigung. Geht eine Eskalation zur nächsten Stufe weiter, ist das eine weitere.',
      en: 'Escalations that began in the period, by level and cause; acknowledged = acknowledged ÷ all that ended; minutes by the clock until they were acknowledged. One that goes on to the next level is another one there.',
    },
    serves: ['E5'],
    dimensions: ofTickets,
    better: 'less',
  },
  {
    key: 'satisfaction',
    name: { de: 'Zufriedenheit', en: 'Satisfaction' },
    formula: {
      de: 'Bewertungen von 1 (schlecht) bis 5 (gut), die im Zeitraum abgegeben wurden: Mittelwert und Verteilung; gelöst = „ja“ ÷ alle, die es sagten; Antworten = beantwortete ÷ alle im Zeitraum verschickten Umfragen. Bewertungen zu Vorgängen mit einer Eskalation oder einer gebrochenen Zusage stehen getrennt von den übrigen: Das zeigt, was Beschwerden die Zufriedenheit kosten.',
      en: 'Scores from 1 (bad) to 5 (good) given in the period: mean and spread; solved = “yes” ÷ all who said so; answered = answered ÷ all surveys sent in the period. Scores of tickets with an escalation or a broken promise are shown apart from the others: this is what complaints cost in satisfaction.',
    },
    serves: ['L6', 'L7', 'C6', 'G7'],
    dimensions: ofTickets,
    better: 'more',
  },
  {
    key: 'causes',
    name: { de: 'Ursachen', en: 'Causes' },
    formula: {
      de: 'Für Vorgänge, die im Zeitraum zuletzt abgeschlossen wurden, ohne zusammengeführte und ohne Spam: Die Ursache ist das bekannte Problem, sonst die zuletzt dokumentierte Ursache, verglichen ohne Groß- und Kleinschreibung und Satzzeichen. Wiederkehrend ist sie ab drei solchen Vorgängen desselben Servicebereichs. Auf Schulungsbedarf weist ein Bereich hin, in dem eine Ursache wiederkehrt oder von mindestens fünf abgeschlossenen Vorgängen mindestens ein Fünftel wiedereröffnet war.',
      en: 'For tickets whose last closing fell into the period, merged ones and spam left out: the cause is the known problem, else the cause recorded last, compared without case and punctuation. It is recurring from three such tickets of one service area on. An area points to a need for training where a cause recurs, or where of at least five closed tickets at least a fifth had been reopened.',
    },
    serves: ['L9', 'C6', 'E5'],
    dimensions: ofTickets,
    better: 'less',
  },
  {
    key: 'loops-stopped',
    name: { de: 'Unterbrochene Schleifen', en: 'Loops stopped' },
    formula: {
      de: 'Nachrichten und Anrufe im Zeitraum, auf die eine automatische Antwort unterblieb oder die einen Vorgang nicht wiedereröffnen durften, jede einmal, mit dem ersten zutreffenden Grund: automatische Nachricht, Budget erschöpft (welches), Adresse unzustellbar, Antwort ginge an uns selbst, Nachricht lässt keine Antwort zu. Aufgenommen wurden sie alle. Dazu SMS, deren Budget erschöpft war, wo auch keine E-Mail möglich war, und jede Weigerung, eine Nummer zu wählen: Budget der Anrufe, eigene Nummer, Nummer nicht erlaubt.',
      en: 'Mails and calls of the period that got no automatic answer, or were not allowed to reopen a ticket, each once, with the first reason that fits: mail of a machine, budget used up (which), address does not exist, answer would go to ourselves, mail allows no answer. All of them were taken in. Beside them text messages whose budget was used up where no e-mail was possible either, and every refusal to ring a number: budget of calls, number of our own, number not allowed.',
    },
    serves: ['L5'],
    dimensions: ofTickets,
    better: 'neither',
  },
  {
    key: 'mails-held',
    name: { de: 'Zurückgehaltene Nachrichten', en: 'Mails held' },
    formula: {
      de: 'Nachrichten, die im Zeitraum zurückgehalten wurden, weil ein Mensch entscheiden muss; entschieden = entschiedene ÷ alle; Minuten nach der Uhr bis zur Entscheidung; Entscheidungen und Gründe. Was zu keinem Vorgang gehört, zählt zur Abteilung seines Postfachs.',
      en: 'Mails held in the period because a human has to decide; decided = decided ÷ all; minutes by the clock until the decision; decisions and reasons. What belongs to no ticket counts for the department of its mailbox.',
    },
    serves: ['L5', 'L6'],
    dimensions: ofTickets,
    better: 'neither',
  },
  {
    key: 'ledger-balance',
    name: { de: 'Posteingangsbilanz', en: 'Ledger balance' },
    formula: {
      de: 'Alle Nachrichten, die im Zeitraum aufgenommen wurden, jede mit genau einem Ergebnis: Die Summe der Ergebnisse ist die Zahl der Nachrichten. Daneben die Vergleiche der Postfächer mit dem Eingangsbuch: wie viele, mit wie vielen fehlenden Nachrichten, und wie viele nachgelesen wurden. Was zu keinem Vorgang gehört, zählt zur Abteilung seines Postfachs.',
      en: 'All mails taken in during the period, each with exactly one outcome: the outcomes add up to the mails. Beside it the comparisons of mailboxes with the ledger: how many, how many mails were missing, and how many were read again. What belongs to no ticket counts for the department of its mailbox.',
    },
    serves: ['L5', 'L6'],
    dimensions: ofTickets,
    better: 'neither',
  },
]
