/** What the templates of letters about votes get to see, and how a closing letter asks for one. See letter-view.ts. */
import { feedbackToken } from '../desk/feedback/feedback-token.ts'
import type { FeedbackAnswerData, FeedbackTaskData } from '../desk/feedback/notice-data.ts'
import { publicAddress } from '../desk/page-address.ts'
import { displayNumber } from '../desk/phone/numbers.ts'
import { oneLine, shortened } from '../desk/plain-text.ts'
import type { ClosingData } from '../desk/promise/progress-data.ts'
import type { View } from '../template-language.ts'
import { agentCommonView } from './agent-view.ts'
import { customerView } from './callback-view.ts'
import { longestSubject, type ViewSource } from './letter-view.ts'

/** As much of each as is read at a glance; the ticket has the rest. */
const longestSaid = 3000

/** `surveyLink` is '' where no page of ours is to be reached from outside: then a reply is the only way to vote. */
export function askedView({ asked = null }: ClosingData, { config, mailbox }: ViewSource) {
  const address = publicAddress(config)
  const surveyLink =
    asked && address !== undefined
      ? `${address}/feedback/${feedbackToken(config.secret, { kind: 'survey', id: asked.surveyId })}`
      : ''
  const mayReply = mailbox.replyAddress !== undefined
  return { asks: asked !== null && (mayReply || surveyLink !== ''), surveyLink, votesByReply: mayReply }
}

/** Where customers turn to the manager; '' where there is none, or no page that they could reach. */
export function managerLink(ticketId: string | undefined, { config }: ViewSource): string {
  const address = publicAddress(config)
  if (!config.feedback || ticketId === undefined || address === undefined) return ''
  return `${address}/feedback/${feedbackToken(config.secret, { kind: 'manager', id: ticketId })}`
}

export function feedbackTaskView(data: FeedbackTaskData, source: ViewSource): View {
  const { why, score, solved, how, dueAt, derivation, isOpen, customerAddress } = data
  const customerName = oneLine(data.customerName)
  const phone = data.phone ? displayNumber(data.phone, source.language) : ''
  const mayNote = source.mailbox.replyAddress !== undefined
  return {
    ...agentCommonView(data, source),
    ...{ score, solved, how, dueAt, derivation, isOpen, customerName, customerAddress, phone, mayNote },
    customer: shortened(customerName, longestSubject) || customerAddress || phone,
    isLow: why.includes('low-score'),
    isUnsolved: why.includes('not-solved'),
    wantsManager: why.includes('wants-manager'),
    words: shortened(data.words.trim(), longestSaid),
    result: shortened(data.result.trim(), longestSaid),
    mayReply: mayNote && customerAddress !== '',
  }
}

export function feedbackAnswerView(data: FeedbackAnswerData, source: ViewSource): View {
  const { dueAt, solved } = data
  return { ...customerView({ ...data, line: '' }, source), dueAt, isUnsolved: solved === false }
}
