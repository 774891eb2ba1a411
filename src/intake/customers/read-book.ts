import type {
  CustomerBook,
  KnownCompany,
  KnownContact,
  KnownContract,
  KnownDevice,
  TicketLinks,
} from '../../desk/customers/customer-book.ts'
import { numberKey, type Sought } from '../../desk/customers/recognise.ts'
import { serialReadings } from '../../desk/customers/serial-key.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'

/** Of one statement: a number behind which thousands of contacts lie is no person, and no letter lists them. */
const most = 2000

interface Found {
  readonly kept: boolean
  readonly companies: (Omit<KnownCompany, 'language'> & { readonly language: string | null })[]
  readonly contacts: (Omit<KnownContact, 'language'> & { readonly language: string | null })[]
  readonly contracts: KnownContract[]
  readonly devices: KnownDevice[]
  readonly links: (TicketLinks & { readonly ticketId: string })[]
}

/** Every step by an index: the cost is that of what was asked for, however many customers there are. */
const bookSql = `
with linked as (
  select id, contact_id, company_id, device_id from ticket where id = any($4::uuid[])
), people as (
  select id, name, language, company_id from contact where id in (
    select contact_id from contact_point where kind = 'address' and value = any($1::text[])
    union select contact_id from contact_point where kind = 'phone' and value = any($2::text[])
    union select contact_id from linked)
  limit ${most}
), machines as (
  select id, serial, serial_key, product, company_id, contract_id, warranty_to from device where serial_key = any($3::text[])
  union
  select id, serial, serial_key, product, company_id, contract_id, warranty_to from device where id in (select device_id from linked)
), firms as (
  select id, number, name, detail from company where id in (
    select company_id from people union select company_id from machines union select company_id from linked
    union select id from company where number = any($5::text[]))
), agreements as (
  select id, number, company_id, kind, valid_from, valid_to from contract where company_id in (select id from firms)
  union
  select id, number, company_id, kind, valid_from, valid_to from contract where id in (select contract_id from machines)
)
select json_build_object(
  'kept', exists (select 1 from company) or exists (select 1 from contact) or exists (select 1 from device),
  'companies', (select coalesce(json_agg(json_build_object('id', id, 'number', number, 'name', name,
     'language', detail->>'language')), '[]') from firms),
  'contacts', (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'language', language, 'companyId', company_id,
     'addresses', (select coalesce(json_agg(value order by value), '[]') from contact_point where contact_id = people.id and kind = 'address'),
     'phones', (select coalesce(json_agg(value order by value), '[]') from contact_point where contact_id = people.id and kind = 'phone'))
     order by name, id), '[]') from people),
  'contracts', (select coalesce(json_agg(json_build_object('id', id, 'number', number, 'companyId', company_id, 'kind', kind,
     'validFrom', valid_from, 'validTo', valid_to) order by number), '[]') from agreements),
  'devices', (select coalesce(json_agg(json_build_object('id', id, 'serial', serial, 'serialKey', serial_key, 'product', product,
     'companyId', company_id, 'contractId', contract_id, 'warrantyTo', warranty_to) order by serial_key), '[]') from machines),
  'links', (select coalesce(json_agg(json_build_object('ticketId', id, 'contactId', contact_id, 'companyId', company_id,
     'deviceId', device_id)), '[]') from linked)
) as found`

/** One look-up for a whole batch: what the books say of everything sought, and of these tickets. */
export async function readBook(
  tx: Tx,
  sought: readonly Sought[],
  ticketIds: readonly string[] = [],
): Promise<CustomerBook> {
  const all = (values: (one: Sought) => readonly string[]) => [...new Set(sought.flatMap(values))]
  const rows = await tx.$queryRawUnsafe<{ found: Found }[]>(
    bookSql,
    all(({ addresses }) => addresses.map(one => one.toLowerCase())),
    all(({ phones }) => phones),
    all(({ serials }) => serials.flatMap(serialReadings)),
    ticketIds,
    all(({ customerNumber }) => numbersWritten(customerNumber ?? '')),
  )
  const found = rows[0]?.found
  if (!found) throw new Error('the look-up always gives one row')
  return {
    kept: found.kept,
    companies: found.companies.map(one => ({ ...one, language: languageOf(one.language) })),
    contacts: found.contacts.map(one => ({ ...one, language: languageOf(one.language) })),
    contracts: found.contracts,
    devices: found.devices,
    links: new Map(found.links.map(({ ticketId, ...links }) => [ticketId, links])),
  }
}

/** As the books may spell it: an index finds no more than that. */
function numbersWritten(number: string): readonly string[] {
  const key = numberKey(number)
  const written = number.trim()
  return key === ''
    ? []
    : [...new Set([written, written.toUpperCase(), key, written.replaceAll(' ', '-').toUpperCase()])]
}

function languageOf(stored: string | null): Language | null {
  return stored === 'de' || stored === 'en' ? stored : null
}
