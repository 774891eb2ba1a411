import type { Config } from '../../../config/schema.ts'
import { ticketChannels } from '../../../desk/channel.ts'
import type { Language } from '../../../desk/ticket.ts'
import { namesOf } from '../../../figures/slices.ts'
import type { Database } from '../../../store/database.ts'
import { type Asked, type FilterField, filteredBy, filterFields, unknownValue } from './asked.ts'
import type { Choice } from './filter-form.ts'
import { words } from './words.ts'

/** What can be chosen in the form, by the names it has in reports. Of customers only the chosen one. */
export async function choicesOf(
  database: Database,
  config: Config,
  asked: Asked,
  language: Language,
): Promise<Readonly<Record<FilterField, readonly Choice[]>>> {
  const customer = filteredBy(asked, 'customer')
  const keys: Readonly<Record<FilterField, readonly string[]>> = {
    channel: ticketChannels,
    group: Object.keys(config.groups),
    area: Object.keys(config.areas),
    product: Object.keys(config.products),
    'agent-group': Object.keys(config.groups),
    customer: customer !== undefined && isId(customer) ? [customer] : [],
  }
  const choices: Partial<Record<FilterField, readonly Choice[]>> = {}
  for (const field of filterFields) choices[field] = await named(field)
  return choices as Record<FilterField, readonly Choice[]>

  async function named(field: FilterField): Promise<readonly Choice[]> {
    const names = await namesOf(database, config, field, keys[field])
    const known = keys[field].map(key => ({ key, name: names.get(key)?.[language] ?? key }))
    const maybeUnknown = field === 'area' || field === 'product' || field === 'agent-group'
    if (known.length === 0 || !maybeUnknown) return known
    return [...known, { key: unknownValue, name: words[language].unknown }]
  }
}

/** The database would refuse what is none. */
function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
