import type { CommandEntry } from './command-words.ts'

/** The commands that document a matter and tell its customer how it stands; part of the table in command-words.ts. */
export const documentingCommands = {
  status: {
    words: { de: ['stand', 'zwischenstand'], en: ['status'] },
    argument: 'needed',
    form: { de: 'was geschah | was als Nächstes kommt', en: 'what was done | what comes next' },
    does: {
      de: 'schreibt dem Kunden einen Zwischenstand; der zweite Teil darf fehlen oder auf der nächsten Zeile stehen',
      en: 'sends the customer a status update; the second part may be left out, or stand on the next line',
    },
    ...{ goesOn: true, reachesCustomer: true },
  },
  cause: {
    words: { de: ['ursache'], en: ['cause'] },
    argument: 'needed',
    form: { de: 'text', en: 'text' },
    does: { de: 'hält die Ursache fest', en: 'records the cause' },
    ...{ repeats: true, goesOn: true },
  },
  immediate: {
    words: { de: ['sofort', 'sofortmaßnahme'], en: ['immediate'] },
    argument: 'needed',
    form: { de: 'text', en: 'text' },
    does: { de: 'hält eine Sofortmaßnahme fest', en: 'records an immediate measure' },
    ...{ repeats: true, goesOn: true },
  },
  corrective: {
    words: { de: ['korrektur', 'korrekturmaßnahme'], en: ['corrective'] },
    argument: 'needed',
    form: { de: 'text', en: 'text' },
    does: { de: 'hält eine Korrekturmaßnahme fest', en: 'records a corrective measure' },
    ...{ repeats: true, goesOn: true },
  },
  preventive: {
    words: { de: ['vorbeugung', 'vorbeugemaßnahme'], en: ['preventive', 'prevention'] },
    argument: 'needed',
    form: { de: 'text', en: 'text' },
    does: {
      de: 'hält fest, was getan wird, damit es nicht wieder vorkommt',
      en: 'records what is done so that it does not happen again',
    },
    ...{ repeats: true, goesOn: true },
  },
  redress: {
    words: { de: ['ausgleich', 'entschädigung'], en: ['redress', 'compensation'] },
    argument: 'needed',
    form: { de: 'text', en: 'text' },
    does: {
      de: 'hält fest, was der Kunde zum Ausgleich erhält',
      en: 'records what the customer gets in redress',
    },
    ...{ repeats: true, goesOn: true },
  },
  result: {
    words: { de: ['ergebnis'], en: ['result'] },
    argument: 'needed',
    form: { de: 'text', en: 'text' },
    does: {
      de: 'hält das Ergebnis fest; mit #erledigt ohne weiteren Text liest es der Kunde',
      en: 'records the result; with #close and no other text the customer reads it',
    },
    ...{ repeats: true, goesOn: true, reachesCustomer: true },
  },
  impact: {
    words: { de: ['auswirkung'], en: ['impact'] },
    argument: 'needed',
    form: { de: 'finanzschaden | erheblich | normal', en: 'financial-loss | serious | normal' },
    does: {
      de: 'legt fest, was die Störung den Kunden kostet',
      en: 'sets what the fault costs the customer',
    },
  },
  'customer-severity': {
    words: { de: ['kundensicht'], en: ['customerview'] },
    argument: 'needed',
    form: { de: 'betriebsverhindernd | betriebsbehindernd | gering', en: 'stopped | hindered | minor' },
    does: {
      de: 'hält fest, wie schwer die Störung aus Sicht des Kunden ist',
      en: 'records how serious the fault is in the customer’s own view',
    },
  },
} satisfies Record<string, CommandEntry>
