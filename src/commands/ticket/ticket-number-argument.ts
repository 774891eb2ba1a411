/** Ticket numbers as people type them: copied from a subject line, read from a note, dictated in groups. */
import { isTicketNumber } from '../../desk/ticket-number.ts'
import { CommandFailed } from '../answer.ts'

/** The digits in `text`, or undefined where it holds other things than a number in the shown format. */
export function digitsIn(text: string, format: string): string | undefined {
  const [before = '', after = ''] = format.split('{number}')
  const shown = text.startsWith(before) && text.endsWith(after) && text.length > before.length + after.length
  const number = shown ? text.slice(before.length, text.length - after.length) : text
  const digits = number.replaceAll(/[\s#[\]().\-/]/g, '')
  return /^\d+$/.test(digits) ? digits : undefined
}

/** The ticket number in an argument. Throws CommandFailed for what cannot be one, and says what is wrong with it. */
export function ticketNumberIn(text: string, format: string): string {
  const digits = digitsIn(text, format)
  const example = format.replace('{number}', '1004711')
  if (digits === undefined)
    throw new CommandFailed(`"${text}" is no ticket number; write its digits, or ${example}.`)
  if (digits.length < 7 || digits.length > 12) {
    throw new CommandFailed(
      `${digits} is no ticket number: it has ${digits.length} digit${digits.length === 1 ? '' : 's'}, and ticket numbers have 7 to 12.`,
    )
  }
  if (!isTicketNumber(digits)) {
    throw new CommandFailed(
      `${digits} is no ticket number: its check digit is wrong, so a digit is mistyped or two are swapped.`,
    )
  }
  return digits
}
