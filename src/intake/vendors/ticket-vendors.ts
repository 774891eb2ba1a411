import type { Ticket } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'

/** What commands of agents may speak of: open cases of tickets, and what the books say of the device. */

export interface TicketVendors {
  /** Open ones, oldest first. */
  readonly cases: readonly TicketCase[]
  /** Of the device in the books; '' where none is known. */
  readonly serial: string
  readonly product: string
}

export interface TicketCase {
  readonly id: string
  readonly number: string
  readonly vendor: string
  readonly level: number
  /** What the manufacturer wrote last. */
  readonly last: { readonly id: string; readonly text: string; readonly shared: boolean } | null
  /** What we wrote to it or noted about it: what it repeats of that is not for the customer. */
  readonly sent: readonly string[]
}

const mostSent = 20

export const noTicketVendors: TicketVendors = { cases: [], serial: '', product: '' }

/** By the ticket's id, for those that have a case or a device. */
export async function readTicketVendors(
  tx: Tx,
  tickets: readonly Ticket[],
): Promise<ReadonlyMap<string, TicketVendors>> {
  if (tickets.length === 0) return new Map()
  const ids = tickets.map(({ id }) => id)
  const rows = await tx.$queryRaw<(TicketVendors & { id: string })[]>`
    select t.id, coalesce(d.serial, '') as serial, coalesce(d.product, '') as product, coalesce((
      select json_agg(json_build_object('id', c.id, 'number', c.number, 'vendor', c.vendor, 'level', c.level,
        'last', (select json_build_object('id', m.id, 'text', m.text, 'shared', m.shared_at is not null)
           from vendor_message m where m.case_id = c.id and m.direction = 'in' and m.kind = 'vendor-mail'
           order by m.at desc, m.id desc limit 1),
        'sent', (select coalesce(json_agg(s.text), '[]'::json) from (
           (select text from vendor_message where case_id = c.id and direction <> 'in' order by at desc limit ${mostSent})
           union all select measure->>'text' from jsonb_array_elements(c.description->'measures') measure) s)
      ) order by c.sequence)
      from vendor_case c where c.ticket_id = t.id and c.state = 'open'), '[]'::json) as cases
    from ticket t left join device d on d.id = t.device_id where t.id = any(${ids}::uuid[])`
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}
