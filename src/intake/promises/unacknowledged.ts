import { enqueue } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import type { Escalation } from '../../store/generated/client.ts'
import { alarms } from '../letters.ts'
import { escalate } from './escalate.ts'
import type { PromiseDeps } from './promise-deps.ts'

/** Nobody of a level took the matter: the next one hears of it, and at the top the administrators. */

interface Unacknowledged {
  readonly escalation: Escalation
  readonly now: Temporal.Instant
}

/** What it was escalated for goes along, so that the top still reads the first reason. */
export async function applyPassOn(
  deps: PromiseDeps,
  tx: Tx,
  { escalation, level, now }: Unacknowledged & { readonly level: number },
): Promise<void> {
  const { ticketId, reason } = escalation
  await escalate(tx, deps, { ticketId, to: level, cause: 'unacknowledged', reason, by: '', now })
}

export async function raiseAlarm(
  { config }: Pick<PromiseDeps, 'config'>,
  tx: Tx,
  { escalation, code, now }: Unacknowledged & { readonly code: string },
): Promise<void> {
  const { number, mailbox } = await tx.ticket.findUniqueOrThrow({
    where: { id: escalation.ticketId },
    select: { number: true, mailbox: true },
  })
  const command = `gateway ticket show ${number}`
  const detail = `Ticket ${number}: ${escalation.reason}`.slice(0, 500).toWellFormed()
  await enqueue(tx, alarms(mailbox, { event: 'escalation-open', code, detail, command }, config, now))
}
