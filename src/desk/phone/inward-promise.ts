import { isOpen } from '../office-hours.ts'
import { hoursWords } from '../promise-words.ts'
import type { Spoken } from './instruction.ts'
import { numberToRing, oweIfNot } from './owed-call.ts'
import { again, ask, because, goTo, type Move, remember, type Situation, say, tell } from './situation.ts'
import { speakNumber, speakPhone } from './speech/numbers.ts'
import { callbackSentence, phrase } from './speech/phrases.ts'
import { speakTime, spokenHours } from './speech/times.ts'

/** Nobody could be reached: until when we ring, on which number, and what else there is to say. */

const pause: Spoken = { pauseMs: 500 }
/** A message ends with this much silence. */
const silenceSeconds = 5

/** The promise, said only where there is a number to keep it on. Silence is consent: it is kept in any case. */
export function promise(s: Situation): Move {
  const number = numberToRing(s)
  const first = s.memory.promiseTold !== true && s.memory.afterNumber !== 'promise'
  const prefaced = first ? say(s, ...whyNobody(s)) : s
  if (number === null) return withoutNumber(prefaced)
  const { language, facts } = s
  const told = because(
    remember(oweIfNot(prefaced), { promiseTold: true }),
    'the caller hears until when we ring',
  )
  return ask(
    told,
    { step: 'promise' },
    ...overdue(s),
    ...callbackSentence(language, [
      ...dueTime(s),
      phrase(language, 'on-the-number'),
      ...speakPhone(number, facts.numbers.country, language),
    ]),
    pause,
    phrase(language, 'promise-keys'),
    ...messageKey(s),
  )
}

export function hearPromise(s: Situation, digits: string): Move {
  if (digits === '2')
    return goTo(
      'ask-number',
      remember(because(s, 'the caller wants to be rung elsewhere'), { afterNumber: 'promise' }),
    )
  if (digits === '3' && takesMessages(s)) return goTo('message', because(s, 'the caller leaves a message'))
  const tries = (s.memory.tries ?? 0) + 1
  if (digits === '' || digits === '1' || tries > 1)
    return goTo('goodbye', because(s, digits === '1' ? 'the caller confirms' : 'no other wish'))
  return again('promise', remember(because(s, 'no usable key'), { tries }))
}

/** The purpose is said before the tone; who goes on speaking agrees. */
export function takeMessage(s: Situation): Move {
  const announced = say(s, phrase(s.language, 'leave-message'))
  const mostSeconds = s.facts.line.messageSeconds
  return tell(announced, 'message', { do: 'record', mostSeconds, silenceSeconds })
}

/** The last words: the ticket's number, and until when we ring, once more. */
export function goodbye(s: Situation): Move {
  const owed = oweIfNot(s)
  const { language } = s
  const number = [phrase(language, 'your-ticket'), ...speakNumber(s.ticket.number, language), pause]
  const rings = numberToRing(owed) !== null
  const told = rings ? remember(owed, { promiseTold: true }) : owed
  const promised = rings ? [...callbackSentence(language, dueTime(s)), pause] : []
  const last = say(told, ...number, ...promised, phrase(language, 'bye'))
  return tell(last, 'goodbye', { do: 'hang-up' })
}

function withoutNumber(s: Situation): Move {
  const { language } = s
  const reason = 'there is no number that we may ring, and the caller hears it'
  const told = because(
    remember(s, { unreachable: true }),
    reason,
    ...(s.memory.unreachable ? [] : [{ kind: 'unreachable' as const }]),
  )
  return ask(
    told,
    { step: 'promise' },
    ...(justSaid(s) ? [] : [phrase(language, 'no-callback')]),
    phrase(language, 'your-report'),
    ...speakNumber(s.ticket.number, language),
    pause,
    phrase(language, 'number-key'),
    ...messageKey(s),
  )
}

/** In this very answer, after the number could not be read. */
function justSaid({ said, language }: Situation): boolean {
  const { clip } = phrase(language, 'no-callback')
  return said.some(({ pieces }) => pieces.some(piece => 'clip' in piece && piece.clip === clip))
}

function whyNobody({ facts, language }: Situation): readonly Spoken[] {
  // Where a provider cannot put anybody through, nobody was asked: that they were busy would be made up.
  if (isOpen(facts.now, facts.line.office))
    return [phrase(language, facts.can.accepts ? 'nobody-free' : 'not-put-through')]
  const hours = spokenHours(hoursWords(facts.line.office, language).join(', '), language)
  const sentence = { de: `Wir sind für Sie da: ${hours}.`, en: `We are here ${hours}.` }[language]
  return [phrase(language, 'closed'), { words: sentence }, pause]
}

function isOverdue({ facts }: Situation): boolean {
  return Temporal.Instant.compare(facts.callbackDueAt, facts.now) <= 0
}

/** A time that has passed is no promise: the one before this call was broken. */
function overdue(s: Situation): readonly Spoken[] {
  return isOverdue(s) ? [phrase(s.language, 'overdue')] : []
}

function dueTime(s: Situation): readonly Spoken[] {
  const { facts, language } = s
  return isOverdue(s)
    ? [phrase(language, 'soon-instead')]
    : speakTime(facts.callbackDueAt, facts.now, facts.line.office.timeZone, language)
}

function messageKey(s: Situation): readonly Spoken[] {
  return takesMessages(s) ? [phrase(s.language, 'message-key')] : []
}

function takesMessages({ facts }: Situation): boolean {
  return facts.can.records && facts.line.messageSeconds > 0
}
