import { datesIn, type FoundDate } from './absence-dates.ts'
import type { Mailbox, MailContent } from './mail-content.ts'

/**
 * What an absence note says: since when, until when, and who stands in. Read from words, so it is shown as a reading
 * and never decides about a customer's promise.
 */
export interface Absence {
  /** First day of the absence. */
  readonly from?: Temporal.PlainDate
  /** Last day of the absence. "Back on Monday" ends it on Sunday. */
  readonly until?: Temporal.PlainDate
  /** Those named as standing in; the address is '' where only a name is given. */
  readonly deputies: readonly Mailbox[]
}

export type AbsenceNote = Pick<MailContent, 'subject' | 'date' | 'from'> & { readonly text: string }

/** Characters of a note that are read, and of the words around a date that say what it is. */
const noteLimit = 6_000
const vicinity = 60

const weekday =
  '(?:mo(?:n(?:tag|day)?)?|di(?:enstag)?|tue(?:s(?:day)?)?|mi(?:ttwoch)?|wed(?:nesday)?|do(?:nnerstag)?|thu(?:r(?:s(?:day)?)?)?|fr(?:eitag|i(?:day)?)?|sa(?:mstag|t(?:urday)?)?|so(?:nntag)?|sun(?:day)?)\\.?,?'
/** Words that may stand between "until" and its date. */
const filler = `(?:\\s+|(?:einschließlich|einschl\\.|inklusive|inkl\\.|incl\\.|voraussichtlich|und mit|zum|dem|den|der|and including|including|inclusive|the|at least|on|${weekday})(?=\\s))*`

const endsWith = (words: string) => new RegExp(`(?:^|[^\\p{L}])(?:${words})${filler}\\s*$`, 'iu')
const untilBefore = endsWith('bis|until|till|through|thru|up to')
const rangeBetween = new RegExp(`^\\s*(?:-|–|—|to|bis|und|and)${filler}\\s*$`, 'iu')
const fromBefore = endsWith('vom|von|ab|seit|from|since|starting|beginning|as of|between|zwischen')
const onBefore = endsWith('ab|am|erst|on|from|as of|at|vom|again|after')
const backBefore =
  /(?:\bback\b|\breturn(?:ing)?\b|\bbe (?:available|reachable|in the office) again\b|\bagain\b|\bwieder\b|\bzurück\b)[^.!?\n]*$/iu
const backAfter = /^[^.!?\n]{0,50}(?:\bwieder\b|\bzurück\b|\bback\b|\bagain\b|\breturn\b)/iu

/** Other automatic answers have dates too: "we shall answer until Monday, 23 November". */
const absenceWords =
  /abwesen|nicht (?:im|erreichbar|verfügbar|da\b|am arbeitsplatz)|urlaub|elternzeit|mutterschutz|\bwieder\b|zurück|\bweg\b|geschlossen|betriebsferien|out of|\bout\b|\baway\b|\bleave\b|vacation|holiday|\bback\b|return|closed|absent|absence|unavailable|not available/iu

type Role = 'from' | 'until' | 'back'

function roleOf(text: string, found: FoundDate, previous: FoundDate | undefined): Role | undefined {
  const before = text.slice(Math.max(0, found.start - vicinity), found.start)
  const after = text.slice(found.end, found.end + vicinity)
  if (untilBefore.test(before)) return 'until'
  if (previous && isRange(text, previous, found)) return 'until'
  if (onBefore.test(before) && (backBefore.test(before) || backAfter.test(after))) return 'back'
  return fromBefore.test(before) ? 'from' : undefined
}

/** Reads a note. Undefined where it says nothing that could be read. */
export function absenceOf(note: AbsenceNote): Absence | undefined {
  const text = `${note.subject}\n${note.text}`.slice(0, noteLimit).replace(/[^\S\n]+/g, ' ')
  const on = note.date === null ? undefined : Temporal.PlainDate.from(note.date.slice(0, 10))
  const dates = on && absenceWords.test(text) ? datesIn(text, on) : []
  const roles = dates.map((found, i) => ({ found, role: roleOf(text, found, dates[i - 1]) }))
  const first = (role: Role) => roles.find(one => one.role === role)?.found.date
  const from = first('from') ?? dates.find((date, i) => isRange(text, date, dates[i + 1]))?.date
  const until = first('until') ?? first('back')?.subtract({ days: 1 })
  const deputies = deputiesIn(text, note.from?.address)
  const inOrder = !from || !until || Temporal.PlainDate.compare(from, until) <= 0
  if (!until && !from && deputies.length === 0) return undefined
  return { ...(from && inOrder ? { from } : {}), ...(until ? { until } : {}), deputies }
}

/** "23.11. – 04.12.": such dates need no other word before them. */
function isRange(text: string, one: FoundDate, two: FoundDate | undefined): boolean {
  return two !== undefined && rangeBetween.test(text.slice(one.end, Math.min(two.start, one.end + vicinity)))
}

/** Sentences that name somebody else. */
const deputyWords =
  /dringend|vertret|wenden sie sich|wende dich|kontaktieren|ansprechpartner|steht ihnen|stehen ihnen|übernimmt|hilft ihnen|kolleg|in meiner abwesenheit|während meiner abwesenheit|urgent|contact|reach out|deputy|in my absence|while i am away|get in touch|colleague|covering|stand(?:s|ing)? in|assistance/iu
const personName = String.raw`\p{Lu}[\p{L}'’-]+(?: (?:von|van|de|zu|der))?(?: \p{Lu}[\p{L}'’-]+){1,3}`
const addressPattern = /[\p{L}\d._%+-]{1,64}@[\p{L}\d.-]{1,190}\.\p{L}{2,24}/giu
const nameAfterWords = new RegExp(
  `(?:\\ban|[Cc]ontact|[Kk]ontaktieren Sie|[Vv]ertretung(?: ist| durch|:)?|[Cc]olleague|[Kk]olleg\\p{L}+|[Dd]eputy(?: is|:)?|vertritt mich|standing in(?: for me)?(?: is|:)?)\\s+(?:(?:meine[nmr]?|my|Frau|Herrn?|Mr\\.?|Mrs\\.?|Ms\\.?|Dr\\.|Kolleg\\p{L}+|colleague|bitte)\\s+)*(${personName})`,
  'u',
)
const notNames =
  /^(?:Sie|Ihre?|Kollegin|Kollegen|Kollege|Colleague|Vertretung|Herr|Herrn|Frau|Mr|Ms|Mrs|Please|Bitte|In|For|An|Tel|My|Mein|Meine|Your) /u
const mostDeputies = 5
/** Characters before an address in which its owner's name may stand, with a title and a telephone number between. */
const nameReach = 80

function deputiesIn(text: string, own: string | undefined): Mailbox[] {
  const found = new Map<string, Mailbox>()
  for (const passage of passagesIn(text)) {
    let from = 0
    for (const match of passage.matchAll(addressPattern)) {
      const address = match[0].toLowerCase()
      const name = nameBefore(passage.slice(Math.max(from, match.index - nameReach), match.index))
      from = match.index + match[0].length
      if (address !== own?.toLowerCase()) found.set(address, { address, name })
    }
    const named = from === 0 ? nameAfterWords.exec(passage)?.[1] : undefined
    if (named !== undefined) found.set(named, { address: '', name: cleanName(named) })
  }
  return [...found.values()].slice(0, mostDeputies)
}

/** A line that speaks of a deputy, with the two after it: addresses often stand below. */
function passagesIn(text: string): string[] {
  const lines = text.split('\n')
  const at = lines.findIndex(line => deputyWords.test(line))
  if (at < 0) return []
  const all = lines.flatMap((line, i) => (deputyWords.test(line) ? [i, i + 1, i + 2, i + 3] : []))
  return [[...new Set(all)].flatMap(i => lines[i] ?? []).join('\n')]
}

function nameBefore(words: string): string {
  const names = [...words.matchAll(new RegExp(personName, 'gu'))].map(([name]) => cleanName(name))
  return names.findLast(name => name.includes(' ')) ?? ''
}

function cleanName(name: string): string {
  let clean = name.trim()
  while (notNames.test(clean)) clean = clean.replace(notNames, '')
  return clean
}
