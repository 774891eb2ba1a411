import type { StepConfig } from '../../config/policy-schema.ts'
import { customerEntryKinds } from '../../desk/channel.ts'
import { knownLines, missingOf, readKnown, requestTypeOf } from '../../desk/checklist.ts'
import type { PastStep, ProcedureTaskData } from '../../desk/procedures/notice-data.ts'
import { peopleFor } from '../../desk/procedures/people.ts'
import type { Language } from '../../desk/ticket.ts'
import { enqueue, type LetterRow, letterRow } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import { agentEnvelope } from '../agent-notices.ts'
import { domainOf } from '../letters.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { absencesAt, type ProcedureTicket, type StepRow } from './ticket-of.ts'

/** The letters of a procedure: to whoever has to act, and those to the customer that its steps name. */

/** How much an agent reads of the customer's last words. */
const excerptLength = 2000

export interface ToldOf {
  readonly about: ProcedureTaskData['about']
  /** Agent or group; null for the group of the ticket. */
  readonly by: string | null
  /** The step; null for a matter that is urgent. */
  readonly key: string | null
  /** Not told again; they had another letter about it. */
  readonly without?: readonly string[]
}

/** Tells all agents that a step is for, each in their own language. Gives their keys. */
export async function tellAgents(
  tx: Tx,
  { config }: PromiseDeps,
  ticket: ProcedureTicket,
  steps: readonly StepRow[],
  { about, by, key, without = [] }: ToldOf,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const timeZone = config.offices[ticket.office]?.timeZone ?? 'UTC'
  const moment = { absences: await absencesAt(tx, now), timeZone, now }
  const people = peopleFor(by, ticket.group, config, moment).filter(one => !without.includes(one))
  const last = await tx.entry.findFirst({
    where: { ticketId: ticket.id, kind: { in: [...customerEntryKinds] } },
    orderBy: { at: 'desc' },
    select: { text: true },
  })
  const excerpt = (last?.text ?? '').trim().slice(0, excerptLength).toWellFormed()
  const letters = people.flatMap(agent => {
    const to = config.agents[agent]
    const [recipient] = to?.addresses ?? []
    if (!to || !recipient) return []
    const { language } = to
    const data: ProcedureTaskData = {
      ...{ about, agent, excerpt },
      ...{ ticketNumber: ticket.number, subject: ticket.subject, office: ticket.office },
      ...{ customerName: ticket.customerName, customerAddress: ticket.customerAddress },
      ...procedureLines(ticket, steps, key, config, language),
    }
    return [
      letterRow({ kind: 'procedure-task', language, recipient, data }, agentEnvelope(ticket, config), now),
    ]
  })
  await enqueue(tx, letters)
  return people
}

function procedureLines(
  ticket: ProcedureTicket,
  steps: readonly StepRow[],
  key: string | null,
  config: PromiseDeps['config'],
  language: Language,
): Pick<ProcedureTaskData, 'requestType' | 'step' | 'past' | 'next' | 'known'> {
  const type = requestTypeOf(ticket, config)
  const nameOf = (step: string) => type?.steps[step]?.name[language] ?? step
  // Where somebody else has to allow it, it is no word for whoever does the step.
  const maySkip = ({ optional, skipBy }: StepConfig) => optional && skipBy === undefined
  const current = type?.steps[key ?? '']
  const past = steps.flatMap(({ key, state, doneBy, remark }): PastStep[] =>
    state === 'done' || state === 'skipped' || state === 'refused'
      ? [{ name: nameOf(key), state, by: config.agents[doneBy ?? '']?.name ?? '', remark }]
      : [],
  )
  return {
    requestType: type?.name[language] ?? '',
    step: key === null ? null : { key, name: nameOf(key), optional: current ? maySkip(current) : false },
    past,
    next: steps.filter(one => one.state === 'waiting' && one.key !== key).map(one => nameOf(one.key)),
    known: type ? knownLines(type, readKnown(ticket.known), language) : [],
  }
}

/** The customer's letter of a step, in the customer's own thread; undefined where no address is known. */
export function customerLetter(
  ticket: ProcedureTicket,
  { key, letter }: { readonly key: string; readonly letter: string | null },
  { config }: PromiseDeps,
  now: Temporal.Instant,
): LetterRow | undefined {
  const { language, customerAddress: recipient } = ticket
  if (recipient === '') return undefined
  const type = requestTypeOf(ticket, config)
  const { messageId, references, threadIndex, threadTopic } = ticket.customerThread
  const data = {
    ...{ ticketNumber: ticket.number, subject: ticket.subject, office: ticket.office },
    customerName: ticket.customerName,
    requestType: type?.name[language] ?? '',
    step: type?.steps[key]?.name[language] ?? key,
    missing: type ? missingOf(type, readKnown(ticket.known), language).map(({ label }) => label) : [],
    ...{ threadIndex, threadTopic },
  }
  const row = letterRow(
    { kind: 'procedure-letter', language, recipient, data },
    {
      ticketId: ticket.id,
      mailbox: ticket.mailbox,
      domain: domainOf(config, ticket.mailbox),
      thread: { inReplyTo: messageId, references: messageId ? [...references, messageId] : references },
    },
    now,
  )
  return letter === null ? row : { ...row, template: letter }
}
