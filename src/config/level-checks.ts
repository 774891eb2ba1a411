/** Levels on which an escalation would reach nobody. */
import { isMobile } from '../desk/phone/numbers.ts'
import { type ConfigDraft, type Draft, entriesOf } from './draft.ts'
import type { Fault } from './faults.ts'
import type { LevelConfig } from './policy-schema.ts'
import { listed, reference } from './references.ts'
import type { Path } from './shape.ts'

export function levelFaults(config: ConfigDraft): readonly Fault[] {
  const { groups, offices } = config
  return entriesOf<Draft<LevelConfig>>(config.levels).flatMap(([key, level]) => {
    const path: Path = ['levels', key]
    return [
      ...reference([...path, 'group'], level.group, 'a group', Object.keys(groups ?? {})),
      ...reference([...path, 'office'], level.office, 'an office', Object.keys(offices ?? {})),
      ...wayFaults(config, [...path, 'ways'], level),
    ]
  })
}

/** Mail always finds its people: every agent has an address. */
function wayFaults(config: ConfigDraft, path: Path, level: Draft<LevelConfig>): readonly Fault[] {
  const ways = listed(level.ways)
  return ways.flatMap((way, i) => {
    if (way === 'mail') return []
    const says = whyNotBy(way, config, level.group)
    return says === undefined ? [] : [{ path: [...path, i], says: `is "${way}", but ${says}` }]
  })
}

function whyNotBy(way: 'text' | 'call', config: ConfigDraft, group: string | undefined): string | undefined {
  const { phone } = config
  if (!phone) return 'there is no phone section; add one, or use mail'
  if (way === 'text' && !phone.texts) return 'there is no phone.texts; say there who sends texts, or use mail'
  if (way === 'call' && !entriesOf(phone.lines).some(([, { provider }]) => canRing(config, provider)))
    return 'no line has a provider that can ring people; add one, or use mail'
  const agents = group === undefined ? undefined : config.groups?.[group]?.agents
  if (!agents) return undefined
  const numbers = listed(agents).flatMap(agent => config.agents?.[agent]?.phone ?? [])
  if (numbers.length === 0) return `nobody in ${group} has a phone; give its agents one, or use mail`
  return way === 'text' && !numbers.some(isMobile)
    ? `nobody in ${group} has a mobile phone, and texts reach no other; give one of its agents one, or use call`
    : undefined
}

/** A telephone system that only tells of calls cannot be told to ring anybody. */
function canRing({ phone }: ConfigDraft, provider: string | undefined): boolean {
  const kind = provider === undefined ? undefined : phone?.providers?.[provider]?.kind
  return kind !== undefined && kind !== 'cti'
}
