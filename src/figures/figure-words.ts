import type { Language } from '../desk/ticket.ts'
import type { Value } from './figure.ts'

/** Values as people read them. Every value says what it counts. */

const notCounted = '–'

/** "3 of 4 (75 %)", "1 h 20 min, 9 of 10 within 5 h (12 counted)", "4.2 (1: 0, 2: 1, ...)". */
export function valueWords(value: Value, language: Language): string {
  const number = numberWords(language)
  switch (value.kind) {
    case 'count':
      return number(value.count)
    case 'share': {
      const of = language === 'de' ? 'von' : 'of'
      if (value.of === 0) return notCounted
      return `${number(value.part)} ${of} ${number(value.of)} (${percentWords(value, language)})`
    }
    case 'minutes': {
      if (value.median === null) return notCounted
      const ninth = value.p90 === null ? '' : minutesWords(value.p90, language)
      return language === 'de'
        ? `${minutesWords(value.median, language)}, 9 von 10 in ${ninth} (${number(value.of)} gezählt)`
        : `${minutesWords(value.median, language)}, 9 of 10 within ${ninth} (${number(value.of)} counted)`
    }
    case 'score': {
      if (value.mean === null) return notCounted
      const spread = value.spread.map((count, i) => `${i + 1}: ${number(count)}`).join(', ')
      return `${number(value.mean, 2)} (${spread})`
    }
  }
}

/** "75 %" in German, "75%" in English. */
export function percentWords(
  { part, of }: { readonly part: number; readonly of: number },
  language: Language,
): string {
  const options = { style: 'percent', maximumFractionDigits: 0 } as const
  return new Intl.NumberFormat(localeOf(language), options).format(of === 0 ? 0 : part / of)
}

/** "45 min", "1 h 20 min", "31 h": office days differ, so hours are never made days. */
export function minutesWords(minutes: number, language: Language): string {
  const number = numberWords(language)
  const whole = Math.round(minutes)
  if (whole < 60) return `${number(whole)} min`
  const [hours, rest] = [Math.floor(whole / 60), whole % 60]
  return rest === 0 || hours >= 24 ? `${number(Math.round(whole / 60))} h` : `${number(hours)} h ${rest} min`
}

function numberWords(language: Language): (value: number, digits?: number) => string {
  return (value, digits = 0) =>
    new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: digits }).format(value)
}

const localeOf = (language: Language) => (language === 'de' ? 'de-DE' : 'en-GB')
