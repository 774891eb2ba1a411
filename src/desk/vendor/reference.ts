/** The manufacturer's own number of a case: learned from its first answer, recognised in whatever way it is written. */

/** Characters of an answer that are searched: the number stands in the subject or near the top. */
const reach = 3000
const longest = 40

/** Numbers whose first letters say what they are: "INC0012345", "SR-2026-004711". */
const speaking =
  /(?<![\p{L}\d])((?:sr|inc|rma|cs|cas|case|req|ritm|tkt|srq|sn-?case)[-_#]?\d[\d/-]{3,24})(?![\p{L}\d])/iu
const words =
  '(?:ticket|case|incident|vorgang|vorgangs|anfrage|fall|auftrag|auftrags|service[- ]?request|request|reference|referenz|ref|sr|rma|bearbeitungs|our ref|unser zeichen)'
const value = '([a-z]{0,8}[-_/]?\\d[a-z\\d._/-]{2,30})'
/** In a subject the word alone is enough: "[Ticket#2026112410000123]", "Case 4711-08". */
const labelled = new RegExp(
  `(?<![\\p{L}])${words}[ -]?(?:number|nummer|nr|no|id)?[.:#\\s]{0,4}${value}`,
  'iu',
)
/** In a text there must be more: "case 5 screws" is no number. */
const labelledText = new RegExp(
  `(?<![\\p{L}])${words}[ -]?(?:(?:number|nummer|nr|no|id)\\.?|[:#])[.:#\\s]{0,4}(?:(?:lautet|ist|is)[ :]{1,3})?${value}`,
  'iu',
)
const bracketed = /\[#?\s?([a-z]{0,8}[-_]?\d[a-z\d._/-]{3,30})\]/iu

export interface Answered {
  readonly subject: string
  readonly text: string
}

/**
 * The reference in an answer, as it is written there. `pattern` is the configured form, `#` for a digit and `?` for a
 * letter; with it nothing else is learned. `not` are numbers that are ours: case, serial, customer number.
 */
export function learnReference(
  { subject, text }: Answered,
  pattern: string | undefined,
  not: readonly string[],
): string | undefined {
  const own = new Set(not.map(referenceKey).filter(key => key !== ''))
  const top = text.slice(0, reach)
  const forms: readonly (readonly [string, RegExp])[] =
    pattern === undefined
      ? [
          [subject, speaking],
          [subject, labelled],
          [subject, bracketed],
          [top, labelledText],
          [top, speaking],
        ]
      : [
          [subject, formOf(pattern)],
          [top, formOf(pattern)],
        ]
  for (const [where, form] of forms)
    for (const match of where.matchAll(new RegExp(form.source, 'giu'))) {
      const found = (match[1] ?? '').replace(/[._/-]+$/, '')
      if (isReference(found, own, pattern !== undefined)) return found.slice(0, longest)
    }
  return undefined
}

function isReference(found: string, own: ReadonlySet<string>, configured: boolean): boolean {
  const key = referenceKey(found)
  if (key === '' || own.has(key) || own.has(`h${key}`)) return false
  if (configured) return true
  const isDate = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(found)
  return !isDate && (found.match(/\d/g)?.length ?? 0) >= 4
}

/** "SR-########" as an expression with one group. Spaces of the form may be missing or be hyphens. */
function formOf(pattern: string): RegExp {
  const source = [...pattern]
    .map(char => {
      if (char === '#') return '\\d'
      if (char === '?') return '\\p{L}'
      return /[\s_-]/.test(char) ? '[\\s_-]?' : char.replace(/[^\p{L}\p{N}]/gu, '\\$&')
    })
    .join('')
  return new RegExp(`(?<![\\p{L}\\d])(${source})(?![\\p{L}\\d])`, 'iu')
}

/** Equal for every way of writing one number: "SR-2026/0815" is "sr 20260815". */
export function referenceKey(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Words of a subject that are put together to find a number written with spaces. */
const mostTogether = 5
const mostWords = 60

/** Does the subject name this number, in whatever way it is written? Part of a longer number is not it. */
export function namesReference(subject: string, reference: string): boolean {
  const wanted = referenceKey(reference)
  if (wanted.length < 4) return false
  const parts = (subject.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, mostWords)
  return parts.some((_, start) => {
    let joined = ''
    for (const part of parts.slice(start, start + mostTogether)) {
      joined += part
      if (joined === wanted || isBehindWord(joined, wanted)) return true
    }
    return false
  })
}

/** "Ticket#4711" is one word to some, and "case4711" to others. */
function isBehindWord(joined: string, wanted: string): boolean {
  if (!joined.endsWith(wanted) || !/^\d/.test(wanted)) return false
  return /^(?:ticket|case|vorgang|fall|nr|no|sr|ref|id)$/.test(joined.slice(0, -wanted.length))
}
