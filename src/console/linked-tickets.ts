import type { Database } from '../store/database.ts'
import type { Ticket } from '../store/generated/client.ts'
import type { LinkedTickets } from './dossier.ts'

/** Which tickets this one goes on with or was merged into, and which ones go on with it or were merged into it. */
export async function linkedTickets(
  db: Database,
  { id, followsId, mergedIntoId }: Ticket,
): Promise<LinkedTickets> {
  const older = [followsId, mergedIntoId].filter(link => link !== null)
  const relatives = await db.ticket.findMany({
    where: { OR: [{ id: { in: older } }, { followsId: id }, { mergedIntoId: id }] },
    orderBy: { sequence: 'asc' },
    select: { id: true, number: true, followsId: true, mergedIntoId: true },
  })
  const numberOf = (wanted: string | null) => relatives.find(one => one.id === wanted)?.number ?? null
  return {
    follows: numberOf(followsId),
    followedBy: relatives.filter(one => one.followsId === id).map(({ number }) => number),
    mergedInto: numberOf(mergedIntoId),
    mergedFrom: relatives.filter(one => one.mergedIntoId === id).map(({ number }) => number),
  }
}
