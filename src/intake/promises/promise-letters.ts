import { type Office, officeMinutesBetween } from '../../desk/office-hours.ts'
import { derivationSentence } from '../../desk/promise/derivation-words.ts'
import type { PromiseTaskAbout, PromiseTaskData, SaidLine } from '../../desk/promise/promise-notice.ts'
import { type LetterRow, letterRow } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import type { Guarantee } from '../../store/generated/client.ts'
import { agentEnvelope } from '../agent-notices.ts'
import { instantOf } from '../calls/call-rows.ts'
import { toldTicket } from '../calls/told-ticket.ts'
import { checklistOf } from '../known-of-mail.ts'
import { stepsOf } from './guarantee-row.ts'
import type { PromiseDeps } from './promise-deps.ts'

/** Lines of a ticket's history that were said by somebody, and how letters call who said them. */
const sayings: Readonly<Record<string, SaidLine['by']>> = {
  'customer-mail': 'customer',
  'customer-words': 'customer',
  'agent-answer': 'agent',
  'agent-note': 'note',
  'callback-remark': 'note',
}
const mostSaid = 3

export interface PromiseTask {
  /** The one that the letter is about: it runs, or it has just been broken. */
  readonly guarantee: Guarantee
  /** What was promised in its place. */
  readonly next: Guarantee | null
  readonly agents: readonly string[]
  readonly about: PromiseTaskAbout
  readonly office: Office
  readonly now: Temporal.Instant
}

/**
 * One letter to each of `agents`, with all that is needed to answer by pressing Reply. For the caller to put into the
 * outbox, in the same transaction. Keys that are no agent's any more are left out.
 */
export async function promiseTaskLetters(
  tx: Tx,
  { config }: Pick<PromiseDeps, 'config'>,
  { guarantee, next, agents, about, office, now }: PromiseTask,
): Promise<LetterRow[]> {
  const { ticket } = await toldTicket(tx, guarantee.ticketId)
  const said = await saidOn(tx, ticket.id)
  const running = about === 'broken' ? next : guarantee
  const dueAt = running && instantOf(running.dueAt)
  const explained = running ?? guarantee
  const ofOurs = await isOfOurs(tx, explained)
  const { subject, customerName, customerAddress, severity, level, assignee } = ticket
  return agents.flatMap(key => {
    const agent = config.agents[key]
    const [recipient] = agent?.addresses ?? []
    if (!agent || !recipient) return []
    const { language } = agent
    const derivation = derivationSentence(
      {
        startedAt: instantOf(explained.startedAt),
        dueAt: instantOf(explained.dueAt),
        derivation: stepsOf(explained.derivation),
        ofOurs,
      },
      office,
      language,
    )
    const data: PromiseTaskData = {
      ...{ about, subject, customerName, customerAddress, severity, level, assignee, said, derivation },
      promise: guarantee.kind as PromiseTaskData['promise'],
      agent: key,
      ticketNumber: ticket.number,
      office: ticket.office,
      dueAt: dueAt?.toString() ?? null,
      brokenAt: about === 'broken' ? guarantee.dueAt.toISOString() : null,
      leftMinutes: about === 'broken' || !dueAt ? null : Math.ceil(officeMinutesBetween(now, dueAt, office)),
      ...checklistOf(ticket, config, language),
    }
    return [
      letterRow({ kind: 'promise-task', language, recipient, data }, agentEnvelope(ticket, config), now),
    ]
  })
}

/** Nothing came in when it began: it takes the place of one that was broken then, or is the next status update. */
async function isOfOurs(tx: Tx, { ticketId, kind, startedAt }: Guarantee): Promise<boolean> {
  if (kind === 'status-update') return true
  return (await tx.guarantee.count({ where: { ticketId, kind, state: 'broken', endedAt: startedAt } })) > 0
}

async function saidOn(tx: Tx, ticketId: string): Promise<readonly SaidLine[]> {
  const entries = await tx.entry.findMany({
    where: { ticketId, kind: { in: Object.keys(sayings) }, text: { not: '' } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: mostSaid,
    select: { kind: true, at: true, author: true, text: true },
  })
  return entries.toReversed().map(({ kind, at, author, text }) => {
    const by = sayings[kind] ?? 'note'
    return {
      by,
      at: at.toISOString(),
      author: by === 'customer' ? '' : author,
      text: text.slice(0, 2000).toWellFormed(),
    }
  })
}
