import { randomUUID } from 'node:crypto'
import type { TextData } from '../../desk/phone/text-words.ts'
import type { Way } from '../../desk/promise/escalation.ts'
import { enqueue } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import type { Escalation, Ticket } from '../../store/generated/client.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { dateOf } from '../mail-rows.ts'
import { type AlertToPlace, type RingDeps, ringFirst } from './alert-calls.ts'
import { escalationLetters } from './escalation-letters.ts'
import { levelConfigOf, type ReadLevel } from './level-people.ts'
import type { PromiseDeps } from './promise-deps.ts'

/** Telling the people of a level, by one of its ways. */

/** Without telephony nobody is rung or sent a text; the mail does then. */
export type EscalationDeps = PromiseDeps & RingDeps

export interface Telling {
  readonly escalation: Escalation & { readonly ticket: Ticket }
  readonly read: ReadLevel
  readonly severity: 'stopped' | 'hindered' | 'minor' | null
  readonly way: Way
  readonly acknowledgeBy: Temporal.Instant
  readonly now: Temporal.Instant
}

/**
 * The first time everybody gets the letter, whatever the way, because only there is room for the whole history and for
 * the link. Later a text or a call goes alone; whoever cannot be reached by it gets the letter again. Gives the call
 * that has to be placed after the commit.
 */
export async function tell(
  deps: EscalationDeps,
  tx: Tx,
  telling: Telling,
): Promise<AlertToPlace | undefined> {
  const { escalation, read, way, acknowledgeBy, now } = telling
  const { id, ticketId, level, waysUsed } = escalation
  await tx.escalation.update({
    where: { id },
    data: { waysUsed: waysUsed + 1, acknowledgeBy: dateOf(acknowledgeBy) },
  })
  await addCallEntry(tx, {
    ...{ ticketId, kind: 'escalation-told', at: now },
    detail: {
      escalationId: id,
      level,
      way,
      people: read.facts.people,
      acknowledgeBy: acknowledgeBy.toString(),
    },
  })
  const ringing = way === 'call' ? await ringFirst(deps, tx, telling) : undefined
  const texted = way === 'text' ? await sendTexts(deps, tx, telling) : []
  const people =
    waysUsed === 0 || way === 'mail'
      ? read.people
      : read.people.filter(({ agent }) => !texted.includes(agent) && !ringing?.reachable.includes(agent))
  const about = waysUsed === 0 ? 'first' : 'again'
  await enqueue(tx, await escalationLetters(tx, deps, { escalation, people, about, acknowledgeBy, now }))
  return ringing?.place
}

/** Gives the keys of those to whom one goes. */
async function sendTexts(
  { config }: PromiseDeps,
  tx: Tx,
  { escalation, read, severity, acknowledgeBy, now }: Telling,
): Promise<readonly string[]> {
  const { ticket, level, ticketId } = escalation
  if (!config.phone?.texts) return []
  const [line = ''] = Object.keys(config.phone.lines)
  const reached = read.facts.people.filter(key => config.agents[key]?.phone !== undefined)
  for (const key of reached) {
    const agent = config.agents[key]
    if (!agent?.phone) continue
    const data: TextData = {
      ...{ ticketNumber: ticket.number, dueAt: null, number: null, again: false },
      ...{ office: read.facts.office.key, line: '', callId: null, callbackId: null },
      escalation: {
        ...{
          level,
          severity,
          customer: ticket.customerName,
          subject: ticket.subject.slice(0, 200).toWellFormed(),
        },
        levelName: levelConfigOf(config, level)?.name[agent.language] ?? '',
        acknowledgeBy: acknowledgeBy.toString(),
      },
    }
    await tx.textMessage.create({
      data: {
        ...{ id: randomUUID(), ticketId, kind: 'escalation', language: agent.language, line },
        ...{ recipient: agent.phone, data: { ...data, escalation: { ...data.escalation } }, state: 'queued' },
        createdAt: dateOf(now),
        wakeAt: dateOf(now),
      },
    })
  }
  return reached
}
