/** `gateway quarantine list` and `show`: what could not be parsed or decided, and its bytes as they came. */
import type { Database } from '../../store/database.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { safeText } from '../terminal.ts'
import { type Place, withDatabase } from '../with-database.ts'
import { listText, type QuarantinedRow, showText } from './quarantine-text.ts'

const select = {
  ...{ id: true, mailbox: true, folder: true, uidValidity: true, uid: true, size: true, rawSha256: true },
  ...{ receivedAt: true, takenInAt: true, fromAddress: true, subject: true },
  ...{ quarantineCode: true, quarantineDetail: true },
} as const

const where = { outcome: 'quarantine' } as const

/** The newest first. */
export async function listQuarantine(place: Place, limit: number): Promise<Answer> {
  const [rows, total] = await withDatabase(place, db =>
    Promise.all([
      db.inbound.findMany({ where, select, orderBy: { id: 'desc' }, take: limit }),
      db.inbound.count({ where }),
    ]),
  )
  const shown = rows.map(plain)
  return { text: listText(shown, total), data: { total, mails: shown } }
}

/** Throws CommandFailed for an id that is not in quarantine. */
export async function showQuarantined(place: Place, argument: string): Promise<Answer> {
  const row = await withDatabase(place, db => find(db, idIn(argument)))
  return { text: showText(row), data: row }
}

/** Writes the mail to stdout and returns the exit code. Throws as showQuarantined does. */
export async function printRaw(place: Place, argument: string): Promise<number> {
  const { rawSha256 } = await withDatabase(place, db => find(db, idIn(argument)))
  const { openBlobStore } = await import('../../store/blobs.ts')
  const blobs = await openBlobStore(place.config?.storage ?? { kind: 'files' }, place.data)
  const raw = await blobs.get(rawSha256)
  // A file gets every byte; a terminal would obey some of them.
  process.stdout.write(process.stdout.isTTY ? safeText(raw.toString('utf8')) : raw)
  return 0
}

/** An id as people copy it from a list. */
export function idIn(argument: string): bigint {
  if (!/^[1-9]\d{0,17}$/.test(argument))
    throw new CommandFailed(`"${argument}" is no id of a mail; "gateway quarantine list" shows them.`)
  return BigInt(argument)
}

async function find(db: Database, id: bigint): Promise<QuarantinedRow> {
  const row = await db.inbound.findFirst({ where: { id, ...where }, select })
  if (!row)
    throw new CommandFailed(`Mail ${id} is not in quarantine; "gateway why ${id}" tells what became of it.`)
  return plain(row)
}

type Row = Awaited<ReturnType<Database['inbound']['findMany']>>[number]

function plain(row: Pick<Row, keyof typeof select>): QuarantinedRow {
  return {
    ...row,
    id: String(row.id),
    uidValidity: String(row.uidValidity),
    uid: String(row.uid),
    size: String(row.size),
    receivedAt: row.receivedAt.toISOString(),
    takenInAt: row.takenInAt.toISOString(),
  }
}
