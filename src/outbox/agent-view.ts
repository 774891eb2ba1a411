/** What the templates of letters to agents get to see. See letter-view.ts. */
import type { DoneLine, HelpData, HoldQuestionData, ReceiptData, WhyData } from '../desk/agent-notice.ts'
import { commandNames, helpLine } from '../desk/command-words.ts'
import { internalMark } from '../desk/internal-text.ts'
import { toldWords } from '../desk/matters/told-words.ts'
import type { AgentNoticeData } from '../desk/notice.ts'
import { displayNumber } from '../desk/phone/numbers.ts'
import { bareSubject, oneLine, shortened } from '../desk/plain-text.ts'
import { titledName } from '../desk/titled-name.ts'
import { whyNotWords } from '../desk/why-not-told.ts'
import type { View } from '../template-language.ts'
import { booksView } from './books-view.ts'
import { attachmentsView, commonView, longestSubject, officeOf, type ViewSource } from './letter-view.ts'
import { ticketPageView } from './ticket-page-link.ts'

export const mostKnown = 20
const mostMails = 20

export function agentNoticeView(data: AgentNoticeData, source: ViewSource): View {
  const name = oneLine(data.customerName)
  const phone = data.phone ? displayNumber(data.phone, source.language) : ''
  const { level = 1, severity = null, earlier, relayed, known = [], missing = [] } = data
  const mayNote = source.mailbox.replyAddress !== undefined && data.agent !== undefined
  return {
    ...agentCommonView(data, source),
    ...ticketPageView(data, source),
    ...attachmentsView(data.attachments),
    event: data.event,
    customer: name || data.customerAddress || phone,
    customerName: name,
    customerAddress: data.customerAddress,
    phone,
    call: data.call ?? 'taken',
    audio: data.audio !== undefined && data.audio !== null,
    transcribed: data.transcribed ?? false,
    text: data.text.trim(),
    untold: untoldView(data, source),
    receivedAt: data.receivedAt,
    dueAt: data.dueAt,
    inboundHint: data.inboundHint,
    author: oneLine(data.author ?? ''),
    guest: oneLine(data.guest ?? ''),
    told: data.told ? toldWords(data.told, source.language) : '',
    assignee: responsibleOf(data.assignee ?? null, source),
    severity,
    level: level > 1 ? level : null,
    known: known
      .slice(0, mostKnown)
      .map(({ label, value }) => ({ label, value: shortened(oneLine(value), 200) })),
    missing,
    ...booksView(data.books, source),
    earlierCount: earlier?.count ?? 0,
    earlierNumbers: earlier?.numbers ?? [],
    similar: data.similar ?? null,
    attached: relayed?.parts.length ?? 0,
    // Without a signed address a reply cannot be told from a stranger's: it would be held.
    mayReply: mayNote && data.customerAddress !== '',
    mayNote,
  }
}

function untoldView({ untold }: AgentNoticeData, { language }: ViewSource) {
  if (!untold) return null
  return { byMail: whyNotWords(untold.noMail, language), byText: whyNotWords(untold.noText, language) }
}

export function receiptView(data: ReceiptData, source: ViewSource): View {
  return {
    ...agentCommonView(data, source),
    done: data.done.map(line => doneView(line, source)),
    sentTo: data.sentTo,
    isSilent: data.sentTo === null && data.isTold !== true,
  }
}

function doneWords(what: DoneLine['what'], value: string, source: ViewSource): string {
  if (what === 'assign' || what === 'take') return nameOf(value, source)
  return what === 'callback' ? displayNumber(value, source.language) : oneLine(value)
}

type Level = keyof NonNullable<ViewSource['config']['levels']>

function doneView(line: DoneLine, source: ViewSource) {
  const { what, at = null, value = '', level = 0, due = null, ended = false } = line
  return {
    ...{ what, at, level, due, ended },
    levelName: source.config.levels?.[String(level) as Level]?.name[source.language] ?? '',
    value: doneWords(what, value, source),
  }
}

export function helpView(data: HelpData, source: ViewSource): View {
  const { language } = source
  const meant = new Set(data.mistakes.flatMap(({ command }) => command ?? []))
  const shown =
    meant.size > 0 && data.mistakes.every(({ command }) => command !== null) ? [...meant] : commandNames
  return {
    ...agentCommonView(data, source),
    mistakes: data.mistakes.map(({ line, code, detail = '' }) => ({
      ...{ line: oneLine(line), code },
      detail: oneLine(detail),
    })),
    words: data.words.trim(),
    commands: shown.map(name => helpLine(name, language)),
  }
}

export function whyView(data: WhyData, source: ViewSource): View {
  return {
    ...agentCommonView(data, source),
    mails: data.mails.slice(0, mostMails).map(mail => ({
      ...mail,
      from: oneLine(mail.from),
      subject: shortened(oneLine(mail.subject), longestSubject),
      decisive: mail.trail.filter(({ hit }) => hit),
      passed: mail.trail.filter(({ hit }) => !hit),
    })),
    clocks: data.clocks,
  }
}

export function holdQuestionView(data: HoldQuestionData, source: ViewSource): View {
  return {
    ...agentCommonView({ ...data, ticketNumber: data.ticketNumber ?? '' }, source),
    reason: data.reason,
    because: oneLine(data.because),
    sender: oneLine(data.sender),
    receivedAt: data.receivedAt,
    excerpt: data.excerpt.trim(),
    heldId: data.heldId,
    byReply: data.byReply,
  }
}

interface ToAgent {
  readonly agent?: string | null
  readonly ticketNumber: string
  readonly subject: string
  readonly office: string
}

/** Times in a letter to an agent are the agent's own. */
export function agentCommonView({ agent, ticketNumber, subject, office }: ToAgent, source: ViewSource) {
  const timeZone = source.config.agents[agent ?? '']?.timeZone
  return {
    ...commonView(source, officeOf(office, source)),
    ...(timeZone === undefined ? {} : { timeZone }),
    ticketNumber,
    subject: shortened(bareSubject(subject), longestSubject),
    internalMark,
  }
}

/** With the title: of those who answer for a matter. */
export function responsibleOf(agent: string | null, { config }: ViewSource): string {
  const found = config.agents[agent ?? '']
  return oneLine(found ? titledName(found) : (agent ?? ''))
}

export function nameOf(agent: string | null, { config }: ViewSource): string {
  return agent === null ? '' : oneLine(config.agents[agent]?.name ?? agent)
}
