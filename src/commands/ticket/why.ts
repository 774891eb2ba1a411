/** `gateway why`: the decision records behind one mail, or behind all mails and calls of a ticket. */
import type { DossierLetter, TicketDossier } from '../../console/dossier.ts'
import { isTicketNumber } from '../../desk/ticket-number.ts'
import type { Database } from '../../store/database.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { callText } from '../call/call-text.ts'
import { type Place, timeZoneOf, withDatabase } from '../with-database.ts'
import { digitsIn, ticketNumberIn } from './ticket-number-argument.ts'
import { type WhyRecord, whyText } from './why-text.ts'

/** Largest id PostgreSQL can have; a longer number would be an error of the database instead of an answer. */
const largestId = 2n ** 63n - 1n

/**
 * A number that could be a ticket's is taken for one; where no ticket has it, or with `inboundOnly`, it is a mail's.
 * Throws CommandFailed where neither exists.
 */
export async function why(place: Place, argument: string, inboundOnly: boolean): Promise<Answer> {
  const digits = digitsIn(argument, place.ticketFormat)
  if (digits === undefined)
    throw new CommandFailed(`"${argument}" is neither a mail's id nor a ticket number.`)
  const { records, calls, office } = await withDatabase(place, async db => {
    const dossier = inboundOnly || !isTicketNumber(digits) ? undefined : await dossierOf(db, digits)
    return dossier
      ? { records: recordsOf(dossier), calls: dossier.calls, office: dossier.ticket.office }
      : { ...(await recordOf(db, BigInt(digits))), calls: [] }
  })
  if (records.length + calls.length === 0) {
    // A number of a ticket's length that is no mail's id was most likely meant as one: this says what is wrong with it.
    if (!inboundOnly && digits.length >= 7) ticketNumberIn(argument, place.ticketFormat)
    throw new CommandFailed(
      `There is no mail ${digits}${inboundOnly ? '' : ' and no ticket of this number'}.`,
    )
  }
  const timeZone = timeZoneOf(place, office)
  const texts = [
    ...records.map(record => whyText(record, timeZone)),
    ...calls.map(call => callText(call, timeZone)),
  ]
  return { text: texts.join('\n\n'), data: [...records, ...calls] }
}

async function dossierOf(db: Database, number: string): Promise<TicketDossier | undefined> {
  const { ticketDossier } = await import('../../console/tickets.ts')
  return ticketDossier(db, number)
}

function recordsOf({ ticket, inbounds, letters, guarantees }: TicketDossier): readonly WhyRecord[] {
  return inbounds.map(inbound => ({
    inbound,
    ticketNumber: ticket.number,
    letters: letters.filter(letter => letter.createdAt === inbound.takenInAt),
    guarantees,
  }))
}

async function recordOf(
  db: Database,
  id: bigint,
): Promise<{ records: readonly WhyRecord[]; office: string | undefined }> {
  if (id > largestId) return { records: [], office: undefined }
  const row = await db.inbound.findUnique({
    where: { id },
    include: { ticket: { select: { number: true } } },
  })
  if (!row) return { records: [], office: undefined }
  const dossier = row.ticket ? await dossierOf(db, row.ticket.number) : undefined
  if (dossier) {
    const own = recordsOf(dossier).filter(({ inbound }) => inbound.id === String(id))
    return { records: own, office: dossier.ticket.office }
  }
  const { inboundOf } = await import('../../console/tickets.ts')
  const record = {
    inbound: inboundOf(row),
    ticketNumber: null,
    letters: await lettersAt(db, row.takenInAt),
    guarantees: [],
  }
  return { records: [record], office: undefined }
}

/** Letters about no ticket (alarms) that were written in the transaction of this moment. */
async function lettersAt(db: Database, takenInAt: Date): Promise<readonly DossierLetter[]> {
  const rows = await db.letter.findMany({
    where: { ticketId: null, createdAt: takenInAt },
    orderBy: { id: 'asc' },
    select: {
      ...{
        id: true,
        kind: true,
        recipient: true,
        state: true,
        messageId: true,
        createdAt: true,
        sentAt: true,
      },
      ...{ nextTryAt: true, attempts: true, subject: true, text: true, response: true, failureCode: true },
    },
  })
  return rows.map(row => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    nextTryAt: row.nextTryAt.toISOString(),
  }))
}
