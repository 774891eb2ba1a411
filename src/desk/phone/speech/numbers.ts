import type { Language } from '../../ticket.ts'
import type { NumberRules } from '../destination.ts'
import type { Spoken } from '../instruction.ts'

/**
 * Numbers are read digit by digit in groups, as words of our own: what voices make of "say-as" differs from voice to
 * voice, and a recording needs its pieces anyway.
 */

/** German telephones say "zwo", because "zwei" and "drei" sound alike on a bad line. */
const digits = {
  de: ['null', 'eins', 'zwo', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'],
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
}

const longestGroup = 4
const betweenGroups: Spoken = { pauseMs: 400 }

/**
 * Digit by digit, in groups of three or four with pauses: "eins null null, vier sieben eins eins". A leading "+" is
 * said; whatever else is no digit is left out.
 */
export function speakNumber(number: string, language: Language): readonly Spoken[] {
  const plus: readonly Spoken[] = number.startsWith('+') ? [{ clip: `${language}/plus`, text: 'plus' }] : []
  const groups = grouped(number.replace(/\D/g, ''))
  return [
    ...plus,
    ...groups.flatMap((group, index) => [
      ...(index === 0 ? [] : [betweenGroups]),
      ...[...group].map(digit => digitClip(Number(digit), language)),
    ]),
  ]
}

const countryCodes = { DE: '+49', GB: '+44' }

/** A telephone number in E.164 as people of `country` would write it down: their own numbers begin with 0. */
export function speakPhone(
  number: string,
  country: NumberRules['country'],
  language: Language,
): readonly Spoken[] {
  const code = countryCodes[country]
  return speakNumber(number.startsWith(code) ? `0${number.slice(code.length)}` : number, language)
}

export function allDigits(language: Language): readonly Spoken[] {
  return [
    { clip: `${language}/plus`, text: 'plus' },
    ...digits[language].map((_, n) => digitClip(n, language)),
  ]
}

function digitClip(digit: number, language: Language): Spoken {
  return { clip: `${language}/digit-${digit}`, text: digits[language][digit] ?? '' }
}

/** As few groups as there can be, as equal as can be, the shorter ones first: seven digits are three and four. */
function grouped(number: string): readonly string[] {
  const count = Math.ceil(number.length / longestGroup)
  const groups: string[] = []
  let at = 0
  for (let left = count; left > 0; left--) {
    const length = Math.floor((number.length - at) / left)
    groups.push(number.slice(at, at + length))
    at += length
  }
  return groups
}
