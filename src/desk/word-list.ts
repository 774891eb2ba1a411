/**
 * Words between bars, over as many lines as read well: a table of two hundred phrases stays a table on the screen. An
 * underscore at the end of a word is a space that belongs to it.
 */
export function wordList(text: string): readonly string[] {
  return text
    .split('|')
    .map(word => word.trim().replace(/\s+/g, ' ').replace(/_$/, ' '))
    .filter(word => word !== '')
}
