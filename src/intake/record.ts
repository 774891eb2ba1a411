import type { InboundMail } from '../desk/inbound.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { Tx } from '../store/database.ts'
import { insertRows } from '../store/insert-rows.ts'
import { recordAbsences } from './agent-absence.ts'
import { recordCallbacks } from './callback-wishes.ts'
import { recordKnown } from './known-of-mail.ts'
import type { EndedPromise, Plan } from './plan.ts'
import { recordSuppressions } from './suppression.ts'

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
export async function record(tx: Tx, plan: Plan, now: Temporal.Instant): Promise<Recorded> {
  const at = new Date(now.epochMilliseconds)
  await insertRows(tx, 'ticket', plan.tickets)
  if (plan.changedTickets.size > 0)
    await tx.ticket.updateMany({ where: { id: { in: [...plan.changedTickets] } }, data: { changedAt: at } })
  for (const [id, change] of plan.ticketChanges) await tx.ticket.updateMany({ where: { id }, data: change })
  await recordKnown(tx, plan.known)
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
  for (const ended of plan.endedPromises) await endPromise(tx, ended)
  await tx.ticketPhone.createMany({ data: plan.phones, skipDuplicates: true })
  const hangUps = await recordCallbacks(tx, plan, now)
  if (plan.decidedHeld.length > 0)
    await tx.held.updateMany({
      where: { id: { in: plan.decidedHeld } },
      data: { state: 'decided', decision: 'send', decidedAt: at },
    })
  await enqueue(tx, plan.letters)
  await recordSuppressions(tx, plan.lifted, plan.suppressions)
  await recordAbsences(tx, plan.absences)
  if (plan.returnedLetters.length > 0)
    await tx.letter.updateMany({
      where: { id: { in: plan.returnedLetters }, state: { in: ['sending', 'unsure', 'queued'] } },
      data: { state: 'sent', sentAt: at, response: 'a copy of it came back to the mailbox' },
    })
  return { hangUps }
}

/** A late answer does not keep a promise: the row says how it really ended. */
async function endPromise(tx: Tx, { ticketId, how, at }: EndedPromise): Promise<void> {
  await tx.$executeRaw`
    update guarantee set ended_at = ${at.toString()}::timestamptz,
      state = case when ${how} = 'withdrawn' then 'withdrawn' when due_at >= ${at.toString()}::timestamptz then 'kept' else 'broken' end
    where ticket_id = ${ticketId}::uuid and kind = 'first-response' and state = 'open'`
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
