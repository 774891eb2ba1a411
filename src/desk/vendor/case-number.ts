import { dammDigit } from '../ticket-number.ts'

/**
 * Numbers of cases at a manufacturer: "H100017". The digits end in a check digit of their own kind, so that no case's
 * digits are ever a ticket's number, however long they grow: a manufacturer who drops the H names no customer's matter.
 */

/** What Damm's method makes of all digits of a case number; a ticket's give 0. */
const sum = '7'
const first = 10_000n

/** The number of the `sequence`-th case. Throws RangeError for a sequence below 1. */
export function caseNumberFrom(sequence: bigint): string {
  if (sequence < 1n) throw new RangeError(`cases are counted from 1 on, not from ${sequence}`)
  const payload = (first + sequence - 1n).toString()
  for (let digit = 0; digit < 10; digit++)
    if (dammDigit(`${payload}${digit}`) === sum) return `H${payload}${digit}`
  throw new Error('one of the ten digits always fits')
}

/** Could this be a case of ours? False for a mistyped one. */
export function isCaseNumber(text: string): boolean {
  return /^H[1-9]\d{5,11}$/.test(text) && dammDigit(text.slice(1)) === sum
}

/** Numbers looked at in one subject. */
const mostNumbers = 10

/** Possible case numbers in a subject, also written "h 100017" or "H-100017". */
export function caseNumbersIn(subject: string): readonly string[] {
  return [...subject.matchAll(/(?<![\p{L}\d])h[ -]?(\d{6,12})(?!\d)/giu)]
    .map(([, digits = '']) => `H${digits}`)
    .filter(isCaseNumber)
    .slice(0, mostNumbers)
}
