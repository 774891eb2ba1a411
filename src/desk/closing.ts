import { folded } from './command-words.ts'

/** How people end a letter, folded: "gruss" is "Gruß", "Grüße" is "gruesse". A whole line, but for a few words after it. */
const closing = new RegExp(
  `^(?:${[
    'mit (?:freundlichen?|besten?|herzlichen?|kollegialen?|lieben?) (?:gruss|gruessen?|grussen?|empfehlungen)',
    '(?:freundlichen?|viele|beste|besten|herzlichen?|liebe|schoene|sonnige) (?:gruss|gruesse|grusse|gruessen)',
    'gruss|gruesse|mfg|vg|lg|bg',
    '(?:with )?(?:kind|best|warm|many)(?:est)? (?:regards|wishes)|regards|best|all the best|cheers',
    '(?:yours )?(?:sincerely|faithfully|truly)',
  ].join('|')})(?![\\p{L}\\d])`,
  'u',
)
const lastLines = 15
/** "Mit freundlichen Grüßen aus dem verregneten Hamburg" still is one; a sentence of the letter is not. */
const longestClosing = 60

/**
 * Has the writer closed the letter already: by a signature ("-- "), a formula, or the own name on a line of its own? A
 * second "Mit freundlichen Grüßen" below the first would look like what it is, a machine's.
 */
export function hasClosing(words: string, name: string): boolean {
  return linesOf(words)
    .slice(-lastLines)
    .some(line => isClosing(line, name))
}

/** Is there nothing but a closing? Mail programs put a signature below a reply that holds only commands. */
export function isOnlyClosing(words: string, name: string): boolean {
  const lines = linesOf(words)
  const [first] = lines
  return first === undefined || (isClosing(first, name) && lines.length <= lastLines)
}

const linesOf = (words: string): string[] =>
  words
    .split('\n')
    .map(line => folded(line.trim()))
    .filter(line => line !== '')

function isClosing(line: string, name: string): boolean {
  return (
    line === '--' || line === folded(name.trim()) || (line.length <= longestClosing && closing.test(line))
  )
}
