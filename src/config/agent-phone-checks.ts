/** Agents who could not be rung, or whose telephone would lead back to us. */
import { type DialRefusal, judgeNumber } from '../desk/phone/destination.ts'
import { trunksOf } from '../desk/phone/lines.ts'
import { type ConfigDraft, entriesOf } from './draft.ts'
import type { Fault } from './faults.ts'
import { spanFaults } from './office-checks.ts'
import { type LineConfig, usualGuard } from './phone-schema.ts'

export function agentPhoneFaults(config: ConfigDraft): readonly Fault[] {
  return [
    ...entriesOf(config.agents).flatMap(([key, { phone, breaks }]) => [
      ...numberFaults(config, key, phone),
      ...breakFaults(config, key, breaks ?? []),
    ]),
    ...sharedUsers(config),
  ]
}

function numberFaults(config: ConfigDraft, key: string, number: string | undefined): readonly Fault[] {
  if (number === undefined || !config.phone) return []
  const path = ['agents', key, 'phone']
  const line = ownLine(config, number)
  if (line !== undefined) {
    const says = `is "${number}", which is a number of phone.lines.${line}; an agent rung there would ring us`
    return [{ path, says }]
  }
  const { countries = usualGuard.countries, kinds = usualGuard.kinds } = config.phone.guard ?? {}
  const judged = judgeNumber(number, {
    country: 'DE',
    countries: countries.flatMap(one => one ?? []),
    kinds: kinds.flatMap(one => one ?? []),
    never: [],
  })
  return judged.allowed ? [] : [{ path, says: `is "${number}", ${whyNot[judged.reason]}` }]
}

const whyNot: Readonly<Record<DialRefusal, string>> = {
  'not-a-number': 'which is no number that exists; look for a wrong digit',
  emergency: "which is an emergency number; use the agent's own",
  short: "which is no telephone of somebody; use the agent's own number",
  premium: 'which costs more than a telephone; use another number',
  kind: 'which is not of a kind that phone.guard.kinds allows',
  country: 'whose country is not among phone.guard.countries; add it there, or use another number',
  own: 'which is ours',
}

function ownLine({ phone }: ConfigDraft, number: string): string | undefined {
  return entriesOf(phone?.lines).find(([, line]) => {
    if (line.number === undefined) return false
    const extensions = (line.extensions ?? {}) as LineConfig['extensions']
    const trunks = trunksOf({ number: line.number, extensions })
    return (
      number === line.number ||
      Object.keys(extensions).some(digits => trunks.some(trunk => number === trunk + digits))
    )
  })?.[0]
}

/** "HH:MM" texts compare as times. */
function breakFaults(
  config: ConfigDraft,
  key: string,
  breaks: readonly (string | undefined)[],
): readonly Fault[] {
  const path = ['agents', key, 'breaks']
  const faults = spanFaults(path, breaks)
  const open = entriesOf(config.offices).flatMap(([, { hours }]) =>
    Object.values(hours ?? {}).flatMap(spans => spans?.flatMap(span => span ?? []) ?? []),
  )
  const within = (span: string) => {
    const [begin = '', end = ''] = span.split('-')
    return open.some(hours => {
      const [opens = '', closes = ''] = hours.split('-')
      return begin < closes && opens < end
    })
  }
  const outside = breaks.flatMap((span, i) =>
    span === undefined || open.length === 0 || within(span) || faults.some(({ path: [, , , at] }) => at === i)
      ? []
      : [{ path: [...path, i], says: `is "${span}", when no office is open; leave it out` }],
  )
  return [...faults, ...outside]
}

/** A telephone system's event must name one agent. */
function sharedUsers(config: ConfigDraft): readonly Fault[] {
  const owners = new Map<string, string>()
  return entriesOf(config.agents).flatMap(([key, { phoneUser }]) => {
    if (phoneUser === undefined) return []
    const other = owners.get(phoneUser.toLowerCase())
    owners.set(phoneUser.toLowerCase(), other ?? key)
    return other === undefined
      ? []
      : [
          {
            path: ['agents', key, 'phoneUser'],
            says: `is "${phoneUser}", which is agents.${other} already; each agent has a name of their own`,
          },
        ]
  })
}
