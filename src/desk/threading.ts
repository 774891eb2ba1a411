import type { MailContent } from './mail-content.ts'
import { subjectPrefixes } from './subject-words.ts'
import type { CustomerThread, Ticket } from './ticket.ts'

/** What makes two mails one conversation, apart from Message-IDs; and how long a closed ticket can be answered. */

/** More are never looked up: a thread's newest ids stand at the end (RFC 5322, 3.6.4), and a header can hold thousands. */
const referenceLimit = 50
const keptReferences = 20
/** Bytes of a Thread-Index that all mails of a conversation share ([MS-OXOMSG] 2.2.1.3). */
const conversationBytes = 22

/** References from the nearest relative to the farthest. */
export function nearestReferences({ references }: MailContent): readonly string[] {
  return references.slice(-referenceLimit).toReversed()
}

/**
 * A subject without its runs of "AW:", "WG:", "RE[2]:" and number tags at the start: equal for every mail of a thread,
 * whatever language the clients between spoke.
 */
export function topicOf(subject: string): string {
  let rest = subject
  for (let i = 0; i < 5; i++) {
    const bare = subjectPrefixes(rest).rest.replace(/^\[[^\]]{0,30}\d{5,12}[^\]]{0,5}\]\s*/, '')
    if (bare === rest) break
    rest = bare
  }
  return rest.replaceAll(/\s+/g, ' ').trim().toLowerCase()
}

/** The part of a Thread-Index that names the conversation, undefined where there is none. */
export function conversationOf(threadIndex: string | null): string | undefined {
  const bytes = Buffer.from(threadIndex ?? '', 'base64')
  return bytes.length < conversationBytes ? undefined : bytes.toString('hex', 0, conversationBytes)
}

/** The customer's thread as of this mail of theirs. */
export function customerThreadOf(content: MailContent): CustomerThread {
  return {
    messageId: content.messageId,
    references: content.references.slice(-keptReferences),
    threadIndex: content.threadIndex,
    threadTopic: subjectPrefixes(content.subject).rest.slice(0, 500).toWellFormed(),
    ...(content.autoReplyAllowed ? {} : { silent: true }),
  }
}

/** What is known of an open or recent ticket of a sender, to tell whether a mail without any reference belongs to it. */
export interface RecentTicket {
  readonly id: string
  readonly subject: string
  readonly threadIndex: string | null
}

/**
 * The ticket that Outlook's conversation points to. Only a hint: people begin new matters by answering old mails, so
 * the topic must be the same as well. Mails without a subject share no topic.
 */
export function sameConversation(
  content: MailContent,
  recent: readonly RecentTicket[],
): RecentTicket | undefined {
  const conversation = conversationOf(content.threadIndex)
  if (!conversation) return undefined
  return sameTopic(
    content,
    recent.filter(({ threadIndex }) => conversationOf(threadIndex) === conversation),
  )
}

/** The newest ticket with the same subject. Good for a question to the agents, not for an answer. */
export function sameTopic(content: MailContent, recent: readonly RecentTicket[]): RecentTicket | undefined {
  const topic = topicOf(content.subject)
  return topic === '' ? undefined : recent.find(({ subject }) => topicOf(subject) === topic)
}

/** May a reply still open this closed ticket again? Later it begins a ticket of its own. */
export function isReopenable({ closedAt }: Ticket, reopenDays: number, now: Temporal.Instant): boolean {
  return closedAt === null || now.since(closedAt).total('hours') <= reopenDays * 24
}

/**
 * Where a ticket's mail belongs: a merged one leads to its target, over any number of steps. `mergedInto` maps the id of
 * a merged ticket to that of its target. A ring, which merging refuses to make, ends where it would begin again.
 */
export function mergeTarget(id: string, mergedInto: ReadonlyMap<string, string>): string {
  const passed = new Set<string>()
  let target = id
  for (
    let next: string | undefined = id;
    next !== undefined && !passed.has(next);
    next = mergedInto.get(target)
  ) {
    passed.add(next)
    target = next
  }
  return target
}
