import type { Entitlement } from '../promise/matter.ts'
import type { Language } from '../ticket.ts'
import type { InBooks } from './in-books.ts'
import type { Conflict } from './recognise.ts'

/** What agents read of a customer out of the books, in their language. */

/** What a kind of contract is called; a kind that the configuration does not have any more is called by its key. */
export type ContractNames = Readonly<
  Record<string, { readonly name: Readonly<Record<Language, string>> } | undefined>
>

const months = 'January February March April May June July August September October November December'.split(
  ' ',
)

/** "31.12.2026", "31 December 2026", of an ISO day. */
export function dayWords(iso: string, language: Language): string {
  const { day, month, year } = Temporal.PlainDate.from(iso)
  const two = (part: number) => String(part).padStart(2, '0')
  return language === 'de' ? `${two(day)}.${two(month)}.${year}` : `${day} ${months[month - 1]} ${year}`
}

/** "Wartungsvertrag Gold bis 31.12.2026 (Nr. WV-4711)", "Gewährleistung bis …", "kein Vertrag bekannt", and so on. */
export function entitlementWords(
  entitlement: Entitlement,
  language: Language,
  contracts: ContractNames,
): string {
  const de = language === 'de'
  switch (entitlement.kind) {
    case 'contract': {
      const { contract, number, validTo } = entitlement
      const name = (Object.hasOwn(contracts, contract) && contracts[contract]?.name[language]) || contract
      const end = validTo === null ? '' : ` ${de ? 'bis' : 'until'} ${dayWords(validTo, language)}`
      return `${name}${end} (${de ? 'Nr.' : 'no.'} ${number})`
    }
    case 'warranty':
      return `${de ? 'Gewährleistung bis' : 'warranty until'} ${dayWords(entitlement.until, language)}`
    case 'expired': {
      const what = {
        contract: { de: 'Vertrag', en: 'contract' },
        warranty: { de: 'Gewährleistung', en: 'warranty' },
      }[entitlement.what][language]
      const day = dayWords(entitlement.since, language)
      return de ? `${what} abgelaufen am ${day}` : `${what} ended on ${day}`
    }
    case 'none':
      return de ? 'kein Vertrag bekannt' : 'no contract known'
    case 'unknown-customer':
      return de ? 'unbekannter Kunde' : 'unknown customer'
  }
}

/** "Waage X200, Seriennummer 4711-A, Gewährleistung bis 31.12.2026"; '' where no device is known. */
export function deviceWords({ device }: Pick<InBooks, 'device'>, language: Language): string {
  if (!device) return ''
  const { product, serial, warrantyTo } = device
  const de = language === 'de'
  const warranty =
    warrantyTo === null
      ? ''
      : `, ${de ? 'Gewährleistung bis' : 'warranty until'} ${dayWords(warrantyTo, language)}`
  return `${product}, ${de ? 'Seriennummer' : 'serial number'} ${serial}${warranty}`
}

/** What contradicts itself, for a person to decide. */
export function conflictWords({ kind, value, names }: Conflict, language: Language): string {
  const all = names.join(', ')
  const de = language === 'de'
  switch (kind) {
    case 'shared':
      return de
        ? `${value} teilen sich mehrere Kunden: ${all}`
        : `${value} is shared by several customers: ${all}`
    case 'elsewhere':
      return de
        ? `${value} passt nicht zum Absender oder Anrufer; infrage kommen: ${all}`
        : `${value} does not belong to who writes or rings; it may be: ${all}`
    case 'several-devices':
      return de ? `mehrere Geräte genannt: ${value} (${all})` : `several devices are named: ${value} (${all})`
  }
}
