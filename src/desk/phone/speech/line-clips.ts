import type { Language } from '../../ticket.ts'
import type { LineFacts } from '../call-decision.ts'
import type { Spoken } from '../instruction.ts'

/** What of a line is heard: its clips are named after its key. */
export type SpokenLine = Pick<LineFacts, 'key' | 'company' | 'greeting'>

/** The first sentence: the line's own, or ours with the company's name. */
export function greeting(line: SpokenLine, language: Language): Spoken {
  const usual = {
    de: `Guten Tag, Sie sind mit dem Support von ${line.company} verbunden.`,
    en: `Hello, you are through to support at ${line.company}.`,
  }
  return { clip: `${language}/greeting-${line.key}`, text: line.greeting[language] ?? usual[language] }
}
