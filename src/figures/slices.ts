import type { Config } from '../config/schema.ts'
import type { Language } from '../desk/ticket.ts'
import type { Database } from '../store/database.ts'
import type { Dimension, Period } from './figure.ts'
import { others } from './statement.ts'

/** What slices are called, and which units of time a period has. */

type Name = Readonly<Record<Language, string>>

const channels: Readonly<Record<string, Name>> = {
  mail: { de: 'E-Mail', en: 'E-mail' },
  phone: { de: 'Telefon', en: 'Telephone' },
  form: { de: 'Formular', en: 'Form' },
  social: { de: 'Soziale Medien', en: 'Social media' },
  'in-person': { de: 'Persönlich', en: 'In person' },
  chat: { de: 'Chat', en: 'Chat' },
}

const unknown: Name = { de: 'nicht bekannt', en: 'not known' }
const remaining: Name = { de: 'übrige', en: 'others' }
const mostUnits = 400

/** By key. What the configuration or the books no longer know is called by its key. */
export async function namesOf(
  database: Database,
  config: Config,
  by: Dimension,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Name>> {
  const companies =
    by === 'customer'
      ? await database.company.findMany({
          where: { id: { in: keys.filter(key => key !== '' && key !== others) } },
          select: { id: true, name: true },
        })
      : []
  const companyNames = new Map(companies.map(({ id, name }) => [id, name]))
  const nameOf = (key: string): Name => {
    if (key === '') return unknown
    if (key === others) return remaining
    return inConfig(config, by, key) ?? same(companyNames.get(key) ?? key)
  }
  return new Map(keys.map(key => [key, nameOf(key)]))
}

function inConfig(config: Config, by: Dimension, key: string): Name | undefined {
  const named = (entry: { readonly name: string } | undefined) => entry && same(entry.name)
  switch (by) {
    case 'channel':
      return channels[key]
    case 'group':
    case 'agent-group':
      return named(config.groups[key])
    case 'area':
      return config.areas[key]?.name
    case 'product':
      return named(config.products[key])
    case 'vendor':
      return named(config.vendors[key])
    case 'customer':
      return undefined
    default:
      return timeName(by, Temporal.PlainDate.from(key))
  }
}

const same = (name: string): Name => ({ de: name, en: name })

function timeName(unit: 'day' | 'week' | 'month', date: Temporal.PlainDate): Name {
  if (unit === 'week') {
    const week = `${date.weekOfYear}/${date.yearOfWeek}`
    return { de: `KW ${week}`, en: `week ${week}` }
  }
  const options: Intl.DateTimeFormatOptions =
    unit === 'day'
      ? { day: '2-digit', month: '2-digit', year: 'numeric' }
      : { month: 'long', year: 'numeric' }
  return { de: date.toLocaleString('de-DE', options), en: date.toLocaleString('en-GB', options) }
}

/**
 * The first day of every unit that the period touches, in order. Throws RangeError where they are more than anybody can
 * look at, in words for whoever asked.
 */
export function unitsOf(unit: 'day' | 'week' | 'month', { from, to }: Period): readonly string[] {
  const units: string[] = []
  for (
    let date = firstOf(unit, from);
    Temporal.PlainDate.compare(date, to) <= 0;
    date = date.add(unit === 'day' ? { days: 1 } : unit === 'week' ? { weeks: 1 } : { months: 1 })
  ) {
    if (units.length === mostUnits)
      throw new RangeError(
        `${from} to ${to} has more than ${mostUnits} ${unit}s; choose a wider unit or a shorter period`,
      )
    units.push(date.toString())
  }
  return units
}

function firstOf(unit: 'day' | 'week' | 'month', date: Temporal.PlainDate): Temporal.PlainDate {
  if (unit === 'day') return date
  return unit === 'week' ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 })
}
