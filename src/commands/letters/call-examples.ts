/** The letters about telephone calls, as examples. The numbers are of ranges that are given to nobody. */
import type { AgentNoticeData, AlarmData } from '../../desk/notice.ts'
import type {
  CallbackNewsData,
  CallbackTaskData,
  CallConfirmationData,
} from '../../desk/phone/notice-data.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Example } from './agent-examples.ts'
import { booksExample, unknownExample } from './books-examples.ts'

const number = { de: '+4930231251234', en: '+442079460123' }
const line = { de: '+494066969123', en: '+441632960123' }

const spoken = {
  de: 'Guten Tag, hier ist Anna Schmidt von Schmidt Prüftechnik. Der MV-400 zeigt wieder E 17, und wir stehen. Bitte rufen Sie mich zurück.',
  en: 'Hello, this is Anna Smith of Smith Testing. The MV-400 shows E 17 again and we are at a standstill. Please call me back.',
}

interface Ticket {
  readonly ticketNumber: string
  readonly subject: string
  readonly customerName: string
  readonly office: string
}

type Checklist = Pick<CallConfirmationData, 'known' | 'missing'>

/** `at` is the time of the call, on a working day at noon. */
export function callExamples(
  language: Language,
  ticket: Ticket,
  checklist: Checklist,
  notice: AgentNoticeData,
): readonly Example[] {
  return [
    ...tasks(language, ticket, checklist),
    ...toCustomer(language, ticket, checklist),
    ...notices(language, notice),
  ]
}

function tasks(language: Language, ticket: Ticket, checklist: Checklist): readonly Example[] {
  const task: CallbackTaskData = {
    ...ticket,
    ...checklist,
    about: 'assigned',
    agent: 'jana',
    callbackId: '0198c0de-0000-4000-8000-000000000001',
    customerAddress: 'anna@example.org',
    company: { de: 'Schmidt Prüftechnik', en: 'Smith Testing' }[language],
    number: number[language],
    speaks: language,
    dueAt: '2026-11-20T14:20:00Z',
    brokenAt: null,
    waitingSince: '2026-11-20T10:18:40Z',
    severity: 'stopped',
    level: 1,
    assignee: 'jana',
    chose: 'separate',
    keyedNumber: true,
    attempts: [],
    messages: [{ at: '2026-11-20T10:19:30Z', seconds: 24, transcript: spoken[language], stored: true }],
    earlier: { count: 7, numbers: ['1004535', '1003990', '1003124', '1002891', '1001177'] },
    books: booksExample(language),
    canRing: true,
    linkUntil: '2026-11-23T12:20:00Z',
  }
  const attempts: CallbackTaskData['attempts'] = [
    { at: '2026-11-20T10:40:00Z', agent: 'jana', outcome: 'busy', remark: '' },
    {
      at: '2026-11-20T10:46:00Z',
      agent: 'jana',
      outcome: 'mailbox',
      remark: { de: 'Bandansage der Zentrale', en: 'announcement of the switchboard' }[language],
    },
  ]
  const untold: CallbackTaskData = {
    ...task,
    customerName: '',
    customerAddress: '',
    company: '',
    severity: null,
    chose: null,
    keyedNumber: false,
    known: [],
    messages: [{ at: '2026-11-20T10:19:30Z', seconds: 8, transcript: null, stored: false }],
    earlier: { count: 0, numbers: [] },
    books: unknownExample,
    canRing: false,
    speaks: language === 'de' ? 'en' : 'de',
  }
  return [
    ['callback-task-assigned', 'callback-task', task],
    ['callback-task-by-hand', 'callback-task', untold],
    ['callback-task-half', 'callback-task', { ...task, about: 'half' }],
    ['callback-task-three-quarters', 'callback-task', { ...task, about: 'three-quarters', attempts }],
    ['callback-task-retry', 'callback-task', { ...task, about: 'retry', attempts, dueAt: null }],
    [
      'callback-task-broken',
      'callback-task',
      { ...task, about: 'broken', level: 2, attempts, brokenAt: '2026-11-20T12:18:00Z' },
    ],
    ['callback-task-unreached', 'callback-task', { ...task, about: 'unreached', attempts, dueAt: null }],
  ]
}

function toCustomer(language: Language, ticket: Ticket, checklist: Checklist): readonly Example[] {
  const confirmation: CallConfirmationData = {
    ...ticket,
    ...checklist,
    outcome: 'promised',
    calledAt: '2026-11-20T12:18:40Z',
    severity: 'stopped',
    dueAt: '2026-11-20T14:20:00Z',
    number: number[language],
    line: line[language],
    spokeWith: '',
  }
  const news: CallbackNewsData = {
    ...ticket,
    about: 'apology',
    number: number[language],
    dueAt: '2026-11-20T15:10:00Z',
    triedAt: null,
    again: true,
    line: line[language],
  }
  const tried: CallbackNewsData = { ...news, about: 'tried', triedAt: '2026-11-20T12:15:00Z', dueAt: null }
  return [
    ['call-confirmation-promised', 'call-confirmation', confirmation],
    [
      'call-confirmation-connected',
      'call-confirmation',
      {
        ...confirmation,
        outcome: 'connected',
        dueAt: null,
        number: null,
        spokeWith: 'Jana Petersen',
        missing: [],
      },
    ],
    [
      'call-confirmation-unreachable',
      'call-confirmation',
      { ...confirmation, outcome: 'unreachable', dueAt: null, number: null, severity: null, known: [] },
    ],
    ['callback-news-apology', 'callback-news', news],
    ['callback-news-later', 'callback-news', { ...news, about: 'later' }],
    [
      'callback-news-answer-later',
      'callback-news',
      { ...news, about: 'answer-later', number: null, again: false, line: '' },
    ],
    [
      'callback-news-answer-late',
      'callback-news',
      { ...news, about: 'answer-late', number: null, again: false, line: '' },
    ],
    ['callback-news-tried', 'callback-news', tried],
    ['callback-news-tried-last', 'callback-news', { ...tried, again: false }],
  ]
}

function notices(language: Language, notice: AgentNoticeData): readonly Example[] {
  const call: AgentNoticeData = {
    ...notice,
    event: 'call',
    phone: number[language],
    text: '',
    attachments: [],
    dueAt: null,
    inboundHint: notice.ticketNumber,
  }
  const message: AgentNoticeData = {
    ...call,
    event: 'call-message',
    text: spoken[language],
    transcribed: true,
    audio: { sha256: '0'.repeat(64), filename: `${notice.ticketNumber}.wav`, contentType: 'audio/wav' },
  }
  return [
    ['agent-notice-call-taken', 'agent-notice', { ...call, call: 'taken', customerAddress: '' }],
    ['agent-notice-call-gone', 'agent-notice', { ...call, call: 'gone', dueAt: notice.dueAt }],
    [
      'agent-notice-call-unreachable',
      'agent-notice',
      { ...call, call: 'unreachable', customerAddress: '', customerName: '', phone: null, books: null },
    ],
    ['agent-notice-call-message', 'agent-notice', message],
    [
      'agent-notice-call-message-bare',
      'agent-notice',
      { ...message, text: '', transcribed: false, customerName: '' },
    ],
  ]
}

/** To the administrators. `alarm` is one of another event. */
export function callAlarms(alarm: AlarmData, ticketNumber: string): readonly Example[] {
  const command = 'gateway callbacks'
  const about = `Ticket ${ticketNumber}`
  return [
    [
      'alarm-phone-down',
      'alarm',
      { ...alarm, event: 'phone-down', code: 'phone-provider-down', detail: 'HTTP 503', command },
    ],
    [
      'alarm-nobody-on-duty',
      'alarm',
      { ...alarm, event: 'nobody-on-duty', code: 'nobody-on-duty', detail: about, command },
    ],
    [
      'alarm-callback-late',
      'alarm',
      { ...alarm, event: 'callback-late', code: 'broken-at-top', detail: about, command },
    ],
  ]
}
