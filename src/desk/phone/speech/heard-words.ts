import { oneLine, shortened, withoutLinks } from '../../plain-text.ts'
import type { Spoken } from '../instruction.ts'

const mostCharacters = 80

/**
 * A stranger's words (a name, a subject) made fit to be read aloud: no control characters, on which builders of markup
 * throw, nothing that could be markup or an address, and not for long. Nothing where nothing is left.
 */
export function heardWords(...texts: readonly string[]): readonly Spoken[] {
  const words = texts
    .map(text => withoutLinks(oneLine(text), '').replace(/[^\p{L}\p{M}\p{N} .,:;!?'’()/&+%€£-]+/gu, ' '))
    .map(text => shortened(text.replace(/\s+/g, ' ').trim(), mostCharacters))
    .filter(text => /[\p{L}\p{N}]/u.test(text))
  return words.length === 0 ? [] : [{ words: words.join(', ') }]
}
