import type { Config } from '../../config/schema.ts'
import type { Tx } from '../../store/database.ts'
import type { FailedLetter } from '../letter-failed.ts'
import { peopleOf, tellAgents } from './case-letters.ts'
import { addMessage } from './case-rows.ts'
import { kindsToVendors } from './vendor-book.ts'

/** A letter to a manufacturer was given up: the agents of its case must find another way. */
export async function tellOfVendorLetter(
  tx: Tx,
  { id, kind }: FailedLetter,
  response: string,
  config: Config,
  now: Temporal.Instant,
): Promise<void> {
  if (!kindsToVendors.includes(kind)) return
  const letter = await tx.letter.findUniqueOrThrow({
    where: { id },
    include: { vendorCase: { include: { ticket: true } } },
  })
  if (!letter.vendorCase) return
  const { ticket, ...row } = letter.vendorCase
  const one = { row, ticket, vendor: config.vendors[row.vendor] }
  const note = { caseId: row.id, direction: 'note', kind: 'letter-failed', at: now, author: '' } as const
  await addMessage(tx, { ...note, text: response, letterId: id })
  const readers = await peopleOf(tx, { config }, one, now)
  await tellAgents(tx, { config }, one, readers, { event: 'letter-failed', text: response }, now)
}
