/** The letters of procedures, and what agents hear of known problems, as examples. */
import type { ReceiptData } from '../../desk/agent-notice.ts'
import type { AgentNoticeData } from '../../desk/notice.ts'
import type { ProcedureLetterData, ProcedureTaskData } from '../../desk/procedures/notice-data.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Example } from './agent-examples.ts'

interface Ticket {
  readonly ticketNumber: string
  readonly subject: string
  readonly office: string
}

const words = {
  de: {
    ...{
      requestType: 'Reparaturauftrag',
      ask: 'Lieferanschrift für das Gerät',
      approve: 'Freigabe der Kosten',
    },
    ...{ task: 'Wareneingang prüfen', last: 'An die Werkstatt übergeben', remark: 'telefonisch besprochen' },
    excerpt: 'Guten Tag,\n\ndas Gerät ist heute an Sie abgegangen. Bitte rufen Sie vor der Reparatur an.',
    missing: ['Lieferanschrift', 'Ansprechpartner in der Warenannahme'],
    product: 'Produkt',
    customerName: 'Anna Schmidt',
  },
  en: {
    ...{ requestType: 'Repair order', ask: 'Delivery address of the device', approve: 'Release of the cost' },
    ...{ task: 'Check the incoming goods', last: 'Pass on to the workshop', remark: 'agreed by telephone' },
    excerpt: 'Hello,\n\nthe device left for you today. Please ring before you begin the repair.',
    missing: ['Delivery address', 'Contact in goods receipt'],
    product: 'Product',
    customerName: 'Anna Smith',
  },
}

export function procedureExamples(language: Language, ticket: Ticket): readonly Example[] {
  const { requestType, ask, approve, task, last, remark, excerpt, missing, customerName, product } =
    words[language]
  const own = { ...ticket, customerName, requestType }
  const done: ProcedureTaskData = {
    ...own,
    ...{ about: 'task', agent: 'jana', customerAddress: 'anna@example.org', excerpt },
    step: { key: 'goods-in', name: task, optional: true },
    past: [
      { name: ask, state: 'done', by: '', remark: '' },
      { name: approve, state: 'done', by: 'Jana Petersen', remark },
    ],
    next: [last],
    known: [{ label: product, value: 'MV-400' }],
  }
  const wanted: ProcedureTaskData = {
    ...done,
    ...{ about: 'approve', past: [], known: [], next: [task, last] },
    step: { key: 'release', name: approve, optional: false },
  }
  const about = (of: ProcedureTaskData['about'], more: Partial<ProcedureTaskData> = {}): Example => [
    `procedure-task-${of}`,
    'procedure-task',
    { ...wanted, about: of, ...more },
  ]
  const question: ProcedureLetterData = {
    ...own,
    ...{ step: ask, missing, threadIndex: null, threadTopic: ticket.subject },
  }
  const receipt: ReceiptData = {
    ...{ ...ticket, agent: 'jana', sentTo: null, isTold: true },
    done: [
      { what: 'step', value: task },
      { what: 'approve', value: approve },
      { what: 'refuse', value: approve },
      { what: 'skip', value: task },
      { what: 'kind', value: requestType },
      { what: 'known', value: 'mv400-e17' },
      { what: 'solved', value: 'mv400-e17' },
    ],
  }
  const notice: AgentNoticeData = {
    ...{ ...ticket, event: 'new-ticket', agent: 'jana', customerName, customerAddress: 'anna@example.org' },
    ...{
      text: excerpt,
      attachments: [],
      receivedAt: '2026-11-20T12:20:00Z',
      dueAt: null,
      inboundHint: '118',
    },
    similar: {
      ...{ tickets: 7, customers: 3, since: '2026-11-03T08:12:00Z', numbers: ['1004728', '1004694'] },
      problem: { key: 'mv400-e17', title: 'MV-400: E 17' },
    },
  }
  return [
    ['procedure-letter', 'procedure-letter', question],
    ['procedure-task', 'procedure-task', done],
    about('approve'),
    about('may-skip'),
    about('no-address', {
      customerAddress: '',
      step: { key: 'address', name: ask, optional: false },
      next: [approve, task, last],
    }),
    about('refused', {
      past: [{ name: approve, state: 'refused', by: 'Jana Petersen', remark }],
      next: [],
    }),
    about('urgent', { step: null, next: [] }),
    about('not-closed', { step: null, next: [] }),
    about('case-open', { step: null, next: [] }),
    ['receipt-procedure', 'receipt', receipt],
    ['agent-notice-similar', 'agent-notice', notice],
  ]
}
