/** What the templates of the letter about an escalation get to see. See letter-view.ts. */
import { publicAddress } from '../desk/page-address.ts'
import { displayNumber } from '../desk/phone/numbers.ts'
import { oneLine, shortened } from '../desk/plain-text.ts'
import { ackToken } from '../desk/promise/ack-token.ts'
import { derivationSentence } from '../desk/promise/derivation-words.ts'
import type { EscalationData } from '../desk/promise/escalation-notice.ts'
import type { View } from '../template-language.ts'
import { agentCommonView, nameOf, responsibleOf } from './agent-view.ts'
import { longestSubject, officeOf, type ViewSource } from './letter-view.ts'
import { ticketPageView } from './ticket-page-link.ts'

/** The latest of many: a matter that was passed on for weeks has a ticket to look into. */
const mostPromises = 12
const mostMeasures = 30

export function escalationView(data: EscalationData, source: ViewSource): View {
  const { about, severity, impact, level, cause, openedAt, acknowledgeBy, escalatedAt } = data
  const { timeZone } = officeOf(data.office, source)
  const { language } = source
  const reply = source.mailbox.replyAddress !== undefined
  return {
    ...agentCommonView(data, source),
    ...ticketPageView(data, source),
    ...{ about, severity, impact, level, cause, openedAt, acknowledgeBy, escalatedAt },
    levelName: data.levelName,
    nextLevelName: data.nextLevelName ?? '',
    standsInFor: responsibleOf(data.standsInFor, source),
    responsible: responsibleOf(data.agent, source),
    customer:
      shortened(oneLine(data.customerName), longestSubject) ||
      data.customerAddress ||
      (data.customerPhone === null ? '' : displayNumber(data.customerPhone, language)),
    customerCompany: shortened(oneLine(data.company), longestSubject),
    customerAddress: data.customerAddress,
    phone: data.customerPhone === null ? '' : displayNumber(data.customerPhone, language),
    dial: data.customerPhone ?? '',
    otherLanguage: data.speaks === language ? '' : data.speaks,
    reason: shortened(oneLine(data.reason), 1000),
    by: responsibleOf(data.by, source),
    before: responsibleOf(data.before, source),
    problem: data.problem.trim(),
    measures: data.measures.slice(-mostMeasures).map(({ of, at, author, text }) => ({
      ...{ of, at },
      author: nameOf(author, source),
      text: text.trim(),
    })),
    promises: data.promises
      .slice(-mostPromises)
      .map(({ kind, state, startedAt, dueAt, endedAt, derivation }) => ({
        ...{ kind, state, dueAt, endedAt },
        derivation: derivationSentence(
          {
            ...{
              startedAt: Temporal.Instant.from(startedAt),
              dueAt: Temporal.Instant.from(dueAt),
              derivation,
            },
            ofOurs: kind === 'status-update' || isAnew({ kind, startedAt }, data.promises),
          },
          { timeZone },
          language,
        ),
      })),
    earlier: data.earlier.map(one => ({
      // Left out in letters of an older version.
      cause: one.cause ?? 'command',
      ...{ level: one.level, name: one.name, openedAt: one.openedAt, endedAt: one.endedAt },
      reason: shortened(oneLine(one.reason), 500),
      told: one.told.map(key => nameOf(key, source)),
      acknowledgedBy: responsibleOf(one.acknowledgedBy, source),
    })),
    ackUrl: ackUrl(data, source),
    linkUntil: data.linkUntil,
    mayNote: reply,
    mayReply: reply && data.customerAddress !== '',
  }
}

/** Promised again when the one before it was broken. */
function isAnew(
  { kind, startedAt }: Pick<EscalationData['promises'][number], 'kind' | 'startedAt'>,
  promises: EscalationData['promises'],
): boolean {
  return promises.some(one => one.kind === kind && one.state === 'broken' && one.endedAt === startedAt)
}

/** Signed when the letter is rendered: whoever reads the database could take matters in somebody's name. */
function ackUrl({ agent, escalationId, linkUntil }: EscalationData, { config }: ViewSource): string {
  const address = publicAddress(config)
  if (address === undefined) return ''
  const expiresAt = Temporal.Instant.from(linkUntil)
  return `${address}/ack/${ackToken(config.secret, { agent, escalationId, expiresAt })}`
}
