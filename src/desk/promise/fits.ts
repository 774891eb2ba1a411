import type { Matter } from './matter.ts'

/**
 * Whether a matter is what a row of the policy speaks of. A row names what it wants; whatever it leaves out fits. The
 * first thing that does not fit is told, so that "why?" has an answer in words.
 */
export interface When {
  readonly severity?: readonly string[] | undefined
  readonly impact?: readonly string[] | undefined
  readonly contract?: readonly string[] | undefined
  readonly area?: readonly string[] | undefined
  readonly group?: readonly string[] | undefined
  readonly customer?: readonly string[] | undefined
  readonly broken?: readonly string[] | undefined
  readonly endangered?: readonly string[] | undefined
  readonly reopened?: number | undefined
}

export type Fit = { readonly fits: true } | { readonly fits: false; readonly because: string }

/** What the matter is, in the words that rows use; several where a row may name any of them. */
const told: Readonly<Record<Exclude<keyof When, 'reopened'>, (matter: Matter) => readonly string[]>> = {
  severity: ({ severity }) => [severity ?? 'unclassified'],
  impact: ({ impact }) => [impact ?? 'normal'],
  contract: ({ entitlement }) => contractWords(entitlement),
  area: ({ area }) => (area === null ? [] : [area]),
  group: ({ group }) => [group],
  customer: ({ customer }) =>
    customer ? [customer.name, ...(customer.number ? [customer.number] : [])] : [],
  broken: ({ broken }) => broken,
  endangered: ({ endangered }) => endangered,
}

export function fits(when: When, matter: Matter): Fit {
  for (const [part, read] of Object.entries(told)) {
    const wanted = when[part as keyof typeof told]
    if (wanted === undefined) continue
    const is = read(matter)
    const hit = wanted.some(word => is.some(one => one.toLowerCase() === word.toLowerCase()))
    if (!hit)
      return { fits: false, because: `${part} is ${is.join(' and ') || 'none'}, not ${wanted.join(' or ')}` }
  }
  if (when.reopened !== undefined && matter.reopened < when.reopened)
    return { fits: false, because: `reopened ${matter.reopened} times, not ${when.reopened}` }
  return { fits: true }
}

/** A contract or warranty that is over entitles to nothing; a customer we do not know has none that we could see. */
function contractWords(entitlement: Matter['entitlement']): readonly string[] {
  if (entitlement.kind === 'contract') return [entitlement.contract]
  return entitlement.kind === 'warranty' ? ['warranty'] : ['none']
}
