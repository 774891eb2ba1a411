import type { Language } from '../../ticket.ts'
import type { Spoken } from '../instruction.ts'
import { greeting, type SpokenLine } from './line-clips.ts'
import { allDigits } from './numbers.ts'
import { allPhrases, type Clip } from './phrases.ts'
import { allTimes } from './times.ts'

const languages: readonly Language[] = ['de', 'en']

/**
 * Every recording that calls to `lines` can need, each once, with the words to be spoken: in both languages, because
 * every caller may change over.
 */
export function allClips(lines: readonly SpokenLine[]): readonly Clip[] {
  const pieces = languages.flatMap(language => [
    ...lines.map(line => greeting(line, language)),
    ...allPhrases(language),
    ...allDigits(language),
    ...allTimes(language),
  ])
  return pieces.filter(isClip)
}

function isClip(piece: Spoken): piece is Clip {
  return 'clip' in piece
}
