import { isTicketNumber } from './ticket-number.ts'

/** What people and ticket systems write before a number that is meant as a ticket's. */
const label =
  /(?:#|\b(?:ticket|vorgang|vorgangs|anfrage|fall|case|request|ref|referenz)[ -]?(?:nr|nummer|no|number|id)?[.:]?)$/i

/** Numbers looked at in one subject. */
const candidateLimit = 10

export interface SubjectNumber {
  readonly number: string
  /** Written as a ticket's number, and not a row of digits that could be an order or a phone number. */
  readonly marked: boolean
}

/**
 * Possible ticket numbers of a subject, the marked ones first. `format` is how our letters show them (tickets.format).
 * The check digit rules out nine of ten other numbers.
 */
export function subjectNumbers(subject: string, format: string): readonly SubjectNumber[] {
  const prefix = format.slice(0, format.indexOf('{number}')).trim().toLowerCase()
  const found: SubjectNumber[] = []
  for (const match of subject.matchAll(/(?<!\d)\d{7,12}(?!\d)/g)) {
    const [number] = match
    if (found.length === candidateLimit) break
    const before = subject.slice(0, match.index).trimEnd().slice(-40)
    const marked = label.test(before) || (prefix !== '' && before.toLowerCase().endsWith(prefix))
    if (isTicketNumber(number)) found.push({ number, marked })
  }
  return found.toSorted((a, b) => Number(b.marked) - Number(a.marked))
}
