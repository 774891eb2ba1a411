import type { Config } from '../config/schema.ts'
import type { MistakeCode } from './command-arguments.ts'
import type { RoutingNames } from './routing-commands.ts'
import type { Language } from './ticket.ts'

type Catalogue = Pick<Config, 'groups' | 'areas' | 'products'> & Partial<Pick<Config, 'vendors'>>

/** What an agent may call the groups, areas and products of the configuration. */
export function routingNamesOf(
  { groups, areas, products }: Omit<Catalogue, 'vendors'>,
  group: string,
): RoutingNames {
  return {
    group,
    groups: Object.entries(groups).map(([key, { name }]) => ({ key, names: [name] })),
    areas: Object.entries(areas).map(([key, { name }]) => ({ key, names: [name.de, name.en] })),
    products: Object.entries(products).map(([key, { name, words, area = null }]) => ({
      ...{ key, area },
      names: [name, ...words],
    })),
  }
}

/** Lines of a help that lists what there is. */
const mostChoices = 30

/** What could have been named instead, for the help; '' where the mistake is another one. */
export function choicesAfter(
  code: MistakeCode,
  { groups, areas, products, vendors = {} }: Catalogue,
  language: Language,
): string {
  const choices: Partial<Record<MistakeCode, readonly string[]>> = {
    'no-such-group': Object.entries(groups).map(([key, { name }]) => spelt(key, name)),
    'no-such-area': Object.entries(areas).map(([key, { name }]) => spelt(key, name[language])),
    'no-such-vendor': Object.entries(vendors).map(([key, { name }]) => spelt(key, name)),
    'no-such-product': Object.entries(products).map(([key, { name }]) => spelt(key, name)),
  }
  return (choices[code] ?? []).slice(0, mostChoices).join(', ')
}

function spelt(key: string, name: string): string {
  return key.toLowerCase() === name.toLowerCase() ? name : `${name} (${key})`
}
