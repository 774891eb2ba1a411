/** Reports by mail, as examples. */
import type { ReportData, ReportSection } from '../../desk/reports/report-data.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Example } from './agent-examples.ts'

const both = <T>(de: T, en: T) => ({ de, en })

const period = both('16.11.2026 bis 22.11.2026', '16 November 2026 to 22 November 2026')

const numbers: Readonly<Record<Language, ReportData['numbers']>> = both(
  [
    { figure: 'Durchsatz', part: 'Neu eröffnet', value: '84', before: '91', change: 'less' },
    {
      figure: 'Erste Antwort',
      part: 'Bis zur ersten Antwort',
      value: '48 min, 9 von 10 in 2 h 5 min (80 gezählt)',
      before: '–',
      change: '',
    },
    {
      figure: 'Zusagen',
      part: 'Eingehalten',
      value: '112 von 120 (93 %)',
      before: '101 von 118 (86 %)',
      change: 'better',
    },
  ],
  [
    { figure: 'Throughput', part: 'Opened', value: '84', before: '91', change: 'less' },
    {
      figure: 'First response',
      part: 'Until the first response',
      value: '48 min, 9 of 10 within 2 h 5 min (80 counted)',
      before: '–',
      change: '',
    },
    {
      figure: 'Promises',
      part: 'Kept',
      value: '112 of 120 (93%)',
      before: '101 of 118 (86%)',
      change: 'better',
    },
  ],
)

const late: Readonly<Record<Language, ReportSection>> = both(
  {
    ...{ title: 'Gebrochene Zusagen', columns: ['Ticket', 'Zusage', 'Fällig', 'Zuständig'], more: 3 },
    rows: [
      {
        cells: [
          '[#1004711] Messverstärker zeigt E 17 (Anna Schmidt)',
          'Erste Antwort',
          '18.11., 11:20',
          'Jana Petersen',
        ],
        bar: null,
      },
    ],
  },
  {
    ...{ title: 'Broken promises', columns: ['Ticket', 'Promise', 'Due', 'Responsible'], more: 3 },
    rows: [
      {
        cells: [
          '[#1004711] Amplifier shows E 17 (Anna Smith)',
          'First response',
          '18/11, 11:20',
          'Jana Petersen',
        ],
        bar: null,
      },
    ],
  },
)

const apart: Readonly<Record<Language, ReportSection>> = both(
  {
    ...{ title: 'Zusagen: Eingehalten', columns: ['Abteilung', 'Wert'], more: 0 },
    rows: [
      { cells: ['Service', '80 von 82 (98 %)'], bar: 98 },
      { cells: ['Außendienst', '32 von 38 (84 %)'], bar: 84 },
    ],
  },
  {
    ...{ title: 'Promises: Kept', columns: ['Department', 'Value'], more: 0 },
    rows: [
      { cells: ['Service', '80 of 82 (98%)'], bar: 98 },
      { cells: ['Field service', '32 of 38 (84%)'], bar: 84 },
    ],
  },
)

const trend: Readonly<Record<Language, ReportSection>> = both(
  {
    ...{ title: 'Durchsatz: Neu eröffnet (nach Woche)', columns: ['Woche', 'Wert'], more: 0 },
    rows: [
      { cells: ['KW 46/2026', '91'], bar: 100 },
      { cells: ['KW 47/2026', '84'], bar: 92 },
    ],
  },
  {
    ...{ title: 'Throughput: Opened (by week)', columns: ['Week', 'Value'], more: 0 },
    rows: [
      { cells: ['week 46/2026', '91'], bar: 100 },
      { cells: ['week 47/2026', '84'], bar: 92 },
    ],
  },
)

export function reportExamples(language: Language): readonly Example[] {
  const data: ReportData = {
    ...{ key: 'example', name: 'Jana Petersen', period: period[language], every: 'week', about: ['Service'] },
    numbers: numbers[language],
    sections: [late[language], { ...apart[language], rows: [], more: 0 }],
    link: 'https://gateway.example.com/desk/reports?from=2026-11-16&to=2026-11-22',
    file: { filename: 'report-2026-11-16.csv', contentType: 'text/csv; charset=utf-8', text: 'figure\r\n' },
  }
  const ofAll = { ...data, about: [], link: '' }
  return [
    ['report-team', 'report-team', data],
    ['report-division', 'report-division', { ...data, sections: [apart[language]] }],
    ['report-executive', 'report-executive', { ...ofAll, every: 'month', sections: [trend[language]] }],
  ]
}
