import type { Severity } from '../command-arguments.ts'
import { numberToRing } from './owed-call.ts'
import { again, ask, because, goTo, type Move, remember, type Situation, say } from './situation.ts'
import { phrase, severityPhrase } from './speech/phrases.ts'

const severities: Readonly<Record<string, Severity>> = { '1': 'stopped', '2': 'hindered', '3': 'minor' }

/** How bad it is, by one key. Not asked of a ticket that is classified already. */
export function askSeverity(s: Situation): Move {
  const known = s.ticket.severity ?? s.memory.severity
  if (known) return afterSeverity(because(s, 'the ticket is classified already'))
  return ask(s, { step: 'severity' }, phrase(s.language, 'ask-severity'))
}

export function hearSeverity(s: Situation, digits: string): Move {
  const severity = severities[digits]
  if (severity) {
    const taken = because(remember(s, { severity }), `classified as ${severity}`, {
      kind: 'classify',
      severity,
    })
    return afterSeverity(say(taken, severityPhrase(s.language, severity)))
  }
  const tries = (s.memory.tries ?? 0) + 1
  if (tries < 2) return again('severity', remember(because(s, 'no usable key'), { tries }))
  return afterSeverity(say(because(s, 'not classified'), severityPhrase(s.language, null)))
}

/** Before anything else, a number to ring: a conversation can break off, and then there would be none. */
function afterSeverity(s: Situation): Move {
  if (numberToRing(s) !== null) return goTo('consent', s)
  const told = say(s, phrase(s.language, 'cannot-ring-caller'))
  return goTo('ask-number', remember(told, { afterNumber: 'consent' }))
}
