/** The letters to the owners of promises, as examples. */
import type { PromiseTaskData } from '../../desk/promise/promise-notice.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Example } from './agent-examples.ts'

type Ticket = Pick<PromiseTaskData, 'ticketNumber' | 'subject' | 'customerName' | 'office'>

const counted = {
  de: 'eingegangen Fr. 13:18, 120 Min. am Freitag, fällig Fr. 15:18',
  en: 'received Fri 13:18, 120 min on Friday, due Fri 15:18',
}
const asked = {
  de: 'Der MV-400 zeigt seit heute Morgen E 17. Was können wir tun?',
  en: 'The MV-400 has shown E 17 since this morning. What can we do?',
}
const noted = { de: 'Ersatzteil ist bestellt.', en: 'The spare part is on order.' }

/** `at` is a working day at noon. */
export function promiseExamples(
  language: Language,
  { ticketNumber, subject, customerName, office }: Ticket,
  at: string,
  { known, missing }: Pick<PromiseTaskData, 'known' | 'missing'>,
): readonly Example[] {
  const half: PromiseTaskData = {
    ...{ ticketNumber, subject, customerName, office, known, missing },
    ...{ about: 'half', promise: 'first-response', agent: 'jana', customerAddress: 'anna@example.org' },
    ...{ dueAt: '2026-11-20T14:18:00Z', brokenAt: null, leftMinutes: 60, derivation: counted[language] },
    ...{ severity: null, level: 1, assignee: null },
    said: [{ at, by: 'customer', author: '', text: asked[language] }],
  }
  const solution: PromiseTaskData = {
    ...half,
    ...{ promise: 'resolution', severity: 'stopped', level: 2, assignee: 'jana' },
    said: [...half.said, { at, by: 'note', author: 'Jana Petersen', text: noted[language] }],
  }
  const over = { about: 'broken', leftMinutes: null, brokenAt: '2026-11-20T12:18:00Z' } as const
  return [
    ['promise-task-half', 'promise-task', half],
    [
      'promise-task-three-quarters',
      'promise-task',
      { ...solution, about: 'three-quarters', leftMinutes: 30 },
    ],
    [
      'promise-task-update',
      'promise-task',
      { ...half, about: 'three-quarters', promise: 'status-update', leftMinutes: 30, said: [] },
    ],
    ['promise-task-broken', 'promise-task', { ...half, ...over }],
    [
      'promise-task-broken-solution',
      'promise-task',
      { ...solution, ...over, dueAt: null, customerAddress: '' },
    ],
  ]
}
