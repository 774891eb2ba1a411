/**
 * Whom we ring, and whom never. Everything that dials asks here first; a refusal is a value that a human gets to see.
 * Country and kind are the real guard: a satellite or a far-away mobile number is as valid as the neighbour's.
 */

import { type NumberKind, readDialled } from './numbers.ts'
import { isEmergency, isShortNumber } from './short-numbers.ts'

/** What counts, out of the configuration. */
export interface NumberRules {
  /** Default country for numbers as callers key them in. */
  readonly country: 'DE' | 'GB'
  readonly countries: readonly string[]
  readonly kinds: readonly ('fixed' | 'mobile' | 'voip')[]
  /** E.164: our lines and their extensions, agents' telephones, and what the configuration forbids. */
  readonly never: readonly string[]
  /** E.164: whatever begins with one of these and is longer ends in our own telephone system, whichever extension it is. */
  readonly trunks?: readonly string[]
}

export type DialRefusal = 'not-a-number' | 'emergency' | 'short' | 'premium' | 'kind' | 'country' | 'own'

export type JudgedNumber =
  | {
      readonly allowed: true
      /** E.164 */
      readonly number: string
      readonly kind: 'fixed' | 'mobile' | 'voip'
      /** ISO 3166-1 alpha-2 */
      readonly country: string
    }
  | {
      readonly allowed: false
      readonly reason: DialRefusal
      /** E.164 where it can be written so, for whoever decides instead. */
      readonly number: string | null
    }

/** The longest way to write a number; whatever is longer is an attack on the parser. */
const mostCharacters = 40

/** Digits behind a trunk, as our configuration allows for extensions. */
const mostExtensionDigits = 5

/**
 * May `raw`, as keyed in, spoken of in a mail or read from a row, be rung? The order of the questions is the order of
 * harm: an emergency number is told as such even where its country is closed anyway. Never throws.
 */
export function judgeNumber(raw: string, rules: NumberRules): JudgedNumber {
  if (raw.length > mostCharacters) return { allowed: false, reason: 'not-a-number', number: null }
  const written = raw.normalize('NFKC').trim()
  const read = readDialled(written, rules.country)
  const forms = [written.replaceAll(/\D/g, ''), read?.national ?? '']
  if (forms.some(isEmergency)) return refused('emergency', null)
  if (forms.some(isShortNumber)) return refused('short', null)
  if (!read?.valid) return refused('not-a-number', null)
  const { number, type, country } = read
  if (isOurs(number, rules)) return refused('own', number)
  if (type === 'costly') return refused('premium', number)
  if (country === undefined || !rules.countries.includes(country)) return refused('country', number)
  const kind = allowedKind(type, rules.kinds)
  return kind ? { allowed: true, number, kind, country } : refused('kind', number)
}

function refused(reason: DialRefusal, number: string | null): JudgedNumber {
  return { allowed: false, reason, number }
}

/**
 * Ringing ourselves would be a circle. Behind a German line any digits may follow and ring the same system, which a
 * list of known extensions cannot foresee.
 */
function isOurs(number: string, { never, trunks = [] }: NumberRules): boolean {
  if (never.includes(number)) return true
  return trunks.some(
    trunk =>
      number.startsWith(trunk) &&
      number.length > trunk.length &&
      number.length <= trunk.length + mostExtensionDigits,
  )
}

/** Some countries' numbers do not show whether they are mobile: such a one counts as both. */
function allowedKind(type: NumberKind, kinds: NumberRules['kinds']): 'fixed' | 'mobile' | 'voip' | undefined {
  if (type === 'other' || type === 'costly') return undefined
  const possible = type === 'fixed-or-mobile' ? (['mobile', 'fixed'] as const) : [type]
  return possible.find(kind => kinds.includes(kind))
}
