import { shortened } from '../plain-text.ts'
import type { Spoken } from './instruction.ts'
import type { Situation } from './situation.ts'
import { heardWords } from './speech/heard-words.ts'
import { speakNumber, speakPhone } from './speech/numbers.ts'
import { phrase } from './speech/phrases.ts'

/**
 * What agents hear who are rung: who it is, how bad, about what; then at once the keys, because they drive, or the caller
 * waits. What they only need for writing down comes after the keys, which may interrupt everything.
 */

/** Of a subject: more of it delays the keys. */
const subjectCharacters = 40
const stop: Spoken = { pauseMs: 500 }

/** Of a caller who waits to be put through. */
export function callOffer(s: Situation): readonly Spoken[] {
  const { facts, language, call } = s
  const { customerName, company } = facts.ticket
  const unknown = customerName === '' && company === '' && call.number !== null
  return [
    phrase(language, 'agent-call'),
    ...about(s),
    phrase(language, 'accept-keys'),
    ...ticketNumber(s),
    ...(unknown && call.number !== null
      ? [phrase(language, 'agent-number'), ...speakPhone(call.number, facts.numbers.country, language), stop]
      : []),
  ]
}

const waited = {
  de: (minutes: number) => `Wartet seit ${minutes === 1 ? 'einer Minute' : `${minutes} Minuten`}.`,
  en: (minutes: number) => `Has been waiting for ${minutes === 1 ? 'one minute' : `${minutes} minutes`}.`,
}

/** Of a callback: the same, and since when the customer has been waiting. */
export function callbackOffer(s: Situation): readonly Spoken[] {
  const { facts, language } = s
  const minutes = Math.max(0, Math.floor(facts.ticket.waitingMinutes))
  return [
    phrase(language, 'agent-callback'),
    ...about(s),
    ...(minutes > 0 ? [{ words: waited[language](minutes) }] : []),
    phrase(language, 'callback-keys'),
    ...ticketNumber(s),
  ]
}

function about({ facts, language, ticket, memory, call }: Situation): readonly Spoken[] {
  const { customerName, company, subject } = facts.ticket
  const severity = memory.severity ?? ticket.severity ?? 'open'
  return [
    ...sentence(heardWords(customerName, company)),
    phrase(language, `agent-${severity}`),
    ...sentence(heardWords(shortened(subject, subjectCharacters))),
    ...(call.language === language ? [] : [phrase(language, 'agent-other-language')]),
  ]
}

function sentence(pieces: readonly Spoken[]): readonly Spoken[] {
  return pieces.length === 0 ? [] : [...pieces, stop]
}

function ticketNumber({ language, ticket }: Situation): readonly Spoken[] {
  return [phrase(language, 'agent-ticket'), ...speakNumber(ticket.number, language), stop]
}
