/**
 * Takes a person out of texts: names, addresses and telephone numbers in every form in which people write them. What was
 * said stays, because it is the record of a business matter; who said it does not. Pure.
 */

/** Stands where something was taken out; of no language, and no part of any address. */
export const erasedMark = '█████'
/** Where an address has to be one (RFC 2606): nothing ever arrives there. */
export const erasedAddress = 'erased@erased.invalid'

export interface Traces {
  readonly names: readonly string[]
  /** Lower-case. */
  readonly addresses: readonly string[]
  /** E.164 */
  readonly phones: readonly string[]
  /** Words that stay although they are part of a name: those of agents, who are called alike. */
  readonly spared: readonly string[]
}

export type Eraser = (text: string) => string

export function eraserOf({ names, addresses, phones, spared }: Traces): Eraser {
  const whole = names.map(name => name.trim()).filter(name => name.length > 2)
  const patterns = [
    ...addresses.map(address => bounded(literal(address), 'giu')),
    ...phones.map(phone => new RegExp(phonePattern(phone), 'gu')),
    ...whole.map(name => bounded(name.split(/\s+/).map(literal).join('[\\s,]+'), 'giu')),
    // "Lang, Eva" and "Frau Lang"; with its capital only, or "lang" would go as well.
    ...[...new Set(whole.flatMap(partsOf))]
      .filter(part => !spared.includes(part))
      .map(part => bounded(literal(part), 'gu')),
  ]
  return text => patterns.reduce((left, pattern) => left.replaceAll(pattern, erasedMark), text)
}

/** The same in everything that JSON can hold; keys stay. */
export function erasedIn(value: unknown, erase: Eraser): unknown {
  if (typeof value === 'string') return erase(value)
  if (Array.isArray(value)) return value.map(one => erasedIn(one, erase))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, erasedIn(one, erase)]))
}

/** Of a person's name; a long one is a company's, whose words are everybody's. */
export function partsOf(name: string): readonly string[] {
  const parts = name
    .trim()
    .split(/[\s,]+/)
    .filter(Boolean)
  if (parts.length > 3 || /\d/.test(name)) return []
  return parts.filter(part => part.length > 2 && /^\p{Lu}/u.test(part) && !noName.has(part))
}

const noName = new Set(['GmbH', 'Herr', 'Frau', 'Mrs', 'Miss', 'Prof', 'Prof.', 'Ltd', 'LLC', 'Inc', 'Dr.'])

const literal = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

function bounded(pattern: string, flags: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, flags)
}

/** +49 171 3920099, 0049 (0) 171/392 00 99, 0171-3920099. */
function phonePattern(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '')
  const country = ['49', '44'].find(code => digits.startsWith(code)) ?? ''
  const between = '[\\s()/.\\u2010-\\u2015-]*'
  const spread = (part: string) => [...part].join(between)
  const abroad = `(?:\\+|00)?${between}${spread(country)}${between}(?:\\(?0\\)?${between})?`
  const start = country === '' ? '(?:\\+|00)?' : `(?:${abroad}|0${between})`
  return `(?<!\\d)${start}${spread(digits.slice(country.length))}(?!\\d)`
}
