import { type FieldFault, isFault, type PushFields } from './push-fields.ts'
import { ownNumber } from './pushed-number.ts'

/**
 * An event in the words that sipgate.io coined and Zammad's generic interface took over: newCall, answer, hangup, and
 * at sipgate dtmf. Read strictly where a mistake would cost a ticket, generously everywhere else.
 */
export interface PushedCall {
  readonly event: 'newCall' | 'answer' | 'hangup' | 'dtmf'
  readonly callId: string
  readonly direction: 'in' | 'out'
  /** As they came, '' where nothing was said; ours in a form in which it can be looked up. */
  readonly from: string
  readonly to: string
  /** The one who calls or picked up; null where none is named, or all who were rung. */
  readonly user: string | null
  readonly answeringNumber: string | null
  readonly cause: string | null
  /** The call that this one goes on with. */
  readonly continues: string | null
  readonly digits: string
}

const events = ['newCall', 'answer', 'hangup', 'dtmf'] as const
/** What Zammad's interface allows. */
const mostOfCallId = 250
const mostOfNumber = 100
const mostOfName = 100

/**
 * Undefined: an event that we do not know, and that later versions may well send. `lines`: the numbers of ours that this
 * provider carries, in E.164.
 */
export function pushedCall(
  fields: PushFields,
  lines: readonly string[],
): PushedCall | FieldFault | undefined {
  const one = (name: string) => fields.get(name)?.[0] ?? ''
  const event = events.find(known => known === one('event'))
  if (event === undefined) return one('event') === '' ? { field: 'event', problem: 'is missing' } : undefined
  const callId = one('callId')
  if (callId === '') return { field: 'callId', problem: 'is missing' }
  if (callId.length > mostOfCallId)
    return { field: 'callId', problem: `is longer than ${mostOfCallId} characters` }
  const direction = directionOf(one('direction'), event)
  if (isFault(direction)) return direction
  const numbers = numbersOf(one('from'), one('to'), event, direction.value)
  if (isFault(numbers)) return numbers
  return {
    event,
    callId,
    direction: direction.value,
    ...(direction.value === 'in'
      ? { from: numbers.from, to: ownNumber(numbers.to, lines) }
      : { from: ownNumber(numbers.from, lines), to: numbers.to }),
    user: userOf(one('user'), fields.get('user[]') ?? []),
    answeringNumber: one('answeringNumber').slice(0, mostOfNumber) || null,
    cause: one('cause') || null,
    continues: continuedBy(callId, one('origCallId'), one('xcid')),
    digits: one('dtmf').slice(0, 40),
  }
}

/** One of a list of several is anybody; a `user` beside a list is whom it is about. */
function userOf(one: string, list: readonly string[]): string | null {
  const [first = '', second] = list.filter(user => user !== '')
  return (one || (second === undefined ? first : '')).slice(0, mostOfName) || null
}

function directionOf(
  given: string,
  event: PushedCall['event'],
): { readonly value: PushedCall['direction'] } | FieldFault {
  if (given === 'in' || given === 'out') return { value: given }
  // Keys belong to a call whose direction is known.
  if (given === '' && event === 'dtmf') return { value: 'in' }
  return { field: 'direction', problem: given === '' ? 'is missing' : 'is neither in nor out' }
}

/** The one number that cannot be done without is the other side of a withheld one: ours inwards, the customer's outwards. */
function numbersOf(
  from: string,
  to: string,
  event: PushedCall['event'],
  direction: PushedCall['direction'],
): Pick<PushedCall, 'from' | 'to'> | FieldFault {
  const tooLong = from.length > mostOfNumber ? 'from' : to.length > mostOfNumber ? 'to' : null
  if (tooLong) return { field: tooLong, problem: `is longer than ${mostOfNumber} characters` }
  if (event === 'dtmf') return { from, to }
  if (to === '') return { field: 'to', problem: 'is missing' }
  if (direction === 'out' && from === '') return { field: 'from', problem: 'is missing' }
  return { from, to }
}

/**
 * A transfer, or a forward to a mailbox, is a new call with a new id; without this, one caller would wait twice
 * (sipgate.io#106). `origCallId` names the first call; `xcid` is shared by all of them and helps where a system names
 * its calls by it.
 */
function continuedBy(callId: string, original: string, shared: string): string | null {
  const named = [original, shared].find(id => id !== '' && id.length <= mostOfCallId)
  return named === undefined || named === callId ? null : named
}
