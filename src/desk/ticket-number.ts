/**
 * Ticket numbers: digits only, readable on the phone, the last one a check digit. Damm's method (H. Michael Damm,
 * "Total anti-symmetrische Quasigruppen", Marburg 2004) finds every wrong digit and every swap of neighbours, the two
 * slips that people make, and stays within ten digits, which ISO 7064 in one digit does not promise for swaps.
 */

/** Damm's quasigroup of order ten; a row is what has been read so far, a column the next digit. */
const quasigroup = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]

/** Reply addresses and pages know numbers of this many digits; see reply-token.ts. */
const fewestDigits = 7
const mostDigits = 12

/** What Damm's method makes of the digits: 0 where the last of them is the right check digit. */
export function dammDigit(digits: string): string {
  let interim = '0'
  for (const digit of digits) interim = quasigroup[Number(interim)]?.[Number(digit)] ?? ''
  return interim
}

/**
 * The number of the `sequence`-th ticket, usually of `digits` digits (7 to 12). Never begins with 0, which phones and
 * spreadsheets swallow. When the digits are used up it grows by one. Throws RangeError for a sequence below 0 or for
 * more than twelve digits.
 */
export function ticketNumberFrom(sequence: bigint, digits: number): string {
  if (sequence < 0n) throw new RangeError(`a ticket's sequence begins at 0, not ${sequence}`)
  const payload = (10n ** BigInt(digits - 2) + sequence).toString()
  const number = payload + dammDigit(payload)
  if (number.length < fewestDigits || number.length > mostDigits)
    throw new RangeError(`a ticket number has ${fewestDigits} to ${mostDigits} digits, not ${number.length}`)
  return number
}

/** Could this be a number of ours? False for a mistyped one. */
export function isTicketNumber(text: string): boolean {
  return /^[1-9]\d{6,11}$/.test(text) && dammDigit(text) === '0'
}

/** The number as letters show it, with `{number}` of `format` (tickets.format) filled in. */
export function showTicketNumber(number: string, format: string): string {
  return format.replaceAll('{number}', () => number)
}
