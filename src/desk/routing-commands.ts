import type { CommandEntry, CommandName } from './command-words.ts'

/** Commands that say what a matter is about and whose it is; part of the table in command-words.ts. */
export const routingCommands = {
  pass: {
    words: { de: ['weiter', 'weitergeben'], en: ['pass', 'passon'] },
    argument: 'needed',
    form: { de: 'gruppe grund', en: 'group reason' },
    does: {
      de: 'gibt das Ticket an eine andere Gruppe (Name oder Kürzel); Nummer und Verlauf bleiben',
      en: 'passes the ticket to another group (name or key); its number and history stay',
    },
    excludes: 'owner',
  },
  area: {
    words: { de: ['bereich', 'servicebereich'], en: ['area'] },
    argument: 'needed',
    form: { de: 'bereich', en: 'area' },
    does: { de: 'legt den Servicebereich fest', en: 'sets the service area' },
  },
  product: {
    words: { de: ['produkt'], en: ['product'] },
    argument: 'needed',
    form: { de: 'produkt', en: 'product' },
    does: {
      de: 'legt fest, um welches Produkt es geht, und damit dessen Servicebereich',
      en: 'sets which product it is about, and with it the service area',
    },
  },
} satisfies Record<string, CommandEntry>

export type RoutingCommand =
  | { readonly name: 'pass'; readonly group: string; readonly reason: string }
  | { readonly name: 'area'; readonly area: string }
  /** `area`: the product's own, where the configuration names one. */
  | { readonly name: 'product'; readonly product: string; readonly area: string | null }

export type RoutingMistake = 'no-such-group' | 'same-group' | 'no-such-area' | 'no-such-product'

/** Something of the configuration that an agent may call by its key or any of its names. */
export interface Named {
  readonly key: string
  readonly names: readonly string[]
}

/** What these commands may name, and where the ticket is now. */
export interface RoutingNames {
  readonly group: string
  readonly groups: readonly Named[]
  readonly areas: readonly Named[]
  readonly products: readonly (Named & { readonly area: string | null })[]
}

export function isRoutingCommand(name: CommandName): name is RoutingCommand['name'] {
  return Object.hasOwn(routingCommands, name)
}
