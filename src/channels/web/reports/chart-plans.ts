import type { Language } from '../../../desk/ticket.ts'
import type { FigureKey } from '../../../figures/figure.ts'

/** What is drawn of each figure. Parts that are not drawn stand in the tables and in the files to download. */

export type ChartPlan =
  /** Numbers of their own, of one kind. */
  | { readonly kind: 'values'; readonly parts: readonly string[] }
  /** Parts of one whole; "why-" means all parts whose key begins so. */
  | {
      readonly kind: 'shares'
      readonly parts: readonly string[]
      readonly name: Readonly<Record<Language, string>>
    }
  /** Votes from 1 to 5. */
  | { readonly kind: 'votes'; readonly parts: readonly string[] }

export const chartPlans: Readonly<Record<FigureKey, readonly ChartPlan[]>> = {
  throughput: [
    { kind: 'values', parts: ['opened', 'closed'] },
    { kind: 'values', parts: ['open'] },
  ],
  'first-response': [
    { kind: 'values', parts: ['minutes'] },
    { kind: 'values', parts: ['kept', 'answered'] },
  ],
  'callback-punctuality': [
    { kind: 'values', parts: ['punctual'] },
    {
      kind: 'shares',
      parts: ['kept', 'late', 'never', 'withdrawn', 'running'],
      name: { de: 'Was daraus wurde', en: 'What became of them' },
    },
    { kind: 'shares', parts: ['why-not-'], name: { de: 'Warum zu spät oder nie', en: 'Why late or never' } },
  ],
  promises: [
    { kind: 'values', parts: ['kept'] },
    {
      kind: 'values',
      parts: ['first-response', 'callback', 'status-update', 'resolution', 'manager-contact'],
    },
  ],
  'cycle-time': [
    { kind: 'values', parts: ['office'] },
    { kind: 'values', parts: ['clock'] },
  ],
  reopened: [
    { kind: 'values', parts: ['share'] },
    { kind: 'values', parts: ['reopenings'] },
  ],
  escalations: [
    { kind: 'shares', parts: ['level-'], name: { de: 'Nach Stufe', en: 'By level' } },
    { kind: 'shares', parts: ['cause-'], name: { de: 'Nach Anlass', en: 'By cause' } },
    { kind: 'values', parts: ['acknowledged'] },
  ],
  'vendor-waiting': [
    { kind: 'values', parts: ['waited'] },
    { kind: 'shares', parts: ['outcome-'], name: { de: 'Ergebnisse', en: 'Outcomes' } },
    { kind: 'votes', parts: ['rating'] },
  ],
  satisfaction: [
    { kind: 'votes', parts: ['score'] },
    { kind: 'values', parts: ['solved', 'answer-rate'] },
  ],
  causes: [
    { kind: 'values', parts: ['recurring', 'reopened'] },
    { kind: 'values', parts: ['closed'] },
  ],
  'loops-stopped': [
    {
      kind: 'shares',
      parts: ['why-'],
      name: { de: 'Warum nicht geantwortet wurde', en: 'Why there was no answer' },
    },
  ],
  'mails-held': [
    { kind: 'shares', parts: ['reason-'], name: { de: 'Weshalb zurückgehalten', en: 'Why held' } },
    { kind: 'shares', parts: ['decision-'], name: { de: 'Wie entschieden wurde', en: 'How it was decided' } },
    { kind: 'values', parts: ['minutes'] },
  ],
  'ledger-balance': [
    {
      kind: 'shares',
      parts: ['outcome-'],
      name: { de: 'Was mit den Nachrichten geschah', en: 'What became of the mails' },
    },
    { kind: 'values', parts: ['missing'] },
  ],
}

export function isPlanned(plan: ChartPlan, key: string): boolean {
  return plan.parts.some(part => (part.endsWith('-') ? key.startsWith(part) : key === part))
}
