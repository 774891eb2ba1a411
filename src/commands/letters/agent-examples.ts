/** The letters around an agent's own mails, as examples: the answer to the customer, and what agents hear back. */
import type { HelpData, HoldQuestionData, ReceiptData, WhyData } from '../../desk/agent-notice.ts'
import type { AgentAnswerData, NoticeData, NoticeKind } from '../../desk/notice.ts'
import type { Language } from '../../desk/ticket.ts'
import { escalationExamples } from './escalation-examples.ts'
import { procedureExamples } from './procedure-examples.ts'

export type Example = readonly [name: string, kind: NoticeKind, data: NoticeData[NoticeKind]]

const answer = {
  de: `Guten Tag Frau Schmidt,

„E 17“ heißt, dass die Klappe über dem Sensoreingang nicht ganz geschlossen ist. Bitte

  1. schalten Sie das Gerät aus,
  2. drücken Sie die Klappe fest, bis sie zweimal klickt,
  3. schalten Sie es wieder ein.

Sollte die Meldung bleiben, rufe ich Sie heute noch an.`,
  en: `Dear Ms Smith,

"E 17" means that the lid above the sensor input is not fully closed. Please

  1. switch the device off,
  2. press the lid until it clicks twice,
  3. switch it on again.

Should the message stay, I will call you today.`,
}

interface Ticket {
  readonly ticketNumber: string
  readonly subject: string
  readonly office: string
}

export function agentExamples(language: Language, ticket: Ticket, at: string): readonly Example[] {
  const own = { ...ticket, agent: 'jana' }
  const answered: AgentAnswerData = {
    ...ticket,
    agentName: 'Jana Petersen',
    words: answer[language],
    signature: {
      de: 'Mit freundlichen Grüßen\n\nJana Petersen\nTechnischer Kundendienst',
      en: 'Kind regards\n\nJana Petersen\nTechnical Service',
    }[language],
    threadIndex: 'AQHcXQ8wAAECAwQFBgcICQoLDA0ODw==',
    threadTopic: ticket.subject,
    relayed: null,
  }
  const receipt: ReceiptData = {
    ...own,
    done: [
      { what: 'take', value: 'jana' },
      { what: 'severity', value: 'hindered' },
      { what: 'wait', at: '2026-11-24T09:00:00Z' },
      { what: 'send' },
    ],
    sentTo: 'anna@example.org',
  }
  const help: HelpData = { ...own, mistakes: [], words: '' }
  const mistaken: HelpData = {
    ...own,
    mistakes: [
      { line: '#warten bald', code: 'no-duration', command: 'wait' },
      { line: '#zuweisen Klaus', code: 'no-such-agent', command: 'assign' },
    ],
    words: answer[language],
  }
  return [
    ['agent-answer', 'agent-answer', answered],
    ['receipt', 'receipt', receipt],
    ['receipt-everything', 'receipt', { ...receipt, done: everything(language), sentTo: null }],
    ['help', 'help', help],
    ['help-mistakes', 'help', mistaken],
    ['why', 'why', whyOf(own, at)],
    ...holds(own, at, answer[language]),
    ...procedureExamples(language, ticket),
    ...escalationExamples(language, ticket),
  ]
}

const everything = (language: Language): ReceiptData['done'] => [
  { what: 'close' },
  { what: 'note' },
  { what: 'assign', value: 'jana' },
  {
    what: 'escalate',
    level: 2,
    value: { de: 'kein Ersatzteil am Lager', en: 'no spare part in stock' }[language],
  },
  { what: 'callback', value: '+494055501234', at: '2026-11-20T13:30:00Z' },
  { what: 'callback', value: '+494055501234', at: null },
  { what: 'callback', value: '+494055501234', at: null, due: '2026-11-20T13:20:00Z' },
  { what: 'called', value: '' },
  { what: 'called', value: '', ended: true },
  { what: 'address', value: 'petra.wolf@example.org' },
  { what: 'merge', value: '1004728' },
  { what: 'spam', value: 'win@example.net' },
]

function whyOf(own: Ticket & { readonly agent: string }, at: string): WhyData {
  return {
    ...own,
    mails: [
      {
        receivedAt: at,
        from: 'anna@example.org',
        subject: own.subject,
        outcome: 'open-ticket',
        rule: 'new-ticket',
        trail: [
          { rule: 'duplicate', hit: false, because: 'its content has not been seen before' },
          { rule: 'in-reply-to', hit: false, because: 'In-Reply-To names no mail we know' },
          { rule: 'new-ticket', hit: true, because: 'it belongs to no ticket yet' },
          { rule: 'auto-reply', hit: true, because: 'a person wrote, within the budget' },
        ],
      },
    ],
    clocks: [
      { kind: 'first-response', state: 'open', startedAt: at, dueAt: '2026-11-20T14:20:00Z', endedAt: null },
    ],
  }
}

function holds(own: Ticket & { readonly agent: string }, at: string, words: string): readonly Example[] {
  const audience: HoldQuestionData = {
    ...own,
    reason: 'audience',
    because: 'it went to others as well: purchasing@example.net',
    sender: 'jana.petersen@example.com',
    receivedAt: at,
    excerpt: words,
    heldId: '121',
    byReply: true,
  }
  const stranger: HoldQuestionData = {
    ...audience,
    reason: 'stranger',
    because: '',
    sender: 'b.meier@example.org',
    byReply: false,
  }
  return [
    ['hold-question-audience', 'hold-question', audience],
    ['hold-question-stranger', 'hold-question', stranger],
    [
      'hold-question-unproven',
      'hold-question',
      { ...stranger, reason: 'agent-unproven', ticketNumber: null, excerpt: '' },
    ],
  ]
}
