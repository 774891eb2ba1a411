import type { StoredCustomers } from '../../desk/customers/stored-customers.ts'
import type { Tx } from '../../store/database.ts'

/** All of the books: for an import, and for whoever wants to see them. Dates as ISO days, points in order. */
export async function readStored(tx: Tx): Promise<StoredCustomers> {
  const rows = await tx.$queryRaw<{ stored: StoredCustomers }[]>`
    select json_build_object(
      'companies', (select coalesce(json_agg(json_build_object('id', id, 'number', number, 'name', name,
        'language', detail->>'language') order by number, name), '[]') from company),
      'contacts', (select coalesce(json_agg(json_build_object('id', id, 'companyId', company_id, 'name', name, 'language', language,
        'addresses', coalesce(p.addresses, '[]'), 'phones', coalesce(p.phones, '[]')) order by name, id), '[]')
        from contact left join (
          select contact_id, json_agg(value order by value collate "C") filter (where kind = 'address') as addresses,
            json_agg(value order by value collate "C") filter (where kind = 'phone') as phones
          from contact_point group by contact_id) p on p.contact_id = contact.id),
      'contracts', (select coalesce(json_agg(json_build_object('id', id, 'number', number, 'companyId', company_id, 'kind', kind,
        'validFrom', valid_from, 'validTo', valid_to) order by number), '[]') from contract),
      'devices', (select coalesce(json_agg(json_build_object('id', id, 'serial', serial, 'serialKey', serial_key, 'product', product,
        'companyId', company_id, 'contractId', contract_id, 'warrantyTo', warranty_to) order by serial_key), '[]') from device)
    ) as stored`
  const [row] = rows
  if (!row) throw new Error('the look-up always gives one row')
  return row.stored
}
