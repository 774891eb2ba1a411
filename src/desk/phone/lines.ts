/** Our own numbers: which line was called, and what must never be rung because it is us. */
import type { LineConfig, PhoneConfig } from '../../config/phone-schema.ts'
import type { Config } from '../../config/schema.ts'
import type { Language } from '../ticket.ts'
import type { NumberRules } from './destination.ts'

/** A line as it counts for one call: what an extension says differently is in it already. */
export interface EffectiveLine {
  /** E.164: the line's own number, extension or not. It is the one shown when we ring. */
  readonly number: string
  readonly provider: string
  readonly office: string
  readonly group: string
  readonly language: Language
  readonly mailbox: string
  readonly greeting: LineConfig['greeting']
}

export interface CalledLine {
  /** Key of the line. */
  readonly key: string
  /** The digits behind the trunk that are configured; null for the line itself. */
  readonly extension: string | null
}

/**
 * The line that `to` belongs to: its number, or its trunk followed by the digits of an extension. `to` may be without
 * `+` or a sip address, as providers write it. Digits behind a trunk that are no extension of ours are the line
 * itself: whoever misdials is answered too. Undefined where no line has that number.
 */
export function lineFor(config: Pick<Config, 'phone'>, to: string): CalledLine | undefined {
  const called = plainNumber(to)
  const lines = Object.entries(config.phone?.lines ?? {})
  for (const [key, { number }] of lines) if (number === called) return { key, extension: null }
  for (const [key, line] of lines) {
    const extension = Object.keys(line.extensions).find(digits =>
      trunksOf(line).some(trunk => called === trunk + digits),
    )
    if (extension !== undefined) return { key, extension }
  }
  const misdialled = lines
    .filter(
      ([, { number }]) => called.startsWith(number) && called.length <= number.length + mostExtensionDigits,
    )
    // The longest number first: it may begin with another line's.
    .toSorted(([, a], [, b]) => b.number.length - a.number.length)[0]
  return misdialled && { key: misdialled[0], extension: null }
}

/** The line as `extension` has it; without one, or with one that is not there, as the line itself has it. */
export function effectiveLine(line: LineConfig, extension: string | null): EffectiveLine {
  const own = extension === null ? undefined : line.extensions[extension]
  return {
    number: line.number,
    provider: line.provider,
    office: own?.office ?? line.office,
    group: own?.group ?? line.group,
    language: own?.language ?? line.language,
    mailbox: own?.mailbox ?? line.mailbox,
    greeting: line.greeting,
  }
}

const mostExtensionDigits = 5

/**
 * What an extension's digits follow: the number itself, and, where that is the "-0" of a switchboard, the number
 * without its 0. So extension 195 of +4993418888 is +4993418888195, and of +49934188880 as well.
 */
export function trunksOf({
  number,
  extensions,
}: Pick<LineConfig, 'number' | 'extensions'>): readonly string[] {
  return number.endsWith('0') && Object.keys(extensions).length > 0 ? [number, number.slice(0, -1)] : [number]
}

function plainNumber(to: string): string {
  const user = to
    .trim()
    .replace(/^(?:sips?|tel):/i, '')
    .replace(/[@;].*$/s, '')
  const digits = user.replaceAll(/[\s()/.-]/g, '')
  if (/^\+\d+$/.test(digits)) return digits
  return `+${digits.replace(/^00/, '')}`
}

/** Which country's people write numbers at this office: Britain's by its holidays or its clock, Germany's otherwise. */
export function countryOf(config: Pick<Config, 'offices'>, office: string): 'DE' | 'GB' {
  const { holidays = '', timeZone = '' } = config.offices[office] ?? {}
  if (/^GB(?:-|$)/.test(holidays)) return 'GB'
  if (/^[A-Z]{2}(?:-|$)/.test(holidays)) return 'DE'
  return timeZone === 'Europe/London' ? 'GB' : 'DE'
}

/**
 * Whom we may ring, as the configuration says. `office` is that of the line: it tells how callers write numbers; left
 * out, that of the first line counts. Throws RangeError without a telephone section, which nothing that rings starts
 * without.
 */
export function numberRulesOf(
  config: Pick<Config, 'phone' | 'offices' | 'agents'>,
  office?: string,
): NumberRules {
  const { phone } = config
  if (!phone) throw new RangeError('the configuration has no telephone section')
  const lines = Object.values(phone.lines)
  return {
    country: countryOf(config, office ?? lines[0]?.office ?? ''),
    countries: phone.guard.countries,
    kinds: phone.guard.kinds,
    never: [...ownNumbers(phone), ...agentNumbers(config), ...phone.guard.never],
    trunks: lines.flatMap(trunksOf),
  }
}

/** Our lines and all of their extensions, in E.164. */
export function ownNumbers(phone: PhoneConfig): readonly string[] {
  return Object.values(phone.lines).flatMap(line => [
    line.number,
    ...Object.keys(line.extensions).flatMap(digits => trunksOf(line).map(trunk => trunk + digits)),
  ])
}

function agentNumbers(config: Pick<Config, 'agents'>): readonly string[] {
  return Object.values(config.agents).flatMap(({ phone }) => phone ?? [])
}
