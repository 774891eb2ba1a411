import type { Language } from '../ticket.ts'
import { displayNumber } from './numbers.ts'

/** The subject of a ticket that begins with a call: nobody has said yet what it is about. Null: withheld. */
export function callSubject(number: string | null, language: Language): string {
  const shown = number === null ? null : displayNumber(number, language)
  if (language === 'de') return shown === null ? 'Anruf mit unterdrückter Nummer' : `Anruf von ${shown}`
  return shown === null ? 'Call from a withheld number' : `Call from ${shown}`
}

const ours =
  /^(?:Anruf mit unterdrückter Nummer|Call from a withheld number|(?:Anruf von|Call from) \+?[\d ]+)$/

/** The same without a subject of ours: a voice reads its number as millions, and it says nothing. */
export function ownWords(subject: string): string {
  return ours.test(subject) ? '' : subject
}
