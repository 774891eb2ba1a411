import { judgeNumber } from './destination.ts'
import { because, remember, type Situation } from './situation.ts'

/** Who is owed a call, on which number, and about which ticket. Shared by calls that we lead and calls that we are told of. */

/** Where the caller will be rung: as decided just now, or promised already. Null: there is no number that we may ring. */
export function numberToRing(s: Situation): string | null {
  const decided = s.effects.findLast(({ kind }) => kind === 'owe-callback')
  if (decided?.kind === 'owe-callback') return decided.number
  return s.facts.promisedNumber ?? s.memory.ringBack ?? null
}

/**
 * The caller's own number is owed a call from the first second, before anything is asked: whoever hangs up now is rung
 * all the same. Not where an older ticket of the number is owed one already: the caller may be ringing about that.
 */
export function oweFromArrival(s: Situation): Situation {
  const { number } = s.call
  if (number === null) return because(s, 'the caller does not show a number')
  const verdict = judgeNumber(number, s.facts.numbers)
  if (!verdict.allowed)
    return because(s, `we do not ring ${verdict.reason} numbers`, {
      kind: 'number-refused',
      number,
      reason: verdict.reason,
    })
  const known = remember(s, { ringBack: verdict.number })
  return s.facts.openTickets.some(({ owed }) => owed)
    ? because(known, 'an older ticket of this number is owed a call already')
    : owe(known, verdict.number, false)
}

/** The call's ticket is owed a call on `number`; `given`: the caller keyed it in. */
export function owe(s: Situation, number: string, given: boolean): Situation {
  const owed = because(s, 'the caller is owed a call', { kind: 'owe-callback', number, given })
  return { ...owed, ticket: { ...s.ticket, owed: true } }
}

/** The same where no call is owed yet and there is a number. */
export function oweIfNot(s: Situation): Situation {
  const { ringBack } = s.memory
  return s.ticket.owed || ringBack === undefined ? s : owe(s, ringBack, false)
}

/** The call is about an older ticket: what that one is owed stands, and it gets a promise where it had none. */
export function join(s: Situation, ticketId: string, by: 'key' | 'silence' | 'hang-up'): Situation {
  const older = s.facts.openTickets.find(({ id }) => id === ticketId)
  if (!older) return separate(s, 'the older ticket has been closed meanwhile')
  const joined = because(remember(s, { chose: 'joined' }), `it is about ticket ${older.number} (by ${by})`, {
    kind: 'join-ticket',
    ticketId,
    by,
  })
  const { number, severity, owed } = older
  return oweIfNot({ ...joined, ticket: { number, severity, owed } })
}

/** Another matter: a promise of its own, whatever older tickets are owed. */
export function separate(s: Situation, why: string): Situation {
  return oweIfNot(because(remember(s, { chose: 'separate' }), why, { kind: 'separate-ticket' }))
}

/** So many calls are owed on one number at a time before callers who say nothing are counted to the last of them. */
const mostOwed = { 'hang-up': 3, silence: 10 } as const

/**
 * Nobody said which ticket it is. One that is owed a call, of a caller who can only be that customer, is it; colleagues
 * behind one switchboard are not taken for each other, unless so many are owed a call there that it is a machine which
 * rings, or somebody who rings again and again: they are called on that number as it is.
 */
export function chooseByItself(s: Situation, by: 'silence' | 'hang-up'): Situation {
  if (s.memory.chose !== undefined) return s
  const [only, ...more] = s.facts.openTickets.filter(({ owed }) => owed)
  const flooded = (s.facts.owedToNumber ?? 0) >= mostOwed[by]
  if (only && (flooded || (more.length === 0 && s.facts.sureOfCaller))) return join(s, only.id, by)
  if (!only && by === 'hang-up') return s
  return separate(s, 'nothing says that it is about an older ticket')
}
