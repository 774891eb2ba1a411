import type { Spoken } from './instruction.ts'
import { chooseByItself, join, oweFromArrival, oweIfNot, separate } from './owed-call.ts'
import { again, ask, because, goTo, type Move, remember, type Situation, say } from './situation.ts'
import { heardWords } from './speech/heard-words.ts'
import { greeting } from './speech/line-clips.ts'
import { speakNumber } from './speech/numbers.ts'
import { phrase } from './speech/phrases.ts'
import { speakSince } from './speech/times.ts'

/** The first minute of a call: greeting, which ticket it is about, and the ticket's number. */

const mostOffered = 3
const mostHearings = 3
const pressKeys = ['about-press-1', 'about-press-2', 'about-press-3'] as const
const pause: Spoken = { pauseMs: 700 }
const shortPause: Spoken = { pauseMs: 250 }

/** Somebody rings. */
export function arrive(s: Situation): Move {
  const known = oweFromArrival(s)
  const { line } = s.facts
  const other = s.language === 'de' ? 'en' : 'de'
  const recording = phrase(s.language, line.recordsCalls ? 'recorded-if-allowed' : 'not-recorded')
  const greeted = say(known, greeting(line, s.language), recording)
  const offered = say({ ...greeted, language: other }, phrase(other, 'this-language'))
  const welcome = { ...offered, language: s.language }
  return goTo(s.facts.openTickets.length > 0 ? 'which-ticket' : 'number', welcome)
}

/** "If you are calling about ticket …, press 1." The keys mean what was heard, whatever opens or closes meanwhile. */
export function askWhichTicket(s: Situation): Move {
  const offered = s.facts.openTickets.slice(0, mostOffered)
  if (offered.length === 0) return goTo('number', oweIfNot(s))
  const asked = remember(s, { offered: offered.map(({ id, number }) => ({ ticketId: id, number })) })
  const choices = offered.flatMap(({ number, subject, openedAt }, index) => [
    phrase(s.language, 'calling-about'),
    ...speakNumber(number, s.language),
    ...about(s, subject, openedAt),
    phrase(s.language, pressKeys[index] ?? 'about-press-3'),
    pause,
  ])
  return ask(asked, { step: 'which-ticket' }, ...choices, phrase(s.language, 'other-matter'))
}

/** The subject between commas, or when it began; English has a comma there, German has none. */
function about(
  { facts, language }: Situation,
  subject: string,
  openedAt: Temporal.Instant | undefined,
): readonly Spoken[] {
  const words = heardWords(subject)
  if (words.length > 0) return [shortPause, ...words, shortPause]
  const since = openedAt ? speakSince(openedAt, facts.now, facts.line.office.timeZone, language) : []
  return language === 'en' ? [...since, shortPause] : since
}

export function hearWhichTicket(s: Situation, digits: string): Move {
  const choice = /^[1-9]$/.test(digits) ? s.memory.offered?.[Number(digits) - 1] : undefined
  if (choice) return goTo('number', afterJoin(join(s, choice.ticketId, 'key')))
  if (digits === '0') return goTo('number', separate(s, 'the caller says that it is another matter'))
  const tries = (s.memory.tries ?? 0) + 1
  if (tries < 2) return again('which-ticket', remember(because(s, 'no usable key'), { tries }))
  return goTo('number', afterJoin(chooseByItself(s, 'silence')))
}

function afterJoin(s: Situation): Situation {
  return s.memory.chose === 'joined' ? say(s, phrase(s.language, 'joined')) : s
}

/** The ticket's number, twice, as often as the caller can need to write it down. */
export function speakTicketNumber(s: Situation): Move {
  const number = speakNumber(s.ticket.number, s.language)
  const twice = [
    phrase(s.language, 'your-ticket'),
    ...number,
    pause,
    phrase(s.language, 'once-more'),
    ...number,
  ]
  return ask(s, { step: 'number', seconds: 3 }, ...twice, pause, phrase(s.language, 'hear-again'))
}

export function hearTicketNumber(s: Situation, digits: string): Move {
  const tries = (s.memory.tries ?? 0) + 1
  if (digits === '1' && tries <= mostHearings)
    return again('number', remember(because(s, 'the caller wants to hear the number again'), { tries }))
  return goTo('severity', because(s, 'the ticket number has been spoken'))
}
