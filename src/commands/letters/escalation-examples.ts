/** The letter about an escalation, as examples: new at its level, and at the top after nobody acknowledged. */
import type { EscalationData } from '../../desk/promise/escalation-notice.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Example } from './agent-examples.ts'

interface Ticket {
  readonly ticketNumber: string
  readonly subject: string
  readonly office: string
}

const said = {
  de: {
    customerName: 'Anna Schmidt',
    company: 'Schmidt Prüftechnik',
    reason: 'Die Fertigung steht seit heute Morgen, der Ersatz ist nicht da.',
    problem:
      'Guten Tag,\n\nder MV-400 zeigt E 17 und schaltet ab. Wir können nicht mehr ausliefern.\n\nAnna Schmidt',
    immediate: 'Ersatzgerät per Kurier bestellt, Ankunft morgen 8 Uhr.',
    levels: ['Leitung der Hotline', 'Bereichsleitung', 'Geschäftsführung'],
  },
  en: {
    customerName: 'Anna Smith',
    company: 'Smith Testing',
    reason: 'Production has been at a standstill since this morning; the replacement is not here.',
    problem: 'Hello,\n\nThe MV-400 shows E 17 and switches off. We cannot deliver any more.\n\nAnna Smith',
    immediate: 'Replacement unit ordered by courier, to arrive tomorrow at 8.',
    levels: ['Head of the hotline', 'Division management', 'Executive board'],
  },
}

export function escalationExamples(language: Language, ticket: Ticket): readonly Example[] {
  const { customerName, company, reason, problem, immediate, levels } = said[language]
  const [two = '', three = '', four = ''] = levels
  const first: EscalationData = {
    ...{ ...ticket, customerName },
    ...{ about: 'first', agent: 'jana', standsInFor: null, company, reason, problem },
    escalationId: '0198c0de-0000-4000-8000-000000000002',
    customerAddress: 'anna@example.org',
    customerPhone: { de: '+4930231251234', en: '+442079460123' }[language],
    speaks: language,
    ...{ severity: 'stopped', impact: 'financial-loss', openedAt: '2026-11-20T08:02:00Z' },
    ...{ fromLevel: 1, level: 2, levelName: two, cause: 'command', by: 'jana', before: 'jana' },
    ...{ escalatedAt: '2026-11-20T12:00:00Z', acknowledgeBy: '2026-11-20T12:30:00Z', nextLevelName: three },
    measures: [{ of: 'immediate', at: '2026-11-20T10:15:00Z', author: 'jana', text: immediate }],
    promises: [
      {
        ...{ kind: 'first-response', state: 'kept', startedAt: '2026-11-20T08:02:00Z' },
        ...{ dueAt: '2026-11-20T09:02:00Z', endedAt: '2026-11-20T08:40:00Z' },
        derivation: [{ date: '2026-11-20', from: '09:02', to: '10:02', minutes: 60 }],
      },
      {
        ...{ kind: 'callback', state: 'broken', startedAt: '2026-11-20T09:30:00Z' },
        ...{ dueAt: '2026-11-20T11:30:00Z', endedAt: '2026-11-20T11:30:00Z' },
        derivation: [{ date: '2026-11-20', from: '10:30', to: '12:30', minutes: 120 }],
      },
    ],
    earlier: [],
    linkUntil: '2026-11-25T12:00:00Z',
  }
  const top: EscalationData = {
    ...first,
    ...{ about: 'again', standsInFor: 'jana', fromLevel: 3, level: 4, levelName: four, nextLevelName: null },
    ...{ cause: 'unacknowledged', by: null, before: null, measures: [] },
    earlier: [
      {
        ...{ level: 2, name: two, cause: 'command', reason, told: ['jana'], acknowledgedBy: null },
        ...{ openedAt: '2026-11-20T11:00:00Z', endedAt: '2026-11-20T11:30:00Z' },
      },
      {
        ...{ level: 3, name: three, cause: 'unacknowledged', reason: '', told: [], acknowledgedBy: null },
        ...{ openedAt: '2026-11-20T11:30:00Z', endedAt: '2026-11-20T12:00:00Z' },
      },
    ],
  }
  return [
    ['escalation', 'escalation', first],
    ['escalation-at-top', 'escalation', top],
  ]
}
