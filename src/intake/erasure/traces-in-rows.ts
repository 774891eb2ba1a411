import { type Eraser, erasedIn } from '../../desk/customers/erasure.ts'
import type { Tx } from '../../store/database.ts'

/** Every column in which people's words and names stand, and the same words written there without a person. */

interface Place {
  readonly table: string
  /** SQL: which rows belong to the tickets $1. */
  readonly where: string
  readonly id: 'uuid' | 'bigint'
  readonly texts: readonly string[]
  readonly jsons: readonly string[]
}

const ofTicket = 'ticket_id = any($1::uuid[])'
const ofCall = 'call_id in (select id from call where ticket_id = any($1::uuid[]))'

const places: readonly Place[] = [
  {
    ...{ table: 'ticket', id: 'uuid', where: 'id = any($1::uuid[])' },
    ...{ texts: ['subject', 'next_step', 'customer_name'], jsons: ['known', 'customer_thread'] },
  },
  { table: 'entry', id: 'uuid', where: ofTicket, texts: ['author', 'text'], jsons: ['detail'] },
  {
    ...{ table: 'inbound', id: 'bigint', where: ofTicket },
    ...{ texts: ['subject', 'quarantine_detail'], jsons: ['trail'] },
  },
  {
    ...{ table: 'letter', id: 'uuid', where: ofTicket },
    ...{ texts: ['subject', 'text', 'response'], jsons: ['data'] },
  },
  { table: 'held', id: 'uuid', where: ofTicket, texts: ['decision'], jsons: ['detail'] },
  {
    ...{ table: 'call', id: 'uuid', where: ofTicket },
    ...{ texts: ['raw_from', 'raw_to', 'caller_name'], jsons: ['memory', 'answer'] },
  },
  { table: 'call_event', id: 'bigint', where: ofCall, texts: [], jsons: ['payload', 'effects', 'answer'] },
  { table: 'callback', id: 'uuid', where: ofTicket, texts: [], jsons: ['allowed_by'] },
  {
    ...{ table: 'callback_attempt', id: 'uuid', texts: [], jsons: ['detail'] },
    where: 'callback_id in (select id from callback where ticket_id = any($1::uuid[]))',
  },
  { table: 'recording', id: 'uuid', where: ofTicket, texts: ['transcript'], jsons: [] },
  { table: 'text_message', id: 'uuid', where: ofTicket, texts: ['text', 'failure'], jsons: ['data'] },
  { table: 'escalation', id: 'uuid', where: ofTicket, texts: ['reason'], jsons: [] },
  { table: 'procedure_step', id: 'uuid', where: ofTicket, texts: ['remark'], jsons: [] },
  { table: 'survey', id: 'uuid', where: ofTicket, texts: ['words', 'phone_remark'], jsons: [] },
  { table: 'suggestion', id: 'uuid', where: ofTicket, texts: ['text', 'remark'], jsons: [] },
]

/** Of rows that belong to no ticket. */
const strays: readonly Place[] = [
  {
    ...{ table: 'inbound', id: 'bigint', where: 'ticket_id is null and from_address = any($1::text[])' },
    ...{ texts: ['subject', 'quarantine_detail'], jsons: ['trail'] },
  },
  {
    ...{ table: 'letter', id: 'uuid', where: 'ticket_id is null and recipient = any($1::text[])' },
    ...{ texts: ['subject', 'text', 'response'], jsons: ['data'] },
  },
]

/** Returns how many rows were changed. */
export async function eraseInRows(
  tx: Tx,
  tickets: readonly string[],
  addresses: readonly string[],
  erase: Eraser,
): Promise<number> {
  let changed = 0
  for (const place of places) changed += await eraseIn(tx, place, tickets, erase)
  for (const place of strays) changed += await eraseIn(tx, place, addresses, erase)
  return changed
}

/** Row by row, as many as there are of one person; the statement that writes has names of ours only. */
async function eraseIn(
  tx: Tx,
  { table, where, id, texts, jsons }: Place,
  of: readonly string[],
  erase: Eraser,
): Promise<number> {
  const columns = [...texts, ...jsons]
  const rows = await tx.$queryRawUnsafe<Readonly<Record<string, unknown>>[]>(
    `select id::text as id, ${columns.map(name => `"${name}"`).join(', ')} from "${table}" where ${where}`,
    of,
  )
  let changed = 0
  for (const row of rows) {
    const clean = columns.map(name => erasedIn(row[name], erase))
    if (columns.every((name, at) => JSON.stringify(row[name]) === JSON.stringify(clean[at]))) continue
    const sets = columns.map(
      (name, at) => `"${name}" = $${at + 2}${jsons.includes(name) ? '::jsonb' : '::text'}`,
    )
    const values = clean.map((value, at) =>
      jsons.includes(columns[at] ?? '') && value !== null ? JSON.stringify(value) : value,
    )
    await tx.$executeRawUnsafe(
      `update "${table}" set ${sets.join(', ')} where id = $1::${id}`,
      row.id,
      ...values,
    )
    changed++
  }
  return changed
}
