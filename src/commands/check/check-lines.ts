/** For each line and extension: is there somebody to be rung who speaks with its callers? */
import type { PhoneConfig } from '../../config/phone-schema.ts'
import type { Config } from '../../config/schema.ts'
import { effectiveLine } from '../../desk/phone/lines.ts'
import { readCaller } from '../../desk/phone/numbers.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Finding } from './finding.ts'

const names: Readonly<Record<Language, string>> = { de: 'German', en: 'English' }

export function lineFindings(config: Config): readonly Finding[] {
  const { phone } = config
  if (!phone) return []
  return Object.entries(phone.lines).flatMap(([key, line]) => [
    ...numberFinding(key, line.number),
    ...[null, ...Object.keys(line.extensions)].map(extension => {
      const { group, language, provider } = effectiveLine(line, extension)
      const what = `line ${extension === null ? key : `${key}/${extension}`}`
      return staffFinding(config, { what, group, language, provider })
    }),
  ])
}

/** Not a fault of the configuration: numbers that are new may be missing in the table. */
function numberFinding(key: string, number: string): readonly Finding[] {
  if (readCaller(number, 'DE').number !== null) return []
  return [
    {
      what: `line ${key}`,
      ok: false,
      found: `${number} is no number that exists`,
      advice: `look for a wrong digit in phone.lines.${key}.number`,
    },
  ]
}

interface Line {
  readonly what: string
  readonly group: string
  readonly language: Language
  readonly provider: string
}

function staffFinding(config: Config, { what, group, language, provider }: Line): Finding {
  const agents = (config.groups[group]?.agents ?? []).flatMap(key => {
    const agent = config.agents[key]
    return agent ? [{ key, phone: agent.phone, languages: agent.languages ?? [agent.language] }] : []
  })
  // Where we put nobody through and ring nobody, agents use their own telephones as ever.
  const rings = config.phone?.providers[provider]?.kind === 'twilio'
  const there = rings ? agents.filter(({ phone }) => phone !== undefined) : agents
  const whom = there.map(({ key, languages }) => `${key} (${languages.join(', ')})`).join(', ')
  if (there.length === 0)
    return {
      what,
      ok: false,
      found: `nobody in the group ${group} has a telephone: callers would only be promised a call`,
      advice: `give an agent of groups.${group} a "phone"`,
    }
  const mute = (['de', 'en'] as const).filter(each =>
    there.every(({ languages }) => !languages.includes(each)),
  )
  if (mute.includes(language))
    return {
      what,
      ok: false,
      found: `answered in ${names[language]}, which nobody of ${whom} speaks`,
      advice: `write "${language}" into the languages of an agent, or choose another language for the line`,
    }
  const lacks = mute.map(each => `; nobody speaks ${names[each]}, which callers can choose`).join('')
  return { what, ok: true, found: `${rings ? 'rings' : 'answered by'} ${whom}${lacks}` }
}

export function textsFinding({ texts }: PhoneConfig): readonly Finding[] {
  if (!texts) return []
  const found = texts.sender.startsWith('+')
    ? `come from ${texts.sender}`
    : `come from "${texts.sender}"; a name cannot be answered, and some networks want it registered`
  return [{ what: 'text messages', ok: true, found }]
}
