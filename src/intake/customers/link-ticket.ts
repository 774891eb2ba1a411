import type { Recognised } from '../../desk/customers/recognise.ts'
import type { Tx } from '../../store/database.ts'

/** Somebody recognised, and the ticket it is about. */
export interface TicketLink {
  readonly ticketId: string
  readonly recognised: Recognised
}

export async function linkTicket(tx: Tx, link: TicketLink): Promise<void> {
  await linkTickets(tx, [link])
}

/**
 * Ties tickets to contact, company and device, and fills in name and address where they are empty and the contact is
 * sure. Never overwrites: what a ticket belongs to already, a person may have set right.
 */
export async function linkTickets(tx: Tx, links: readonly TicketLink[]): Promise<void> {
  const rows = links
    .filter(({ recognised: { contact, company, device } }) => contact || company || device)
    .map(({ ticketId, recognised: { contact, sure, company, device } }) => ({
      id: ticketId,
      contact: contact?.id ?? null,
      company: company?.id ?? null,
      device: device?.id ?? null,
      name: sure ? (contact?.name ?? '') : '',
      address: sure ? onlyAddress(contact?.addresses ?? []) : '',
    }))
  if (rows.length === 0) return
  await tx.$executeRaw`
    update ticket set contact_id = coalesce(ticket.contact_id, told.contact), company_id = coalesce(ticket.company_id, told.company),
      device_id = coalesce(ticket.device_id, told.device),
      customer_name = case when ticket.customer_name = '' then told.name else ticket.customer_name end,
      customer_address = case when ticket.customer_address = '' then told.address else ticket.customer_address end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told(id uuid, contact uuid, company uuid, device uuid, name text, address text)
    where ticket.id = told.id`
}

/** Of several addresses nobody knows which one the customer reads. */
export function onlyAddress(addresses: readonly string[]): string {
  const [only = ''] = addresses
  return addresses.length === 1 ? only : ''
}
