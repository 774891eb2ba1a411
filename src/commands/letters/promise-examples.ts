/** The letters to the owners of promises, as examples. */
import type { PromiseTaskData } from '../../desk/promise/promise-notice.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Example } from './agent-examples.ts'

type Ticket = Pick<PromiseTaskData, 'ticketNumber' | 'subject' | 'customerName' | 'office'>

/** How each promise was worked out; the letters are written at 13:20. */
const counted = {
  half: {
    de: 'eingegangen Fr. 12:20, 120 Min. am Freitag, fällig Fr. 14:20',
    en: 'received Fri 12:20, 120 min on Friday, due Fri 14:20',
  },
  solution: {
    de: 'eingegangen Fr. 10:20, 240 Min. am Freitag, fällig Fr. 14:20',
    en: 'received Fri 10:20, 240 min on Friday, due Fri 14:20',
  },
  update: {
    de: 'ab Fr. 11:50, 120 Min. am Freitag, fällig Fr. 13:50',
    en: 'from Fri 11:50, 120 min on Friday, due Fri 13:50',
  },
  anew: {
    de: 'ab Fr. 13:18, 120 Min. am Freitag, fällig Fr. 15:18',
    en: 'from Fri 13:18, 120 min on Friday, due Fri 15:18',
  },
  over: {
    de: 'eingegangen Fr. 9:18, 240 Min. am Freitag, fällig Fr. 13:18',
    en: 'received Fri 9:18, 240 min on Friday, due Fri 13:18',
  },
}
const asked = {
  de: 'Der MV-400 zeigt seit heute Morgen E 17. Was können wir tun?',
  en: 'The MV-400 has shown E 17 since this morning. What can we do?',
}
const noted = { de: 'Ersatzteil ist bestellt.', en: 'The spare part is on order.' }

export function promiseExamples(
  language: Language,
  { ticketNumber, subject, customerName, office }: Ticket,
  { known, missing }: Pick<PromiseTaskData, 'known' | 'missing'>,
): readonly Example[] {
  const half: PromiseTaskData = {
    ...{ ticketNumber, subject, customerName, office, known, missing },
    ...{ about: 'half', promise: 'first-response', agent: 'jana', customerAddress: 'anna@example.org' },
    ...{ dueAt: '2026-11-20T13:20:00Z', brokenAt: null, leftMinutes: 60, derivation: counted.half[language] },
    ...{ severity: null, level: 1, assignee: null },
    said: [{ at: '2026-11-20T08:18:00Z', by: 'customer', author: '', text: asked[language] }],
  }
  const solution: PromiseTaskData = {
    ...half,
    ...{ promise: 'resolution', severity: 'stopped', level: 2, assignee: 'jana' },
    derivation: counted.solution[language],
    said: [
      ...half.said,
      { at: '2026-11-20T11:05:00Z', by: 'note', author: 'Jana Petersen', text: noted[language] },
    ],
  }
  const over = { about: 'broken', leftMinutes: null, brokenAt: '2026-11-20T12:18:00Z' } as const
  return [
    ['promise-task-half', 'promise-task', half],
    ['promise-task-three-quarters', 'promise-task', { ...solution, about: 'three-quarters' }],
    [
      'promise-task-update',
      'promise-task',
      {
        ...{ ...half, about: 'three-quarters', promise: 'status-update', leftMinutes: 30, said: [] },
        ...{ dueAt: '2026-11-20T12:50:00Z', derivation: counted.update[language] },
      },
    ],
    [
      'promise-task-broken',
      'promise-task',
      { ...half, ...over, dueAt: '2026-11-20T14:18:00Z', derivation: counted.anew[language] },
    ],
    [
      'promise-task-broken-solution',
      'promise-task',
      { ...solution, ...over, dueAt: null, customerAddress: '', derivation: counted.over[language] },
    ],
  ]
}
