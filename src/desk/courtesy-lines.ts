import { wordList } from './word-list.ts'

/** Lines that everybody writes and that tell nothing: how a mail begins and ends. */

const beginnings = wordList(`
  sehr geehrte | sehr geehrter | guten tag | guten morgen | guten abend | hallo | liebe | lieber | moin |
  dear | hello | hi | good morning | good afternoon | good evening
`)
const endings = wordList(`
  mit freundlichen | mit besten | mit freundlichem | freundliche grüße | viele grüße | beste grüße | herzliche grüße |
  schöne grüße | vielen dank | danke | kind regards | best regards | best wishes | warm regards | many thanks |
  yours sincerely | yours faithfully | thank you
`)
/** "Sehr geehrte Frau Dr. von der Heydt-Lindner," has eight words; a sentence that goes on has more. */
const mostWords = 8

/** Is this line, in lower-case words, a salutation or a closing and nothing else? */
export function isCourtesy(words: readonly string[]): boolean {
  const line = words.join(' ')
  return (
    words.length <= mostWords &&
    [...beginnings, ...endings].some(one => line === one || line.startsWith(`${one} `))
  )
}
