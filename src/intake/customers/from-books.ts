import type { Config } from '../../config/schema.ts'
import { type Known, type Requested, requestTypeOf } from '../../desk/checklist.ts'
import type { Conflict, Recognised } from '../../desk/customers/recognise.ts'
import { conflictWords } from '../../desk/customers/words.ts'
import type { Language } from '../../desk/ticket.ts'

/** What a customer whom the books know brings along for a new ticket. */

/**
 * What the books answer of a checklist, so that nobody is asked for what we know. Name and company only of a sure
 * contact: the automatic answer repeats them, and a stranger who names a serial number must not learn whose device it is.
 */
export function knownFromBooks(
  { contact, sure, company, device }: Recognised,
  of: Requested,
  config: Config,
): Known {
  const values: Readonly<Record<string, string | undefined>> = {
    name: sure ? contact?.name : undefined,
    company: sure && company?.id === contact?.companyId ? company?.name : undefined,
    product: device?.product,
  }
  const found = Object.entries(requestTypeOf(of, config)?.fields ?? {}).flatMap(([key, { kind }]) => {
    const value = Object.hasOwn(values, kind) ? values[kind] : undefined
    return value ? [[key, { value, where: 'books' as const }] as const] : []
  })
  return Object.fromEntries(found)
}

/** The language of the books, for customers who have not shown their own. */
export function languageOf({ contact, company }: Recognised): Language | null {
  return contact?.language ?? company?.language ?? null
}

/** Columns of a new ticket. */
export function linkColumns({ contact, company, device }: Recognised) {
  return { contactId: contact?.id ?? null, companyId: company?.id ?? null, deviceId: device?.id ?? null }
}

/** For a line of a ticket's history about what contradicts itself in the books. */
export function unclearDetail(conflicts: readonly Conflict[]) {
  return { because: conflicts.map(one => conflictWords(one, 'en')).join('; '), conflicts }
}
