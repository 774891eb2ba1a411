import { isOnlyClosing } from './closing.ts'
import { commandEntry, commandNamed, commandText, folded } from './command-words.ts'

/**
 * Commands whose text is longer than a line. Mail programs break lines, and the second half of a cause that was meant
 * for colleagues must not reach the customer as the first words of the answer.
 */

/** Whoever greets somebody has begun to write to the customer, empty line or not. */
const greeting =
  /^(?:sehr geehrte|guten (?:tag|morgen|abend)|hallo|lieber? |moin|dear |hello|hi[ ,]|good (?:morning|afternoon))/

/** The lines below a command's own that belong to its text: up to an empty one, a command, a greeting or a closing. */
export function continuation(line: string, below: readonly string[]): readonly string[] {
  const command = commandNamed(/^#(\p{L}[\p{L}\p{M}]*)/u.exec(line)?.[1] ?? '')
  if (!command || commandEntry(command).goesOn !== true) return []
  const end = below.findIndex(one => endsText(commandText(one)))
  return end < 0 ? below : below.slice(0, end)
}

function endsText(line: string): boolean {
  return line === '' || /^#\p{L}/u.test(line) || greeting.test(folded(line)) || isOnlyClosing(line, '')
}

/** A line that is shorter, or that ends a sentence, was ended by its writer; RFC 3676 has programs break at 66 to 78. */
const shortestBroken = 60

/** Lines as their writer meant them: those that the mail program broke are one again. */
export function rejoined(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const last = text.slice(text.lastIndexOf('\n') + 1)
    const broken = last.length >= shortestBroken && !/[.!?:]$/.test(last)
    return text === '' ? line : `${text}${broken ? ' ' : '\n'}${line}`
  }, '')
}
