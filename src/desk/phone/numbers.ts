/** Telephone numbers as networks, callers and telephone systems write them, and as people read them. */
import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Language } from '../ticket.ts'

/** What a number is for. `costly`: the caller pays more than for a telephone; `other`: free, company, pager, mailbox. */
export type NumberKind = 'fixed' | 'mobile' | 'fixed-or-mobile' | 'voip' | 'costly' | 'other'

export interface ReadNumber {
  /** E.164 */
  readonly number: string
  /** Without the country's code and the digit that introduces an area code. */
  readonly national: string
  /** By libphonenumber's complete table; the smaller ones call some short numbers valid. */
  readonly valid: boolean
  readonly type: NumberKind
  /** Undefined for a number of no country, such as a satellite's. */
  readonly country: string | undefined
}

export interface Caller {
  /** E.164; null where it is withheld or none that could be rung. */
  readonly number: string | null
  /** The caller, or the network, keeps it back. False for a number that only makes no sense to us. */
  readonly withheld: boolean
  readonly kind: NumberKind | null
  /** For agents: the number as people write it, its country included, or what came instead; '' where it is withheld. One line. */
  readonly display: string
}

/** As Twilio spelt its words on a keypad until 2022, and may still. */
const spelt = new Set(['266696687', '7378742833', '86282452253', '2562533', '8656696', '464'])

/** Words of networks and telephone systems for "not shown", without their punctuation. */
const withheldWords =
  /^(?:anonym(?:ous|us|)|unknown|restricted|unavailable|private|blocked|withheld|hidden|nocallerid|noname|nonumber|numberunavailable|numberwithheld|privatenumber|callerunknown|unknowncaller|unbekannt|unterdrueckt|unterdrückt|rufnummerunterdrückt|nummerunterdrückt|asterisk|freeswitch|anonymousinvalid|outofarea|null|none|undefined|clir|s|p|o|na)$/

const mostShown = 40

/**
 * Who rings, from whatever stands in a provider's field. `country` is that of the called line: it reads numbers that
 * are written nationally. Digits without `+` are read as international where that gives a valid number, as sipgate
 * writes them. Never throws.
 */
export function readCaller(raw: string, country: 'DE' | 'GB'): Caller {
  const line = raw
    .slice(0, 200)
    .normalize('NFKC')
    .replaceAll(/\p{C}+/gu, ' ')
    .trim()
  const user = userPart(line)
  if (isWithheld(line, user)) return { number: null, withheld: true, kind: null, display: '' }
  const read = readNetwork(user, country)
  return read?.valid
    ? { number: read.number, withheld: false, kind: read.type, display: international(read.number) }
    : { number: null, withheld: false, kind: null, display: user.slice(0, mostShown).trim() }
}

/** Of `"Name" <sip:user@host;x=y>`, `client:user` and `tel:number` the user. */
function userPart(line: string): string {
  const inner = /<([^<>]*)>/.exec(line)?.[1] ?? line
  const address = inner.replace(/^(?:sips?|tel|client):/i, '')
  return (/^([^@;]*)[@;]/.exec(address)?.[1] ?? address).trim()
}

function isWithheld(line: string, user: string): boolean {
  if (line === '' || user === '') return true
  if (/@anonymous\.invalid\b/i.test(line)) return true
  if (spelt.has(user.replace(/^\+/, ''))) return true
  return withheldWords.test(user.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''))
}

function readNetwork(user: string, country: 'DE' | 'GB'): ReadNumber | undefined {
  if (/^[1-9]\d{7,14}$/.test(user)) {
    const international = parse(`+${user}`, country)
    if (international?.valid) return international
  }
  return parse(user, country)
}

/**
 * A number that somebody wants rung: written nationally with its leading 0, or internationally with `+`, `00` or the
 * country's own code. Digits that begin with neither are not guessed at: a local number without its area code, read
 * as something else, would ring a stranger. Undefined for what is no number at all, keypad codes included.
 */
export function readDialled(written: string, country: 'DE' | 'GB'): ReadNumber | undefined {
  const bare = written.replace(/^(?:tel|sips?):/i, '').replace(/#$/, '')
  if (/[*#@]/.test(bare)) return undefined
  const digits = bare.replaceAll(/\D/g, '')
  if (/^\s*\(?[+0]/.test(bare)) return parse(bare, country)
  const own = country === 'DE' ? '49' : '44'
  return digits.startsWith(own) && digits.length >= 11 ? parse(`+${digits}`, country) : undefined
}

function parse(written: string, country: CountryCode): ReadNumber | undefined {
  const found = parsePhoneNumberFromString(written, { defaultCountry: country, extract: false })
  if (!found) return undefined
  return {
    number: found.number,
    national: found.nationalNumber,
    valid: found.isValid(),
    type: kindOf(found),
    country: found.country,
  }
}

function kindOf(number: PhoneNumber): NumberKind {
  switch (number.getType()) {
    case 'FIXED_LINE':
      return 'fixed'
    case 'MOBILE':
      return 'mobile'
    case 'FIXED_LINE_OR_MOBILE':
      return 'fixed-or-mobile'
    case 'VOIP':
      return 'voip'
    case 'PREMIUM_RATE':
    case 'SHARED_COST':
    case 'PERSONAL_NUMBER':
      return 'costly'
    default:
      return 'other'
  }
}

/** Can it get text messages, as far as the number shows? */
export function isMobile(e164: string): boolean {
  const type = parse(e164, 'DE')?.type
  return type === 'mobile' || type === 'fixed-or-mobile'
}

/** As people of that language write it: their own country's numbers without its code, others with it. */
export function displayNumber(e164: string, language: Language): string {
  const found = parsePhoneNumberFromString(e164)
  if (!found) return e164
  return found.country === (language === 'de' ? 'DE' : 'GB')
    ? found.formatNational()
    : found.formatInternational()
}

function international(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}

/** For logs: nothing but the last three digits. */
export function maskNumber(number: string): string {
  const digits = number.replaceAll(/\D/g, '')
  return digits.length > 3 ? `…${digits.slice(-3)}` : '…'
}

/** A trunk shorter than this, its `+` counted, would take half a town for one company. */
const shortestTrunk = 9
const mostBehindTrunk = 5

/**
 * Perhaps the same company: one is the switchboard (`…-0`, `…-00`, or without an extension) behind which the other is
 * a direct line. Only ever a hint for humans; two direct lines do not show whether they belong together.
 */
export function sameTrunk(a: string, b: string): boolean {
  if (a === b) return true
  if (isMobile(a) || isMobile(b)) return false
  return isBehind(a, b) || isBehind(b, a)
}

function isBehind(direct: string, switchboard: string): boolean {
  return [switchboard, switchboard.replace(/0{1,3}$/, '')].some(
    trunk =>
      trunk.length >= shortestTrunk &&
      direct.startsWith(trunk) &&
      direct.length > trunk.length &&
      direct.length <= trunk.length + mostBehindTrunk,
  )
}
