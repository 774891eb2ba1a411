/** `gateway held list` and `show`: which mails wait for a human, and why. */
import type { Database } from '../../store/database.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { type Place, withDatabase } from '../with-database.ts'
import { type HeldRow, listText, showText } from './held-text.ts'

/** The oldest first: somebody waits for an answer. */
export async function listHeld(place: Place, limit: number): Promise<Answer> {
  const where = { state: 'held' }
  const [held, total] = await withDatabase(place, db =>
    Promise.all([
      db.held
        .findMany({ where, orderBy: [{ heldAt: 'asc' }, { inboundId: 'asc' }], take: limit })
        .then(rows => plain(db, rows)),
      db.held.count({ where }),
    ]),
  )
  return { text: listText(held, total), data: { total, mails: held } }
}

/** Also shows what was decided. Throws CommandFailed for an id that was never held. */
export async function showHeld(place: Place, argument: string): Promise<Answer> {
  const id = heldIdIn(argument)
  const { row, text } = await withDatabase(place, async db => {
    const [found] = await plain(db, await db.held.findMany({ where: { inboundId: id } }))
    if (!found) throw neverHeld(id)
    return { row: found, text: await textOf(place, found.rawSha256) }
  })
  return { text: showText(row, text), data: { ...row, text } }
}

export function neverHeld(id: bigint): CommandFailed {
  return new CommandFailed(`Mail ${id} was never held; "gateway why ${id}" tells what became of it.`)
}

/** An id as people copy it from a list or a letter. */
export function heldIdIn(argument: string): bigint {
  if (!/^[1-9]\d{0,17}$/.test(argument))
    throw new CommandFailed(`"${argument}" is no id of a mail; "gateway held list" shows them.`)
  return BigInt(argument)
}

async function textOf(place: Place, rawSha256: string): Promise<string> {
  const { openBlobStore } = await import('../../store/blobs.ts')
  const { readMail } = await import('../../channels/mail/read-mail.ts')
  const blobs = await openBlobStore(place.config?.storage ?? { kind: 'files' }, place.data)
  return (await readMail(await blobs.get(rawSha256))).text
}

type Held = Awaited<ReturnType<Database['held']['findMany']>>[number]

async function plain(db: Database, rows: readonly Held[]): Promise<readonly HeldRow[]> {
  const inbounds = await db.inbound.findMany({ where: { id: { in: rows.map(row => row.inboundId) } } })
  const tickets = await db.ticket.findMany({
    where: { id: { in: rows.flatMap(row => row.ticketId ?? []) } },
    select: { id: true, number: true },
  })
  const inboundById = new Map(inbounds.map(row => [row.id, row]))
  const numberById = new Map(tickets.map(({ id, number }) => [id, number]))
  return rows.flatMap(
    ({ inboundId, ticketId, reason, detail, agent, state, heldAt, decidedAt, decision }) => {
      const inbound = inboundById.get(inboundId)
      if (!inbound) return []
      const { mailbox, fromAddress, subject, rawSha256, receivedAt } = inbound
      return [
        {
          ...{ id: String(inboundId), reason, detail, agent, state, decision },
          ...{ mailbox, fromAddress, subject, rawSha256 },
          ticketNumber: numberById.get(ticketId ?? '') ?? null,
          receivedAt: receivedAt.toISOString(),
          heldAt: heldAt.toISOString(),
          decidedAt: decidedAt?.toISOString() ?? null,
        },
      ]
    },
  )
}
