import type { AgentNoticeData } from '../../desk/notice.ts'

/** What a notice to an agent can be about, each with an example. */

export const noticeEvents = [
  'new-ticket',
  'customer-mail',
  'machine-mail',
  'agent-mail',
  'agent-answer',
  'agent-note',
  'assigned',
  'passed-on',
  'letter-failed',
] as const

export function eventOf(notice: AgentNoticeData, event: AgentNoticeData['event']): AgentNoticeData {
  const author = ['agent-answer', 'agent-note', 'assigned', 'passed-on'].includes(event)
    ? { author: 'Jana Petersen' }
    : {}
  return event === 'new-ticket' ? notice : { ...notice, ...author, event, dueAt: null, attachments: [] }
}

export function failed(notice: AgentNoticeData): AgentNoticeData {
  const text = '550 5.1.1 <anna@example.org>: Recipient address rejected: User unknown'
  return { ...eventOf(notice, 'letter-failed'), text, inboundHint: notice.ticketNumber }
}

/** What somebody told a colleague, who wrote it down. */
export function toldInPerson(notice: AgentNoticeData): AgentNoticeData {
  const told = { channel: 'in-person', recorder: 'Jana Petersen', client: '' }
  return { ...notice, told, attachments: [], phone: '+494012345678', inboundHint: notice.ticketNumber }
}
