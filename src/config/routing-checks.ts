/** Matters that would be sent nowhere, or never where a row says; areas and products that could not be told apart. */
import { type ConfigDraft, type Draft, entriesOf } from './draft.ts'
import { type Fault, showPath } from './faults.ts'
import type { RoutingRule } from './policy-schema.ts'
import { covers, listed, reference, references, sharedWords } from './references.ts'
import type { Path } from './shape.ts'

export function routingFaults(config: ConfigDraft): readonly Fault[] {
  const rows = (config.routing ?? []).flatMap((row, at) => (row ? [{ row, at }] : []))
  return [
    ...rows.flatMap(({ row, at }) => rowFaults(config, ['routing', at], row)),
    ...rows.flatMap(({ row, at }) => {
      const before = rows.find(other => other.at < at && coversRow(other.row, row))
      if (!before) return []
      const says = `is never reached, because ${showPath(['routing', before.at])} stands before it and fits all of its matters; move it above, or take it away`
      return [{ path: ['routing', at], says }]
    }),
    ...catalogueFaults(config),
  ]
}

function rowFaults(config: ConfigDraft, path: Path, { when, group, agent }: Draft<RoutingRule>) {
  const keys = (section: object | undefined) => Object.keys(section ?? {})
  const inWhen = (part: keyof NonNullable<typeof when>, what: string, known: readonly string[]) =>
    references([...path, 'when', part], when?.[part], what, known)
  return [
    ...inWhen('line', 'a line or an extension', linesOf(config)),
    ...inWhen('mailbox', 'a mailbox', keys(config.mailboxes)),
    ...inWhen('product', 'a product', keys(config.products)),
    ...inWhen('area', 'a service area', keys(config.areas)),
    ...inWhen('requestType', 'a request type', requestTypeKeys(config)),
    ...reference([...path, 'group'], group, 'a group', keys(config.groups)),
    ...reference([...path, 'agent'], agent, 'an agent', keys(config.agents)),
    ...strangerIn(config, [...path, 'agent'], group, agent),
  ]
}

/** A row for a line speaks of all its extensions. */
function coversRow(
  { when: wide = {} }: Draft<RoutingRule>,
  { when: narrow = {} }: Draft<RoutingRule>,
): boolean {
  const wholeLines = listed<string>(wide.line)
  const line = listed<string>(narrow.line).map(one => {
    const [whole = one] = one.split('/')
    return wholeLines.includes(whole) ? whole : one
  })
  return covers(wide, line.length === 0 ? narrow : { ...narrow, line })
}

/** "hotline", "hotline/195" */
function linesOf({ phone }: ConfigDraft): readonly string[] {
  return entriesOf(phone?.lines).flatMap(([key, { extensions }]) => [
    key,
    ...Object.keys(extensions ?? {}).map(digits => `${key}/${digits}`),
  ])
}

/** Left out, the section has one type of its own; a draft does not know that. */
export function requestTypeKeys({ requestTypes }: ConfigDraft): readonly string[] {
  return Object.keys(requestTypes ?? { malfunction: true })
}

/** A fault where an agent is asked for something as one of a group to which he or she does not belong. */
export function strangerIn(
  { groups, agents }: ConfigDraft,
  path: Path,
  group: string | undefined,
  agent: string | undefined,
): readonly Fault[] {
  if (group === undefined || agent === undefined || !agents || !Object.hasOwn(agents, agent)) return []
  const members = groups?.[group]?.agents
  return !members || members.includes(agent)
    ? []
    : [{ path, says: `is "${agent}", who is not in the group ${group}; add ${agent} there, or name another` }]
}

/** Service areas of products that do not exist, and words by which two areas or products would be recognised. */
function catalogueFaults(config: ConfigDraft): readonly Fault[] {
  const areas = Object.keys(config.areas ?? {})
  const products = entriesOf(config.products)
  return [
    ...products.flatMap(([key, { area }]) =>
      reference(['products', key, 'area'], area, 'a service area', areas),
    ),
    ...sharedWords('areas', entriesOf(config.areas)),
    ...sharedWords('products', products),
  ]
}
