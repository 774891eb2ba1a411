import type { Config } from '../../config/schema.ts'
import { readersOf } from '../../desk/assignment.ts'
import { hasClosing } from '../../desk/closing.ts'
import type { Notice, RelayedParts } from '../../desk/notice.ts'
import type { Language } from '../../desk/ticket.ts'
import type { CaseDescription } from '../../desk/vendor/description.ts'
import type { VendorNoticeData } from '../../desk/vendor/notice-data.ts'
import { enqueue, type LetterRow, letterRow, type Thread } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import { readAbsences } from '../calls/duty.ts'
import { domainOf } from '../letters.ts'
import { readLevel } from '../promises/level-people.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { addressOf, levelNameOf, type OpenedCase, vendorNameOf } from './case-rows.ts'
import { kindsToVendors } from './vendor-book.ts'
import type { ToldWords } from './vendor-orders.ts'

/** Letters of a sealed thread: they name their case and no ticket, and have Message-IDs of their own. */

type VendorLetter = Extract<Notice, { readonly kind: 'vendor-case' | 'vendor-message' | 'vendor-escalation' }>

/**
 * Puts a letter to the manufacturer into the outbox, in the thread as the manufacturer has it. Undefined where nobody
 * knows its address any more.
 */
export async function writeToVendor(
  tx: Tx,
  { config }: Pick<PromiseDeps, 'config'>,
  one: OpenedCase,
  letter: Pick<VendorLetter, 'kind' | 'data'>,
  now: Temporal.Instant,
): Promise<LetterRow | undefined> {
  const { row } = one
  const recipient = addressOf(one)
  if (recipient === undefined) return undefined
  const language: Language = row.language === 'en' ? 'en' : 'de'
  const envelope = {
    ...{ ticketId: null, mailbox: row.mailbox, domain: domainOf(config, row.mailbox) },
    thread: await threadOf(tx, row.id),
  }
  const notice = { ...letter, language, recipient } as VendorLetter
  const written = { ...letterRow(notice, envelope, now), vendorCaseId: row.id }
  await enqueue(tx, [written])
  return written
}

/** It answers the manufacturer's last mail; our first letter is the root of the thread. */
async function threadOf(tx: Tx, caseId: string): Promise<Thread> {
  const ours = await tx.letter.findMany({
    where: { vendorCaseId: caseId, kind: { in: [...kindsToVendors] } },
    orderBy: { createdAt: 'asc' },
    select: { messageId: true },
  })
  const theirs = await tx.inbound.findFirst({
    where: { vendorCaseId: caseId, outcome: 'vendor-mail', messageId: { not: null } },
    orderBy: { id: 'desc' },
    select: { messageId: true },
  })
  const ids = ours.map(({ messageId }) => messageId)
  const inReplyTo = theirs?.messageId ?? ids.at(-1) ?? null
  return { inReplyTo, references: ids }
}

/** What every letter to the manufacturer says of the case. */
export function vendorLines(
  { config }: Pick<PromiseDeps, 'config'>,
  { row, ticket, vendor }: OpenedCase,
  agent: string,
) {
  return {
    ...{ caseNumber: row.number, subject: row.subject, reference: row.reference ?? '' },
    ...{ office: vendor?.office ?? ticket.office, agentName: config.agents[agent]?.name ?? '' },
    customerNumber: vendor?.customerNumber ?? '',
  }
}

/** What was sent in the beginning, as it was stored. */
export function descriptionOf({ row }: Pick<OpenedCase, 'row'>): CaseDescription {
  const none: CaseDescription = { product: '', serial: '', fault: '', measures: [] }
  return { ...none, ...(row.description as Partial<CaseDescription>) }
}

export function signatureBelow(config: Config, agent: string, words: string): string | null {
  const { signature, name = '' } = config.agents[agent] ?? {}
  return signature === undefined || hasClosing(words, name) ? null : signature
}

export function relayedFrom({ rawSha256, attachments }: ToldWords): RelayedParts | null {
  if (attachments.length === 0) return null
  const parts = attachments.map(({ sha256, filename, contentType }) => ({ sha256, filename, contentType }))
  return { rawSha256, parts }
}

/** Whoever opened the case and whoever has the ticket, with those who stand in; where nobody is there, the group. */
export async function peopleOf(
  tx: Tx,
  { config }: Pick<PromiseDeps, 'config'>,
  { row, ticket }: Pick<OpenedCase, 'row' | 'ticket'>,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const absences = await readAbsences(tx, now)
  const timeZone = config.offices[ticket.office]?.timeZone ?? 'UTC'
  const named = [row.agent, ...(ticket.assignee === null ? [] : [ticket.assignee])]
  const known = named.filter(key => config.agents[key])
  const keys = known.length > 0 ? known : [null]
  const all = keys.flatMap(assignee =>
    readersOf({ assignee, group: ticket.group }, { config, absences, timeZone, now }),
  )
  return [...new Set(all)]
}

/** The people of the ticket's own level, else its group: who must act when the manufacturer stays silent. */
export async function levelPeopleOf(
  tx: Tx,
  deps: PromiseDeps,
  one: OpenedCase,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const { ticket } = one
  const level = await readLevel(tx, deps, ticket.level, ticket.office, now)
  const absences = await readAbsences(tx, now)
  const timeZone = deps.config.offices[ticket.office]?.timeZone ?? 'UTC'
  const duty = { config: deps.config, absences, timeZone, now }
  const people = level?.people.map(({ agent }) => agent) ?? []
  const own = people.length > 0 ? people : readersOf({ assignee: null, group: ticket.group }, duty)
  return [...new Set([...own, ...(await peopleOf(tx, deps, one, now))])]
}

type Told = Pick<VendorNoticeData, 'event'> & Partial<VendorNoticeData>

/**
 * Tells agents of a case, each in the own language and with an address that is signed for this agent alone. What machines
 * cause keeps within the budget of one ticket: a manufacturer's system that answers itself must not fill a mailbox.
 */
export async function tellAgents(
  tx: Tx,
  { config }: Pick<PromiseDeps, 'config'>,
  one: Omit<OpenedCase, 'office'>,
  readers: readonly string[],
  told: Told,
  now: Temporal.Instant,
): Promise<number> {
  const { row } = one
  const domain = domainOf(config, row.mailbox)
  const references = [`<case${row.number}.notices@${domain}>`]
  const envelope = { ticketId: null, mailbox: row.mailbox, domain, thread: { inReplyTo: null, references } }
  const letters: LetterRow[] = []
  for (const key of readers) {
    const agent = config.agents[key]
    const recipient = agent?.addresses[0]?.toLowerCase()
    if (!agent || !recipient || !(await mayTell(tx, config, row.id, recipient, now))) continue
    const data: VendorNoticeData = { ...linesOf(one), ...told, agent: key }
    const notice = { kind: 'vendor-notice', language: agent.language, recipient, data } as const
    letters.push({ ...letterRow(notice, envelope, now), vendorCaseId: row.id })
  }
  await enqueue(tx, letters)
  return letters.length
}

async function mayTell(
  tx: Tx,
  { budgets }: Config,
  vendorCaseId: string,
  recipient: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const since = new Date(now.subtract({ hours: 1 }).epochMilliseconds)
  const sent = await tx.letter.count({
    where: { vendorCaseId, recipient, kind: 'vendor-notice', createdAt: { gt: since } },
  })
  return sent < budgets.ticketPerHour
}

function linesOf(one: Omit<OpenedCase, 'office'>): Omit<VendorNoticeData, 'event' | 'agent'> {
  const { row, ticket } = one
  return {
    ...{ caseNumber: row.number, ticketNumber: ticket.number, subject: row.subject, office: ticket.office },
    ...{ vendorName: vendorNameOf(one), reference: row.reference ?? '', levelName: levelNameOf(one) },
    ...{ openedAt: row.openedAt.toISOString(), dueAt: row.dueAt?.toISOString() ?? null, outcome: null },
    ...{ text: '', author: '', attachments: [], relayed: null, done: [], mistakes: [] },
  }
}
