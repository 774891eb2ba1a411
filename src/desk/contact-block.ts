import { closings, companySmallPrint, deskNames, legalForm } from './contact-words.ts'
import type { MailContent } from './mail-content.ts'

/**
 * Who wrote, taken from the end of a letter: the lines behind its closing words and the signature that the mail client
 * put below it. Line by line over a bounded number of lines.
 */

const blockLines = 20
const longestLine = 160

function plainLine(line: string): string {
  return line
    .replaceAll(/[*_\u00a0]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** "Mit freundlichen Grüßen", alone on its line or with little behind it: "Viele Grüße aus Hamburg". */
export function isClosing(line: string): boolean {
  const plain = plainLine(line).toLowerCase()
  if (plain.length > 60) return false
  return closings.some(
    words => plain === words || (/^[\s,.!-]/.test(plain.slice(words.length)) && plain.startsWith(words)),
  )
}

/** The lines behind the last closing words of the new text, and the signature, without empty ones. */
export function contactBlock({ replyText, signature = '' }: MailContent): string[] {
  const lines = replyText.split('\n').filter(line => !line.startsWith('>'))
  const closing = lines.findLastIndex(isClosing)
  const behind = closing < 0 ? [] : lines.slice(closing + 1)
  return [...behind.slice(0, blockLines), ...signature.split('\n').slice(0, blockLines)]
    .map(line => plainLine(line.slice(0, longestLine)))
    .filter(line => line !== '')
}

/** A person's name as a mail client shows it, turned the right way round; undefined for a desk, a company, an address. */
export function personName(displayed: string): string | undefined {
  const plain = plainLine(displayed).replace(/^["']+|["']+$/g, '')
  if (plain === '' || plain.length > 80 || /[@\d]/.test(plain) || legalForm.test(plain)) return undefined
  const [last = '', first] = plain.split(/,\s*/)
  const name = first ? `${first} ${last}` : last
  const lower = name.toLowerCase()
  if (deskNames.some(desk => lower === desk || lower.startsWith(`${desk} `))) return undefined
  return /\p{L}{2}/u.test(name) ? name : undefined
}

/** The name under a letter: two to five words in the block's first lines that could be nothing else. */
export function nameInBlock(block: readonly string[]): string | undefined {
  return block
    .slice(0, 3)
    .map(line => line.replace(/^(?:i\. ?[AV]\.|ppa\.)\s*/, ''))
    .find(
      line =>
        /^(?:(?:Dr|Prof|Dipl|Ing)\.?[- ]?){0,3}\p{Lu}[\p{L}.'’-]*(?: (?:von|van|de|der|zu|[\p{Lu}][\p{L}.'’-]*)){1,4}$/u.test(
          line,
        ) && personName(line) !== undefined,
    )
}

/** The company of the block: the part of a line that holds a legal form. */
export function companyInBlock(block: readonly string[]): string | undefined {
  const line = block.find(one => legalForm.test(one) && !companySmallPrint.test(one))
  return line
    ?.split(/\s*[|·•;,]\s*/)
    .find(part => legalForm.test(part))
    ?.replace(/^(?:Firma|Fa\.)\s+/, '')
}
