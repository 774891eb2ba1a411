import type { Config } from '../config/schema.ts'
import { type KnownLine, readKnown, requestTypeOf } from './checklist.ts'
import type { Language, Ticket } from './ticket.ts'

const labels = {
  requestType: { de: 'Art der Anfrage', en: 'Kind of request' },
  area: { de: 'Servicebereich', en: 'Service area' },
  product: { de: 'Produkt', en: 'Product' },
} as const

/** What a matter is about, for agents: kind of request, service area and product, as far as they are known. */
export function matterLines(ticket: Ticket, config: Config, language: Language): readonly KnownLine[] {
  const { requestType, area, product } = ticket
  const line = (part: keyof typeof labels, value: string | undefined): KnownLine[] =>
    value === undefined ? [] : [{ label: labels[part][language], value }]
  return [
    ...line('requestType', config.requestTypes[requestType ?? '']?.name[language]),
    ...line('area', config.areas[area ?? '']?.name[language]),
    ...(namesProduct(ticket, config) ? [] : line('product', config.products[product ?? '']?.name)),
  ]
}

/** The checklist has it in the customer's own words. */
function namesProduct(ticket: Ticket, config: Config): boolean {
  const known = readKnown(ticket.known)
  const fields = Object.entries(requestTypeOf(ticket, config)?.fields ?? {})
  return fields.some(([key, { kind }]) => kind === 'product' && Object.hasOwn(known, key))
}
