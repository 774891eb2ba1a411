import type { InboundMail } from '../desk/inbound.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { Tx } from '../store/database.ts'
import { insertRows } from '../store/insert-rows.ts'
import type { Plan } from './plan.ts'

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

/** Writes a plan: a statement a table, however many mails there are. */
export async function record(tx: Tx, plan: Plan, now: Temporal.Instant): Promise<void> {
  const at = new Date(now.epochMilliseconds)
  await insertRows(tx, 'ticket', plan.tickets)
  if (plan.changedTickets.size > 0)
    await tx.ticket.updateMany({ where: { id: { in: [...plan.changedTickets] } }, data: { changedAt: at } })
  await insertRows(tx, 'inbound', plan.inbounds)
  await insertRows(tx, 'entry', plan.entries)
  await insertRows(tx, 'guarantee', plan.guarantees)
  await enqueue(tx, plan.letters)
  if (plan.returnedLetters.length > 0)
    await tx.letter.updateMany({
      where: { id: { in: plan.returnedLetters }, state: { in: ['sending', 'unsure', 'queued'] } },
      data: { state: 'sent', sentAt: at, response: 'a copy of it came back to the mailbox' },
    })
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
