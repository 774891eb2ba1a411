/** What the templates of letters about telephone calls get to see. See letter-view.ts. */
import { callNowToken } from '../desk/phone/call-now-token.ts'
import type { CallbackNewsData, CallbackTaskData, CallConfirmationData } from '../desk/phone/notice-data.ts'
import { displayNumber } from '../desk/phone/numbers.ts'
import { bareSubject, oneLine, shortened, withoutLinks } from '../desk/plain-text.ts'
import { hoursWords } from '../desk/promise-words.ts'
import { salutationName } from '../desk/salutation.ts'
import { ticketMarker } from '../desk/ticket-marker.ts'
import type { View } from '../template-language.ts'
import { agentCommonView, mostKnown, nameOf, responsibleOf } from './agent-view.ts'
import { booksView } from './books-view.ts'
import { commonView, longestSubject, officeOf, type ViewSource } from './letter-view.ts'

/** The last of many: what counts is how the latest ones ended. */
const mostAttempts = 10
const mostMessages = 5

export function callbackTaskView(data: CallbackTaskData, source: ViewSource): View {
  const { about, dueAt, brokenAt, waitingSince, severity, level, chose, keyedNumber, earlier } = data
  return {
    ...agentCommonView(data, source),
    ...{ about, dueAt, brokenAt, waitingSince, severity, chose, keyedNumber },
    customer:
      shortened(oneLine(data.customerName), longestSubject) || displayNumber(data.number, source.language),
    customerName: oneLine(data.customerName),
    customerAddress: data.customerAddress,
    customerCompany: shortened(oneLine(data.books?.company || data.company), longestSubject),
    number: displayNumber(data.number, source.language),
    dial: data.number,
    otherLanguage: data.speaks === source.language ? '' : data.speaks,
    level: level > 1 ? level : null,
    assignee: responsibleOf(data.assignee, source),
    attempts: data.attempts.slice(-mostAttempts).map(({ at, agent, outcome, remark }) => ({
      at,
      agent: nameOf(agent, source),
      outcome: outcome ?? '',
      remark: shortened(oneLine(remark), 300),
    })),
    attemptCount: data.attempts.length,
    messages: data.messages.slice(-mostMessages).map(({ at, seconds, transcript, stored }) => ({
      at,
      stored,
      seconds: seconds ?? 0,
      transcript: transcript?.trim() ?? '',
    })),
    known: data.known
      .slice(0, mostKnown)
      .map(({ label, value }) => ({ label, value: shortened(oneLine(value), 200) })),
    missing: data.missing,
    ...booksView(data.books, source),
    earlierCount: earlier.count,
    earlierNumbers: earlier.numbers,
    canRing: data.canRing,
    linkUntil: data.linkUntil,
    callNowUrl: callNowUrl(data, source),
    mayNote: source.mailbox.replyAddress !== undefined,
    mayReply: source.mailbox.replyAddress !== undefined && data.customerAddress !== '',
  }
}

/** The row keeps no link: whoever reads the database could ring customers in an agent's name. */
function callNowUrl({ agent, callbackId, linkUntil }: CallbackTaskData, { config }: ViewSource): string {
  const { phone, secret } = config
  if (!phone) throw new TypeError('the configuration has no telephone any more')
  const expiresAt = Temporal.Instant.from(linkUntil)
  return `${phone.publicUrl.replace(/\/+$/, '')}/phone/call-now/${callNowToken(secret, { agent, callbackId, expiresAt })}`
}

export function callConfirmationView(data: CallConfirmationData, source: ViewSource): View {
  const { outcome, calledAt, severity, dueAt } = data
  const link = { de: 'Link', en: 'link' }[source.language]
  return {
    ...customerView(data, source),
    ...{ outcome, calledAt, severity, dueAt },
    number: data.number === null ? null : displayNumber(data.number, source.language),
    spokeWith: oneLine(data.spokeWith),
    missing: data.missing,
    known: data.known.map(({ label, value }) => ({
      label,
      value: shortened(withoutLinks(oneLine(value), link), longestSubject),
    })),
  }
}

export function callbackNewsView(data: CallbackNewsData, source: ViewSource): View {
  const { about, dueAt, triedAt, again } = data
  return {
    ...customerView(data, source),
    ...{ about, dueAt, triedAt, again },
    number: data.number === null ? null : displayNumber(data.number, source.language),
  }
}

type ToCustomer = Pick<CallbackNewsData, 'ticketNumber' | 'subject' | 'customerName' | 'office' | 'line'>

export function customerView(
  { ticketNumber, subject, customerName, office, line }: ToCustomer,
  source: ViewSource,
) {
  const { config, language } = source
  const hours = officeOf(office, source)
  return {
    ...commonView(source, hours),
    ticketNumber,
    marker: ticketMarker(config.secret, ticketNumber),
    subject: shortened(
      withoutLinks(bareSubject(subject), { de: 'Link', en: 'link' }[language]),
      longestSubject,
    ),
    salutation: salutationName(customerName),
    line: line === '' ? '' : displayNumber(line, source.language),
    dialLine: line,
    officeName: config.offices[office]?.name ?? '',
    openingHours: hoursWords(hours, language),
  }
}
