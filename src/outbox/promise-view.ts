/** What the templates of the letter to a promise's owner get to see. See letter-view.ts. */
import { oneLine, shortened } from '../desk/plain-text.ts'
import type { PromiseTaskData } from '../desk/promise/promise-notice.ts'
import type { View } from '../template-language.ts'
import { agentCommonView, mostKnown, responsibleOf } from './agent-view.ts'
import { longestSubject, type ViewSource } from './letter-view.ts'
import { ticketPageView } from './ticket-page-link.ts'

/** As much of each as is read at a glance; the ticket has the rest. */
const longestSaid = 1500

export function promiseTaskView(data: PromiseTaskData, source: ViewSource): View {
  const { about, promise, dueAt, brokenAt, leftMinutes, derivation, severity, level, customerAddress } = data
  const customerName = oneLine(data.customerName)
  const mayNote = source.mailbox.replyAddress !== undefined
  return {
    ...agentCommonView(data, source),
    ...ticketPageView(data, source),
    ...{ about, promise, dueAt, brokenAt, derivation, severity, customerName, customerAddress },
    customer: shortened(customerName, longestSubject) || customerAddress,
    left: leftMinutes === null ? '' : durationOf(leftMinutes, source.language),
    level: level > 1 ? level : null,
    assignee: responsibleOf(data.assignee, source),
    said: data.said.map(({ at, by, author, text }) => ({
      ...{ at, by },
      author: oneLine(author),
      text: shortened(text.trim(), longestSaid),
    })),
    known: data.known
      .slice(0, mostKnown)
      .map(({ label, value }) => ({ label, value: shortened(oneLine(value), 200) })),
    missing: data.missing,
    mayReply: mayNote && customerAddress !== '',
    mayNote,
  }
}

/** "1 Std. 20 Min.", "1 h 20 min" */
function durationOf(minutes: number, language: ViewSource['language']): string {
  const [hour, minute] = { de: ['Std.', 'Min.'], en: ['h', 'min'] }[language]
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const parts = [
    ...(hours > 0 ? [`${hours} ${hour}`] : []),
    ...(rest > 0 || hours === 0 ? [`${rest} ${minute}`] : []),
  ]
  return parts.join(' ')
}
