import type { Language } from '../desk/ticket.ts'
import { qualityDefinitions } from './definitions-quality.ts'
import { timeDefinitions } from './definitions-times.ts'
import type { Dimension, FigureDefinition, FigureKey } from './figure.ts'

/** Every figure, once, in the order in which they are shown: times and amounts first, then quality and the books. */
export const definitions: readonly FigureDefinition[] = [...timeDefinitions, ...qualityDefinitions]

export function definitionOf(key: FigureKey): FigureDefinition {
  const found = definitions.find(definition => definition.key === key)
  if (!found) throw new Error(`the figure ${key} is not defined`)
  return found
}

export function isFigureKey(word: unknown): word is FigureKey {
  return definitions.some(({ key }) => key === word)
}

export const dimensionNames: Readonly<Record<Dimension, Readonly<Record<Language, string>>>> = {
  channel: { de: 'Kanal', en: 'Channel' },
  group: { de: 'Abteilung', en: 'Department' },
  area: { de: 'Servicebereich', en: 'Service area' },
  product: { de: 'Produkt', en: 'Product' },
  customer: { de: 'Kunde', en: 'Customer' },
  'agent-group': { de: 'Gruppe der Bearbeiter', en: 'Group of the agent' },
  vendor: { de: 'Hersteller', en: 'Manufacturer' },
  day: { de: 'Tag', en: 'Day' },
  week: { de: 'Woche', en: 'Week' },
  month: { de: 'Monat', en: 'Month' },
}

export function isDimension(word: unknown): word is Dimension {
  return typeof word === 'string' && Object.hasOwn(dimensionNames, word)
}
