/** The letters about how satisfied a customer is, as examples. */
import type { FeedbackAnswerData, FeedbackTaskData } from '../../desk/feedback/notice-data.ts'
import type { ClosingData } from '../../desk/promise/progress-data.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Example } from './agent-examples.ts'

const both = (de: string, en: string) => ({ de, en })
const words = both(
  'Das Gerät zeigt seit heute früh wieder E 17. Bitte rufen Sie mich an, am besten vormittags.',
  'The amplifier has shown E 17 again since this morning. Please ring me, preferably before noon.',
)
const result = both(
  'Die Eingangskarte Ihres MV-400 ist getauscht, und das Gerät hat den Abgleich bestanden.',
  'The input card of your MV-400 has been replaced, and the amplifier has passed its calibration.',
)
const counted = both(
  'eingegangen Fr. 12:20, 240 Min. am Freitag, fällig Fr. 16:20',
  'received Fri 12:20, 240 min on Friday, due Fri 16:20',
)

type Ticket = Pick<FeedbackTaskData, 'ticketNumber' | 'subject' | 'customerName' | 'office'>

/** On a working day at noon. */
export function feedbackExamples(
  language: Language,
  { ticketNumber, subject, customerName, office }: Ticket,
): readonly Example[] {
  const ticket = { ticketNumber, subject, customerName, office }
  const id = '6f0c2f0e-5a34-4a62-9c2d-6f5d8f2f7c11'
  const asked: ClosingData = {
    ...{ ...ticket, writer: 'Jana Petersen', result: result[language], ticketId: id },
    asked: { surveyId: id, openUntil: '2026-12-20T12:20:00Z' },
  }
  const wanted: FeedbackTaskData = {
    ...{ ...ticket, agent: 'jana', customerAddress: 'anna@example.org', why: ['low-score', 'wants-manager'] },
    ...{ score: 1, solved: false, words: words[language], how: 'link', isOpen: true },
    phone: both('+4930231251234', '+442079460123')[language],
    ...{ result: result[language], dueAt: '2026-11-20T15:20:00Z', derivation: counted[language] },
  }
  const low: FeedbackTaskData = {
    ...{ ...wanted, why: ['low-score'], score: 2, solved: null, words: '', how: 'reply', isOpen: false },
    ...{ phone: null, result: '' },
  }
  const answer: FeedbackAnswerData = { ...ticket, dueAt: '2026-11-20T15:20:00Z', solved: null }
  return [
    ['closing-asked', 'closing', asked],
    ['closing-asked-only', 'closing', { ...asked, result: '' }],
    ['feedback-task-wanted', 'feedback-task', wanted],
    ['feedback-task-low', 'feedback-task', low],
    ['feedback-task-unsolved', 'feedback-task', { ...low, why: ['not-solved'], score: null, solved: false }],
    ['feedback-answer', 'feedback-answer', answer],
    ['feedback-answer-unsolved', 'feedback-answer', { ...answer, solved: false }],
  ]
}
