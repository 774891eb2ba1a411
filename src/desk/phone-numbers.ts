import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js/max'

/** Phone numbers of German and British writers, found by the numbering plans of all countries. */

/** Longer texts are looked through to here: a number in the hundredth quoted page helps nobody. */
const reach = 20_000

/** Words before a number on its line that make it one to ring, or one that must not be rung. */
const toRing = /(?:tel|fon|phone|mobil|mobile|handy|durchwahl|rückruf|direct|call|anrufen|erreich|reach)/i
const notToRing =
  /(?:fax|kundennummer|kunden-?nr|auftrag|rechnung|bestell|order|invoice|serien|serial|s\/n|iban|hrb|ust)/i

/**
 * The number at which the writer can be rung, in international form; undefined when the text holds none that exists.
 * `language` says whose national way of writing is tried first.
 */
export function phoneNumberIn(text: string, language: string | null): string | undefined {
  const searched = text.slice(0, reach)
  const countries: readonly CountryCode[] = language === 'en' ? ['GB', 'DE'] : ['DE', 'GB']
  for (const defaultCountry of countries) {
    const found = findPhoneNumbersInText(searched, { defaultCountry })
      .map(({ number, startsAt, endsAt }) => ({
        number,
        before: lineBefore(searched, startsAt),
        written: searched.slice(startsAt, endsAt),
      }))
      // Without a trunk prefix any order number could be a number of some town.
      .filter(
        ({ before, written }) => !notToRing.test(before) && (/^[+(0]/.test(written) || toRing.test(before)),
      )
    const best = found.find(({ before }) => toRing.test(before)) ?? found[0]
    if (best) return best.number.formatInternational()
  }
  return undefined
}

/** What stands before a number on its line, behind the number before it: "Tel. 040 1 Fax 040 2". */
function lineBefore(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1
  const line = text.slice(Math.max(start, at - 60), at)
  return line.split(/\d{3,}/).at(-1) ?? ''
}
