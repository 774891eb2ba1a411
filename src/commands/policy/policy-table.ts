/** The whole policy as a table: every matter that its rows tell apart, with what is promised and where it begins. */
import type { Config } from '../../config/schema.ts'
import type { When } from '../../desk/promise/fits.ts'
import type { LevelVerdict, Matter, Targets } from '../../desk/promise/matter.ts'
import { levelFor } from '../../desk/promise/policy-level.ts'
import { targetsOf } from '../../intake/promises/targets.ts'
import { contractWords, impactWords, matterOf, severityWords, usualGroup } from './asked-matter.ts'

export interface PolicyRow {
  /** Of each part that rows name: the word, or null for everything that they do not name. */
  readonly words: Readonly<Partial<Record<Part, string | null>>>
  readonly matter: Matter
  readonly targets: Targets
  readonly level: LevelVerdict
}

export type Part = 'severity' | 'impact' | 'contract' | 'area' | 'group' | 'customer'

/** A matter's targets and the level it begins on. */
export function judged(config: Config, matter: Matter): Pick<PolicyRow, 'matter' | 'targets' | 'level'> {
  return {
    matter,
    targets: targetsOf(matter, config),
    level: levelFor(matter, config.policy.levels),
  }
}

/**
 * A row for each matter that the policy can tell from others: of each part the words that rows name, and one that
 * stands for all the rest. A part that no row names has no column.
 */
export function policyTable(config: Config): readonly PolicyRow[] {
  const { policy, areas, contracts, groups } = config
  const whens: readonly When[] = [...policy.targets, ...policy.levels].map(({ when }) => when)
  const columns: readonly (readonly [Part, readonly (string | null)[]])[] = [
    ['severity', told(whens, 'severity', severityWords)],
    ['impact', told(whens, 'impact', impactWords)],
    ['contract', told(whens, 'contract', contractWords(contracts))],
    ['area', told(whens, 'area', [...Object.keys(areas), null])],
    ['group', told(whens, 'group', Object.keys(groups))],
    ['customer', told(whens, 'customer', [...named(whens, 'customer'), null])],
  ]
  let rows: readonly PolicyRow['words'][] = [{}]
  for (const [part, words] of columns) {
    if (words.length === 0) continue
    rows = rows.flatMap(row => words.map(word => ({ ...row, [part]: word })))
  }
  const rest = restOf(config, whens)
  return rows.map(words => ({ words, ...judged(config, matterOf({ ...rest, ...present(words) })) }))
}

/** The words that rows name, in their usual order, and null where there are others beside them. */
function told(
  whens: readonly When[],
  part: Part,
  all: readonly (string | null)[],
): readonly (string | null)[] {
  const spoken = named(whens, part)
  if (spoken.length === 0) return []
  const known = all.filter(word => word !== null && spoken.includes(word))
  return known.length < all.length ? [...known, null] : known
}

function named(whens: readonly When[], part: Part): readonly string[] {
  return [...new Set(whens.flatMap(when => when[part] ?? []))]
}

/** What stands for all that no row names; where rows name everything it is never used. */
function restOf(config: Config, whens: readonly When[]) {
  const other = (part: Part, all: readonly string[], usual: string) => {
    const spoken = named(whens, part)
    return spoken.includes(usual) ? (all.find(word => !spoken.includes(word)) ?? usual) : usual
  }
  return {
    severity: other('severity', severityWords, 'unclassified'),
    impact: other('impact', impactWords, 'normal'),
    contract: other('contract', contractWords(config.contracts), 'none'),
    area: null,
    group: other('group', Object.keys(config.groups), usualGroup(config)),
    customer: null,
  }
}

function present(words: PolicyRow['words']): Readonly<Partial<Record<Part, string>>> {
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== null))
}
