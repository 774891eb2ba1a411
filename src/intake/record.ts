import type { InboundMail } from '../desk/inbound.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { Tx } from '../store/database.ts'
import { insertRows } from '../store/insert-rows.ts'
import { recordAbsences } from './agent-absence.ts'
import { recordCallbacks } from './callback-wishes.ts'
import { linkTickets } from './customers/link-ticket.ts'
import { recordFeedback } from './feedback/record-feedback.ts'
import { recordKnown } from './known-of-mail.ts'
import type { Plan } from './plan.ts'
import { recordProcedures } from './procedures/record-procedures.ts'
import { recordProgress } from './promises/planned-progress.ts'
import type { PromiseDeps } from './promises/promise-deps.ts'
import { recordEscalations } from './promises/record-escalations.ts'
import { recordPromises } from './promises/record-promises.ts'
import { recordPassedOn } from './routing-effects.ts'
import { recordSuppressions } from './suppression.ts'
import { recordVendors } from './vendors/record-vendors.ts'

/** Takes as many ids as a batch needs from the sequences, in one round trip. Ids of an aborted batch stay unused. */
export async function takeNumbers(
  tx: Tx,
  inbounds: number,
  tickets: number,
): Promise<{ inboundIds: bigint[]; ticketSequences: bigint[] }> {
  const rows = await tx.$queryRaw<{ inbounds: string[]; tickets: string[] }[]>`
    select array(select nextval(pg_get_serial_sequence('inbound', 'id'))::text from generate_series(1, ${inbounds}::int)) as inbounds,
           array(select nextval(pg_get_serial_sequence('ticket', 'sequence'))::text from generate_series(1, ${tickets}::int)) as tickets`
  return {
    inboundIds: (rows[0]?.inbounds ?? []).map(BigInt),
    ticketSequences: (rows[0]?.tickets ?? []).map(BigInt),
  }
}

/** What begins with the commit. */
export interface Recorded {
  /** Calls of ours, by their providers' ids, that an agent's mail made pointless. */
  readonly hangUps: readonly string[]
}

/** Writes a plan: a statement a table, however many mails there are. */
export async function record(
  tx: Tx,
  plan: Plan,
  now: Temporal.Instant,
  deps: PromiseDeps,
): Promise<Recorded> {
  const at = new Date(now.epochMilliseconds)
  await insertRows(tx, 'ticket', plan.tickets)
  if (plan.changedTickets.size > 0)
    await tx.ticket.updateMany({ where: { id: { in: [...plan.changedTickets] } }, data: { changedAt: at } })
  for (const [id, change] of plan.ticketChanges) await tx.ticket.updateMany({ where: { id }, data: change })
  await recordKnown(tx, plan.known)
  await linkTickets(tx, plan.links)
  // Whoever takes part already stays as he is: the customer does not become a guest.
  await tx.participant.createMany({ data: plan.participants, skipDuplicates: true })
  await insertRows(tx, 'inbound', plan.inbounds)
  await insertRows(tx, 'held', plan.held)
  await insertRows(
    tx,
    'entry',
    plan.entries.map(entry => ({ letterId: null, ...entry })),
  )
  await insertRows(tx, 'guarantee', plan.guarantees)
  await recordEscalations(tx, deps, plan, now)
  await recordPromises(tx, deps, plan, now)
  await tx.ticketPhone.createMany({ data: plan.phones, skipDuplicates: true })
  const hangUps = await recordCallbacks(tx, plan, now)
  await recordPassedOn(tx, deps, plan, now)
  if (plan.decidedHeld.length > 0)
    await tx.held.updateMany({
      where: { id: { in: plan.decidedHeld } },
      data: { state: 'decided', decision: 'send', decidedAt: at },
    })
  await enqueue(tx, plan.letters)
  const solved = await recordProcedures(tx, deps, plan, now)
  await recordSuppressions(tx, plan.lifted, plan.suppressions)
  await recordProgress(tx, deps, plan.progress, now)
  await recordFeedback(tx, deps, plan, now)
  await recordVendors(tx, deps, plan.vendorOrders, now)
  await recordAbsences(tx, plan.absences)
  if (plan.returnedLetters.length > 0)
    await tx.letter.updateMany({
      where: { id: { in: plan.returnedLetters }, state: { in: ['sending', 'unsure', 'queued'] } },
      data: { state: 'sent', sentAt: at, response: 'a copy of it came back to the mailbox' },
    })
  return { hangUps: [...hangUps, ...solved] }
}

/** Moves the cursor of the folder to the last mail of a batch in UID order; never back, so that a gap can be read again later. */
export async function moveCursor(
  tx: Tx,
  mails: readonly InboundMail[],
  now: Temporal.Instant,
): Promise<void> {
  const last = mails.at(-1)
  if (!last) return
  const { mailbox, folder, uidValidity } = last.position
  const uid = last.position.uid
  await tx.$executeRaw`
    insert into mailbox_cursor (mailbox, folder, uid_validity, last_uid, updated_at)
    values (${mailbox}, ${folder}, ${uidValidity}, ${uid}, ${now.toString()}::timestamptz)
    on conflict (mailbox, folder, uid_validity)
    do update set last_uid = greatest(mailbox_cursor.last_uid, excluded.last_uid), updated_at = excluded.updated_at`
}
