import type { Facts } from '../../src/desk/facts.ts'
import type { InboundMail } from '../../src/desk/inbound.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import type { Ticket } from '../../src/desk/ticket.ts'

/** A plain mail of a customer and the facts of a quiet day, for tables that change one thing at a time. */

export const noon = Temporal.Instant.from('2026-11-24T11:00:00Z')

export function contentLike(changes: Partial<MailContent> = {}): MailContent {
  return {
    messageId: '<first@kunde.example.com>',
    inReplyTo: [],
    references: [],
    date: '2026-11-24T11:59:00+01:00',
    from: { address: 'petra@kunde.example.com', name: 'Petra Lindner' },
    replyTo: [],
    to: [{ address: 'support@example.com', name: '' }],
    cc: [],
    deliveredTo: [],
    subject: 'Drucker druckt nicht',
    text: 'Guten Tag, der Drucker druckt nicht.',
    replyText: 'Guten Tag, der Drucker druckt nicht.',
    html: false,
    attachments: [],
    classification: 'customer',
    autoReplyAllowed: true,
    autoReplyReasons: [],
    bounce: null,
    spamFlagged: false,
    language: 'de',
    defects: [],
    ownMark: null,
    authentication: {
      from: ['petra@kunde.example.com'],
      fromDomain: 'kunde.example.com',
      sender: [],
      results: [],
      internal: false,
      dkim: 'unknown',
    },
    threadIndex: null,
    ...changes,
  }
}

export function mailLike(changes: Partial<MailContent> = {}, uid = 1n): InboundMail {
  return {
    kind: 'mail',
    position: { mailbox: 'support', folder: 'INBOX', uidValidity: 7n, uid },
    rawSha256: uid.toString().padStart(64, '0'),
    size: 1000,
    receivedAt: noon.subtract({ seconds: 30 }),
    content: contentLike(changes),
    fingerprint: `print-${uid}`,
  }
}

export const ticket: Ticket = {
  id: '00000000-0000-4000-8000-000000000001',
  number: '1000018',
  state: 'open',
  subject: 'Drucker druckt nicht',
  customerAddress: 'petra@kunde.example.com',
  customerName: 'Petra Lindner',
  language: 'de',
  mailbox: 'support',
  group: 'support',
  office: 'hamburg',
  closedAt: null,
  waitingUntil: null,
  assignee: null,
  severity: null,
  level: 1,
  customerThread: {
    messageId: '<first@kunde.example.com>',
    references: [],
    threadIndex: null,
    threadTopic: '',
  },
}

export function factsLike(changes: Partial<Facts> = {}): Facts {
  return {
    instance: 'gateway',
    ownAddresses: new Set(['support@example.com', 'hilfe@example.com']),
    original: undefined,
    ownLetter: undefined,
    returnedLetter: undefined,
    ticketByToken: undefined,
    ticketByInReplyTo: undefined,
    ticketByReferences: undefined,
    ticketByMarker: undefined,
    ticketByConversation: undefined,
    ticketBySubject: undefined,
    ticketLikely: undefined,
    ourLettersNamed: new Set(),
    participantOf: new Set(),
    agentTicket: undefined,
    agentOfToken: undefined,
    noticeTexts: [],
    answersQuestion: false,
    answersNote: false,
    ticketOfReturnedLetter: undefined,
    agent: undefined,
    since: undefined,
    counts: {
      addressLastHour: 0,
      addressLastDay: 0,
      totalLast10Minutes: 0,
      totalLastHour: 0,
    },
    ticketCounts: {},
    suppressedUntil: undefined,
    reopenDays: 14,
    budgets: {
      addressPerHour: 3,
      addressPerDay: 10,
      totalPer10Minutes: 2000,
      totalPerHour: 5000,
      ticketPer10Minutes: 10,
      ticketPerHour: 25,
      reopensPerHour: 3,
      maxAgeDays: 7,
    },
    ...changes,
  }
}
