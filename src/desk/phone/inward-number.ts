import { judgeNumber } from './destination.ts'
import { numberToRing, owe } from './owed-call.ts'
import { again, ask, because, goTo, type Move, remember, type Situation, say } from './situation.ts'
import { speakPhone } from './speech/numbers.ts'
import { phrase } from './speech/phrases.ts'

/** Another number to ring the caller on: keyed in, read back, confirmed. Two rounds, whatever goes wrong in them. */

const mostRounds = 2
const mostDigits = 17

export function askNumber(s: Situation): Move {
  const question = { step: 'ask-number', mostDigits, endsWith: '#', seconds: 8 } as const
  return ask(s, question, phrase(s.language, 'ask-number'))
}

export function hearNumber(s: Situation, digits: string): Move {
  const entered = digits.slice(0, mostDigits).replace(/#$/, '')
  const verdict = judgeNumber(entered, s.facts.numbers)
  if (verdict.allowed)
    return again('check-number', remember(because(s, 'a number was keyed in'), { keyed: verdict.number }))
  if (entered === '' || verdict.reason === 'not-a-number')
    return nextRound(say(because(s, 'no complete number was keyed in'), phrase(s.language, 'number-missing')))
  const refused = because(s, `we do not ring ${verdict.reason} numbers`, {
    kind: 'number-refused',
    number: verdict.number ?? entered,
    reason: verdict.reason,
  })
  return nextRound(say(refused, phrase(s.language, 'number-unusable')))
}

export function checkNumber(s: Situation): Move {
  const { keyed } = s.memory
  if (keyed === undefined) return again('ask-number', s)
  return ask(
    s,
    { step: 'check-number' },
    phrase(s.language, 'you-entered'),
    ...speakPhone(keyed, s.facts.numbers.country, s.language),
    { pauseMs: 500 },
    phrase(s.language, 'check-number'),
  )
}

/** Silence confirms nothing: a number that one digit is wrong in rings a stranger. */
export function hearCheck(s: Situation, digits: string): Move {
  const { keyed } = s.memory
  if (digits !== '1' || keyed === undefined) return nextRound(because(s, 'the number was not confirmed'))
  const given = owe(remember(s, { ringBack: keyed, unreachable: false }), keyed, true)
  return afterNumber(say(given, phrase(s.language, 'number-noted')))
}

function nextRound(s: Situation): Move {
  const tries = (s.memory.tries ?? 0) + 1
  if (tries < mostRounds) return again('ask-number', remember(s, { tries }))
  if (numberToRing(s) !== null)
    return afterNumber(say(because(s, 'the number stays as it is'), phrase(s.language, 'number-stays')))
  const told = say(because(s, 'there is no number that we may ring'), phrase(s.language, 'no-callback'))
  return afterNumber(tellUnreachable(told))
}

function tellUnreachable(s: Situation): Situation {
  if (s.memory.unreachable) return s
  return because(remember(s, { unreachable: true }), 'the caller was told so', { kind: 'unreachable' })
}

function afterNumber(s: Situation): Move {
  return goTo(s.memory.afterNumber ?? 'promise', s)
}
