import type { Language } from '../../../desk/ticket.ts'
import type { Part, Period, Value } from '../../../figures/figure.ts'
import { minutesWords, percentWords } from '../../../figures/figure-words.ts'
import type { Quantity } from '../charts/scale.ts'

/** Single numbers and times as charts and tiles show them. Pure. */

const locales: Readonly<Record<Language, string>> = { de: 'de-DE', en: 'en-GB' }

export function quantityOf({ kind }: Value): Quantity {
  return kind
}

/** "12", "75 %", "1 h 20 min", "4,2". */
export function numberWords(quantity: Quantity, language: Language): (value: number) => string {
  switch (quantity) {
    case 'share':
      return value => percentWords({ part: value, of: 1 }, language)
    case 'minutes':
      return value => minutesWords(value, language)
    default: {
      const options = { maximumFractionDigits: quantity === 'score' ? 2 : 0 }
      const format = new Intl.NumberFormat(locales[language], options)
      return value => format.format(value)
    }
  }
}

/** "23.11.–29.11.2026", "23 Nov – 29 Nov 2026". */
export function periodWords({ from, to }: Period, language: Language): string {
  const day = new Intl.DateTimeFormat(locales[language], dayOptions[language])
  const year = new Intl.DateTimeFormat(locales[language], { ...dayOptions[language], year: 'numeric' })
  if (from.equals(to)) return year.format(from)
  const first = from.year === to.year ? day.format(from) : year.format(from)
  return language === 'de' ? `${first}–${year.format(to)}` : `${first} – ${year.format(to)}`
}

const dayOptions: Readonly<Record<Language, Intl.DateTimeFormatOptions>> = {
  de: { day: '2-digit', month: '2-digit' },
  en: { day: 'numeric', month: 'short' },
}

/** Fits below a column: "Mo 23.", "KW 48", "Nov. 26". */
export function unitWords(unit: 'day' | 'week' | 'month', firstDay: string, language: Language): string {
  const date = Temporal.PlainDate.from(firstDay)
  switch (unit) {
    case 'day': {
      const weekday = date.toLocaleString(locales[language], { weekday: 'short' })
      return `${weekday} ${date.day}${language === 'de' ? '.' : ''}`
    }
    case 'week':
      return `${language === 'de' ? 'KW' : 'wk'} ${date.weekOfYear}`
    case 'month':
      return date.toLocaleString(locales[language], { month: 'short', year: '2-digit' })
  }
}

/** Is there anything behind it at all? */
export function isNothing({ value }: Part): boolean {
  switch (value.kind) {
    case 'count':
      return value.count === 0
    case 'share':
    case 'minutes':
      return value.of === 0
    case 'score':
      return value.mean === null
  }
}
