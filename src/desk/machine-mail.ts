import { kindsByHumans } from './loop-budget.ts'
import {
  autoSubmitted,
  bulkPrecedences,
  hasNullPath,
  isAbsence,
  isAutoReply,
  isCalendarNews,
  isComplaint,
  isConfirmation,
  isDaemon,
  isMeetingAnswer,
  isRecall,
  isReceipt,
  isTextBounce,
  isUnanswered,
  listFields,
  loopFields,
  type MailSigns,
  machineFields,
  precedence,
  suppressesReplies,
} from './machine-signs.ts'
import type { Classification } from './mail-content.ts'

/**
 * Who wrote this: a customer, or a machine that must not be answered (RFC 3834). The rules are one readable table,
 * tried from top to bottom; the first that applies names the kind of mail. Why no answer may go out is told apart from
 * that, because some customers' mails ask for none.
 */
export interface Judgement {
  readonly classification: Classification
  readonly autoReplyAllowed: boolean
  readonly autoReplyReasons: readonly string[]
}

interface Rule {
  readonly classification: Classification
  readonly because: string
  readonly applies: (mail: MailSigns) => boolean
}

/** Reports first, because they carry the headers of machines as well; a mailing list last, because it carries anything. */
const rules: readonly Rule[] = [
  {
    classification: 'spam-report',
    because: 'feedback report',
    applies: mail => mail.report === 'feedback-report',
  },
  { classification: 'spam-report', because: 'complaint of a mailbox provider', applies: isComplaint },
  {
    classification: 'bounce',
    because: 'delivery report',
    applies: mail => mail.report === 'delivery-status',
  },
  {
    classification: 'auto-reply',
    because: 'read receipt',
    applies: mail => mail.report === 'disposition-notification',
  },
  { classification: 'bounce', because: 'delivery report in words', applies: isTextBounce },
  { classification: 'auto-reply', because: 'automatic reply', applies: isAutoReply },
  { classification: 'auto-reply', because: 'absence notice', applies: isAbsence },
  { classification: 'auto-reply', because: 'read receipt', applies: isReceipt },
  {
    classification: 'auto-reply',
    because: 'answer to an invitation',
    applies: isMeetingAnswer,
  },
  { classification: 'auto-reply', because: 'confirmation of another system', applies: isConfirmation },
  { classification: 'auto-generated', because: 'recall of a message', applies: isRecall },
  {
    classification: 'auto-generated',
    because: 'Auto-Submitted',
    applies: mail => autoSubmitted(mail) !== '',
  },
  {
    classification: 'auto-generated',
    because: 'written by a program',
    applies: mail => machineFields.some(name => mail.has(name)),
  },
  {
    classification: 'list',
    because: 'mailing list',
    applies: mail => listFields.some(name => mail.has(name)) || precedence(mail) === 'list',
  },
  {
    classification: 'auto-generated',
    because: 'bulk mail',
    applies: mail => bulkPrecedences.includes(precedence(mail)),
  },
  { classification: 'auto-generated', because: 'empty return path', applies: hasNullPath },
  {
    classification: 'auto-generated',
    because: 'mail system',
    applies: mail => isDaemon(mail) && mail.deliveryText,
  },
]

/** Reasons against an answer that hold for a customer's mail as well. */
const refusals: readonly (readonly [because: string, applies: (mail: MailSigns) => boolean])[] = [
  ['our own mail came back', mail => mail.ownMark !== null && !kindsByHumans.includes(mail.ownMark.kind)],
  ['no sender address', mail => mail.from === null],
  ['empty return path', hasNullPath],
  ['sender asks for no automatic answers', suppressesReplies],
  ['nobody reads the sender address', mail => isUnanswered(mail) || isDaemon(mail)],
  ['flagged as spam', mail => mail.spamFlagged || Number(mail.header('x-ms-exchange-organization-scl')) >= 5],
  ['calendar mail that is no invitation', isCalendarNews],
  ['bulk mail', mail => bulkPrecedences.includes(precedence(mail))],
  ['mailing list', mail => listFields.some(name => mail.has(name))],
  ['loop guard of another system', mail => loopFields.some(name => mail.has(name))],
]

/** Names the kind of a mail that could be read, and whether an acknowledgement may go to its sender. */
export function judgeMachineMail(mail: MailSigns): Judgement {
  const rule = rules.find(candidate => candidate.applies(mail))
  const reasons = new Set(rule ? [`${rule.classification}: ${rule.because}`] : [])
  for (const [because, applies] of refusals) if (applies(mail)) reasons.add(because)
  return {
    classification: rule?.classification ?? 'customer',
    autoReplyAllowed: reasons.size === 0,
    autoReplyReasons: [...reasons],
  }
}
