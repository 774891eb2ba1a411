import { randomUUID } from 'node:crypto'
import type { AskedInLetter } from '../../desk/feedback/notice-data.ts'
import { isInPhoneSample } from '../../desk/feedback/phone-sample.ts'
import type { Tx } from '../../store/database.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import type { CustomerChannel } from '../calls/customer-channel.ts'
import type { ToldTicket } from '../calls/told-ticket.ts'
import { dateOf } from '../mail-rows.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'

/**
 * Puts down that the customer of a ticket that is being closed is asked how it went. Undefined where nobody is asked in
 * writing: without `feedback` in the configuration, where the same customer was asked lately, where machines answer from
 * the address, or for one of our own. A customer who has only a telephone can be on the list of those who are rung.
 */
export async function askForFeedback(
  tx: Tx,
  { config }: Pick<PromiseDeps, 'config'>,
  { ticket, row }: ToldTicket,
  way: CustomerChannel,
  now: Temporal.Instant,
): Promise<AskedInLetter | undefined> {
  const { feedback } = config
  if (!feedback || row.mergedIntoId !== null || row.knownProblemId !== null) return undefined
  const address = ticket.customerAddress.toLowerCase()
  if (ticket.customerThread.silent || isOneOfUs(config, address)) return undefined
  const number = row.customerPhone
  if (await wasAsked(tx, { ticketId: ticket.id, address, number }, feedback.quietDays, now)) return undefined
  const id = randomUUID()
  const mayRing = number !== null && !(await declined(tx, address, number))
  const isListed = mayRing && isInPhoneSample(id, feedback.phonePercent)
  if (way.by !== 'mail' && !isListed) return undefined
  const openUntil = now.add({ hours: 24 * feedback.openDays })
  await tx.survey.create({
    data: {
      ...{ id, ticketId: ticket.id, askedAt: dateOf(now), openUntil: dateOf(openUntil), state: 'asked' },
      phone: isListed ? 'listed' : 'not-listed',
    },
  })
  await addCallEntry(tx, {
    ...{ ticketId: ticket.id, kind: 'feedback-asked', at: now },
    detail: { by: way.by === 'mail' ? 'mail' : '', to: way.by === 'mail' ? way.to : '', listed: isListed },
  })
  return way.by === 'mail' ? { surveyId: id, openUntil: openUntil.toString() } : undefined
}

function isOneOfUs({ agents, mailboxes }: PromiseDeps['config'], address: string): boolean {
  const ours = [
    ...Object.values(agents).flatMap(({ addresses }) => addresses),
    ...Object.values(mailboxes).flatMap(({ address: own, aliases }) => [own, ...aliases]),
  ]
  return ours.some(one => one.toLowerCase() === address)
}

interface Customer {
  readonly ticketId: string
  /** Lower-case; '' where none is known. */
  readonly address: string
  /** E.164 */
  readonly number: string | null
}

/** Within `days`, about any matter; about this one since it was opened last. */
async function wasAsked(
  tx: Tx,
  { ticketId, address, number }: Customer,
  days: number,
  now: Temporal.Instant,
): Promise<boolean> {
  const since = now.subtract({ hours: 24 * days }).toString()
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select s.id from survey s join ticket t on t.id = s.ticket_id
    where s.asked_at > ${since}::timestamptz
      and (s.ticket_id = ${ticketId}::uuid or (${address} <> '' and lower(t.customer_address) = ${address})
        or (${address} = '' and t.customer_phone = ${number ?? ''}))
    limit 1`
  return rows.length > 0
}

/** Who did not want to be rung once is not rung again, whatever the matter. */
async function declined(tx: Tx, address: string, number: string): Promise<boolean> {
  const found = await tx.survey.count({
    where: {
      phone: 'declined',
      ticket: { OR: [{ customerPhone: number }, ...(address === '' ? [] : [{ customerAddress: address }])] },
    },
  })
  return found > 0
}
