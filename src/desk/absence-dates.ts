/**
 * Dates as absence notes write them, in German and English. A date that can be read in two ways is not read: a wrong
 * return date is worse than none.
 */

export interface FoundDate {
  readonly date: Temporal.PlainDate
  /** Where its words begin and end in the text. */
  readonly start: number
  readonly end: number
}

const months: readonly (readonly string[])[] = [
  ['januar', 'january', 'jänner', 'jan'],
  ['februar', 'february', 'feb'],
  ['märz', 'maerz', 'march', 'mar', 'mär', 'mrz'],
  ['april', 'apr'],
  ['mai', 'may'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov'],
  ['dezember', 'december', 'dez', 'dec'],
]
const monthWords = months.flat().toSorted((a, b) => b.length - a.length)
const month = `(?:${monthWords.join('|')})`

const written = new RegExp(
  [
    String.raw`(?<iso>\d{4}-\d{2}-\d{2})`,
    String.raw`(?<dotDay>\d{1,2})\. ?(?<dotMonth>\d{1,2})\.(?: ?(?<dotYear>\d{4}|\d{2})(?!\d|[.:]\d))?`,
    String.raw`(?<dayFirst>\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? (?<wordMonth>${month})\b\.?,?(?: (?<wordYear>\d{4}))?`,
    String.raw`\b(?<monthFirst>${month})\.? (?<dayLast>\d{1,2})(?:st|nd|rd|th)?\b(?!:),?(?: (?<lastYear>\d{4}))?`,
    String.raw`(?<slashA>\d{1,2})/(?<slashB>\d{1,2})/(?<slashYear>\d{4}|\d{2})`,
  ].join('|'),
  'giu',
)

/** Days into the past or future of a note that its dates may lie. */
const reach = { past: 120, future: 550 }
const mostDates = 40

type Groups = Readonly<Record<string, string | undefined>>
type SlashOrder = 'day-first' | 'month-first'

function monthNumber(word: string): number {
  return months.findIndex(names => names.includes(word.toLowerCase())) + 1
}

function fullYear(year: string): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year)
}

function plainDate(year: number, monthOfYear: number, day: number): Temporal.PlainDate | undefined {
  if (monthOfYear < 1 || monthOfYear > 12 || day < 1) return undefined
  const last = new Temporal.PlainYearMonth(year, monthOfYear).daysInMonth
  return day > last ? undefined : new Temporal.PlainDate(year, monthOfYear, day)
}

/** Without a year: the occurrence nearest to the day the note was written. */
function nearest(
  monthOfYear: number,
  day: number,
  written: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  const distance = (date: Temporal.PlainDate) => Math.abs(written.until(date).days)
  return [-1, 0, 1]
    .flatMap(step => plainDate(written.year + step, monthOfYear, day) ?? [])
    .toSorted((a, b) => distance(a) - distance(b))[0]
}

function slashDate(groups: Groups, order: SlashOrder | undefined): Temporal.PlainDate | undefined {
  const { slashA = '', slashB = '', slashYear = '' } = groups
  const [a, b, year] = [Number(slashA), Number(slashB), fullYear(slashYear)]
  const dayFirst = order === 'month-first' ? undefined : plainDate(year, b, a)
  const monthFirst = order === 'day-first' ? undefined : plainDate(year, a, b)
  if (dayFirst && monthFirst && !dayFirst.equals(monthFirst)) return undefined
  return dayFirst ?? monthFirst
}

function dateOf(groups: Groups, on: Temporal.PlainDate, order: SlashOrder | undefined) {
  const { iso = '', dotDay, dotMonth, dotYear, slashA, dayFirst, wordMonth, wordYear } = groups
  const { monthFirst, dayLast, lastYear } = groups
  if (slashA !== undefined) return slashDate(groups, order)
  if (iso !== '') {
    const [year = 0, monthOfYear = 0, day = 0] = iso.split('-').map(Number)
    return plainDate(year, monthOfYear, day)
  }
  const day = Number(dotDay ?? dayFirst ?? dayLast)
  const monthOfYear = dotMonth === undefined ? monthNumber(wordMonth ?? monthFirst ?? '') : Number(dotMonth)
  const year = dotYear ?? wordYear ?? lastYear
  return year === undefined ? nearest(monthOfYear, day, on) : plainDate(fullYear(year), monthOfYear, day)
}

/** What a date with a number above twelve gives away about those that could be either. */
function slashOrderOf(matches: readonly RegExpExecArray[]): SlashOrder | undefined {
  const orders = new Set(
    matches.flatMap(({ groups: { slashA = '', slashB = '' } = {} }): SlashOrder[] => [
      ...(Number(slashA) > 12 ? (['day-first'] as const) : []),
      ...(Number(slashB) > 12 ? (['month-first'] as const) : []),
    ]),
  )
  const [only, ...others] = orders
  return others.length === 0 ? only : undefined
}

/** All dates in a text that was written on the given day, in order. */
export function datesIn(text: string, on: Temporal.PlainDate): readonly FoundDate[] {
  const matches = [...text.matchAll(written)].slice(0, mostDates)
  const order = slashOrderOf(matches)
  return matches.flatMap(match => {
    const date = dateOf(match.groups ?? {}, on, order)
    const away = date ? on.until(date).days : Number.NaN
    if (!date || !(away >= -reach.past && away <= reach.future)) return []
    return [{ date, start: match.index, end: match.index + match[0].length }]
  })
}
