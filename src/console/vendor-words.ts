/** What lines of a ticket's history say about cases at manufacturers, in English sentences without a full stop. */

interface CaseDetail {
  readonly case: string
  readonly vendor: string
  readonly to: string
  readonly outcome: string
  readonly level: number | null
  readonly rating: number | null
}

/** Never a word of the thread itself: that is read where the case is. */
export const vendorEntryWords = {
  'vendor-opened': (one: CaseDetail) => `opened case ${one.case} with ${one.vendor}`,
  'vendor-wrote': (one: CaseDetail) =>
    `The manufacturer${one.vendor && ` (${one.vendor})`} answered in case ${one.case}`,
  'vendor-told': (one: CaseDetail) => `wrote to ${one.vendor} in case ${one.case}`,
  'vendor-escalated': (one: CaseDetail) =>
    `Case ${one.case} went to level ${one.level ?? '?'} at ${one.vendor}${one.to && `: ${one.to}`}`,
  'vendor-overdue': (one: CaseDetail) =>
    `The manufacturer${one.vendor && ` (${one.vendor})`} has not answered in case ${one.case}, and has no further level`,
  'vendor-shared': (one: CaseDetail) => `shared the last message of case ${one.case} with the customer`,
  'vendor-closed': (one: CaseDetail) =>
    `closed case ${one.case} with ${one.vendor}: ${one.outcome}, ${one.rating ?? '?'} of 5`,
}

const de = {
  title: 'Fälle beim Hersteller',
  opened: 'Eröffnet',
  case: 'Fall und Hersteller',
  way: 'Stufe und Wartezeit',
  reference: 'Nummer dort',
  noReference: 'noch nicht bekannt',
  level: 'Stufe',
  waited: 'gewartet',
  outcome: 'Stand und Ergebnis',
  minutes: (minutes: number) => `${Math.floor(minutes / 60)} Std. ${minutes % 60} Min.`,
  rating: (mark: number | null) => `Note ${mark ?? '–'} von 5`,
  waitsForVendor: 'Der Hersteller ist am Zug.',
  waitsForUs: 'Wir sind am Zug.',
  since: 'seit',
  due: 'Antwort erwartet bis',
  overdue: 'Die Antwort ist überfällig, und es gibt keine weitere Stufe.',
  outcomes: {
    repaired: 'repariert',
    replaced: 'ersetzt',
    supported: 'unterstützt',
    workaround: 'umgangen',
    unsolved: 'ungelöst',
    withdrawn: 'zurückgezogen',
  } as Readonly<Record<string, string>>,
}

const en: typeof de = {
  title: 'Cases with manufacturers',
  opened: 'Opened',
  case: 'Case and manufacturer',
  way: 'Level and waiting',
  reference: 'Number there',
  noReference: 'not known yet',
  level: 'Level',
  waited: 'waited',
  outcome: 'Standing and outcome',
  minutes: minutes => `${Math.floor(minutes / 60)} h ${minutes % 60} min`,
  rating: mark => `${mark ?? '–'} out of 5`,
  waitsForVendor: 'It is the manufacturer’s turn.',
  waitsForUs: 'It is our turn.',
  since: 'since',
  due: 'an answer is expected by',
  overdue: 'The answer is overdue, and there is no further level.',
  outcomes: {
    repaired: 'repaired',
    replaced: 'replaced',
    supported: 'supported',
    workaround: 'worked around',
    unsolved: 'unsolved',
    withdrawn: 'withdrawn',
  },
}

/** What the dossier says of cases. */
export const caseWords: Readonly<Record<'de' | 'en', typeof de>> = { de, en }
