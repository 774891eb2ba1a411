import type { Dimension, FigureDefinition } from './figure.ts'

export const ofTickets: readonly Dimension[] = [
  ...(['channel', 'group', 'area', 'product', 'customer', 'agent-group'] as const),
  ...(['day', 'week', 'month'] as const),
]

/** Amounts and times. */
export const timeDefinitions: readonly FigureDefinition[] = [
  {
    key: 'throughput',
    name: { de: 'Durchsatz', en: 'Throughput' },
    formula: {
      de: 'Vorgänge, die im Zeitraum eröffnet wurden; Abschlüsse im Zeitraum, auch solche, auf die eine Wiedereröffnung folgte; offen am Ende = zu Beginn offene + eröffnete + wiedereröffnete − abgeschlossene. Zusammengeführte Vorgänge zählen nur bei dem, in den sie aufgingen; als Spam abgelegte zählen weder als eröffnet noch als abgeschlossen; Nachrichten von Automaten eröffnen keinen Vorgang.',
      en: 'Tickets opened in the period; closings in the period, those that were followed by a reopening included; open at the end = open at the beginning + opened + reopened − closed. Merged tickets count only as the one they were merged into; those put aside as spam count neither as opened nor as closed; mails of machines open no ticket.',
    },
    serves: ['L6', 'L1'],
    dimensions: ofTickets,
    better: 'neither',
  },
  {
    key: 'first-response',
    name: { de: 'Erste Antwort', en: 'First response' },
    formula: {
      de: 'Für Vorgänge, die im Zeitraum eröffnet wurden: Minuten in der Bürozeit ihres Standorts von der Eröffnung bis zur ersten Antwort eines Menschen (Nachricht eines Mitarbeiters, durchgestelltes Gespräch, Rückruf mit Gespräch); Median und 90. Perzentil der beantworteten. Zusage eingehalten = eingehaltene ÷ (eingehaltene + gebrochene) der ersten Zusage einer Antwort je Vorgang. Automatische Antworten sind keine; zusammengeführte Vorgänge und Spam bleiben außen vor, aus den Minuten auch Vorgänge eines nicht mehr konfigurierten Standorts.',
      en: 'For tickets opened in the period: minutes in the office hours of their office from opening to the first answer of a human (a mail of an agent, a call put through, a callback that was a conversation); median and 90th percentile of those answered. Promise kept = kept ÷ (kept + broken) of each ticket’s first promise of an answer. Automatic answers are none; merged tickets and spam are left out, and from the minutes those of an office that is no longer configured.',
    },
    serves: ['G6', 'L1', 'L5'],
    dimensions: ofTickets,
    better: 'less',
  },
  {
    key: 'callback-punctuality',
    name: { de: 'Pünktlichkeit der Rückrufe', en: 'Callback punctuality' },
    formula: {
      de: 'Für Rückrufe, die im Zeitraum zugesagt wurden: pünktlich = eingehalten ÷ (eingehalten + zu spät + nie). Zu spät: eine Zusage brach, danach kam das Gespräch zustande. Nie: eine Zusage brach ohne Gespräch bis heute, oder alle Versuche blieben vergeblich. Wer anruft und durchgestellt wird, braucht keinen Rückruf und zählt nicht mit. Grund bei zu spät und nie: vor dem Bruch hat niemand angerufen, oder der Kunde wurde nicht erreicht. Was eine Zusage einhält, Versuch oder Gespräch, sagt `phone.callback.keptBy`.',
      en: 'For callbacks promised in the period: on time = kept ÷ (kept + late + never). Late: a promise was broken and the conversation came later. Never: a promise was broken and no conversation has followed, or all tries were in vain. Callers who were put through need no call and are not part of it. The reason for late and never: nobody rang before it was broken, or the customer was not reached. What keeps the promise, a try or a conversation, is said by `phone.callback.keptBy`.',
    },
    serves: ['L1', 'L5', 'G6'],
    dimensions: ofTickets,
    better: 'more',
  },
  {
    key: 'promises',
    name: { de: 'Zusagen', en: 'Promises' },
    formula: {
      de: 'Alle Zusagen, die im Zeitraum begannen, auch die Folgezusagen nach einer gebrochenen: eingehalten = eingehaltene ÷ (eingehaltene + gebrochene), insgesamt und je Art. Jedem Anrufer ist vom ersten Klingeln an ein Rückruf zugesagt; wird er durchgestellt, ist die Zusage eingehalten. Zurückgenommene und noch laufende stehen daneben und zählen nicht mit. „Erste Antwort eingehalten“ zählt hier jede Zusage; die Kennzahl „Erste Antwort“ zählt je Vorgang nur die erste.',
      en: 'All promises that began in the period, those that followed a broken one included: kept = kept ÷ (kept + broken), of all and of each kind. Every caller is promised a call from the first ring on; putting the caller through keeps it. Withdrawn ones and those still running stand beside and are not part of it. “First response kept” counts every promise here; the figure “First response” counts only the first of each ticket.',
    },
    serves: ['L1', 'L5', 'G6'],
    dimensions: ofTickets,
    better: 'more',
  },
  {
    key: 'cycle-time',
    name: { de: 'Bearbeitungszeit', en: 'Cycle time' },
    formula: {
      de: 'Für Vorgänge, die im Zeitraum zuletzt abgeschlossen wurden: Minuten von der Eröffnung bis zum Abschluss, in der Bürozeit ihres Standorts und nach der Uhr; Median und 90. Perzentil. Wartezeiten auf Kunden und Hersteller zählen mit. Zusammengeführte Vorgänge und Spam bleiben außen vor.',
      en: 'For tickets whose last closing fell into the period: minutes from opening to closing, in the office hours of their office and by the clock; median and 90th percentile. Time spent waiting for customers and manufacturers is part of it. Merged tickets and spam are left out.',
    },
    serves: ['L6'],
    dimensions: ofTickets,
    better: 'less',
  },
  {
    key: 'vendor-waiting',
    name: { de: 'Warten auf Hersteller', en: 'Vendor waiting' },
    formula: {
      de: 'Für Herstellerfälle, die im Zeitraum eröffnet wurden: Minuten nach der Uhr, in denen auf eine Antwort gewartet wurde, die laufende Wartezeit eingeschlossen; Median und 90. Perzentil je Fall. Daneben Fälle, in denen eine Frist ohne Antwort verstrich, auch wenn die Antwort später kam, Eskalationen beim Hersteller, Ergebnisse und unsere Bewertung von 1 bis 5.',
      en: 'For cases at manufacturers opened in the period: minutes by the clock in which an answer was awaited, what runs now included; median and 90th percentile of the cases. Beside it cases in which an answer was not there in time, even if it came later, cases raised inside the manufacturer, outcomes, and our rating from 1 to 5.',
    },
    serves: ['E5', 'E8', 'L5'],
    dimensions: ['vendor', ...ofTickets],
    better: 'less',
  },
]
