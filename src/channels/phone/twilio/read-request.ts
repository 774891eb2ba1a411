import type { CallEvent, DialResult } from '../../../desk/phone/call-event.ts'
import { oneLine, shortened } from '../../../desk/plain-text.ts'
import { type Fields, field, payloadOf, timeField, wholeField } from './fields.ts'

/**
 * Twilio's requests in our words. What a request is about is said by the address that we gave Twilio for it. Undefined
 * for what tells us nothing: a state in between, or a request without the id of a call.
 */

export interface Place {
  readonly provider: string
  readonly at: Temporal.Instant
}

type Base = Pick<CallEvent, 'provider' | 'providerId' | 'at' | 'providerAt' | 'payload'>

function base(place: Place, fields: Fields, providerId: string): Base {
  return { ...place, providerId, providerAt: timeField(fields, 'Timestamp'), payload: payloadOf(fields) }
}

/** Of a leg, the call that it belongs to. */
function parentOf(fields: Fields): string {
  return sid(fields, 'ParentCallSid') || sid(fields, 'CallSid')
}

function sid(fields: Fields, name: string): string {
  const value = field(fields, name)
  return /^[A-Za-z0-9]{2,64}$/.test(value) ? value : ''
}

export function readArrived(place: Place, fields: Fields): CallEvent | undefined {
  const callSid = sid(fields, 'CallSid')
  if (!callSid) return undefined
  return {
    ...base(place, fields, callSid),
    kind: 'arrived',
    key: `${callSid}:arrived`,
    direction: 'in',
    from: party(fields, 'From'),
    to: party(fields, 'To'),
    callerName: shortened(oneLine(field(fields, 'CallerName')), 100),
    continues: null,
    user: null,
  }
}

export function readKeys(
  place: Place,
  fields: Fields,
  callId: string,
  legId: string | null,
  turn: number,
): CallEvent | undefined {
  const providerId = parentOf(fields)
  if (!providerId) return undefined
  const at = legId === null ? callId : `${callId}:leg:${legId}`
  const digits = field(fields, 'Digits')
    .replaceAll(/[^\d*#]/g, '')
    .slice(0, 40)
  return {
    ...base(place, fields, providerId),
    callId,
    kind: 'keys',
    key: `${at}:keys:${turn}`,
    turn,
    legId,
    digits,
  }
}

export function readRecorded(
  place: Place,
  fields: Fields,
  callId: string,
  turn: number,
): CallEvent | undefined {
  const callSid = sid(fields, 'CallSid')
  if (!callSid) return undefined
  return {
    ...base(place, fields, callSid),
    callId,
    kind: 'recorded',
    key: `${callId}:recorded:${turn}`,
    turn,
    recordingId: sid(fields, 'RecordingSid') || sidOfUrl(field(fields, 'RecordingUrl')),
    seconds: wholeField(fields, 'RecordingDuration') ?? 0,
    hungUp: field(fields, 'Digits') === 'hangup' || field(fields, 'CallStatus') === 'completed',
  }
}

/** The action of a recording names the file by its address alone. */
function sidOfUrl(url: string): string | null {
  return /\/Recordings\/([A-Za-z0-9]{2,64})(?:$|[.?/])/.exec(url)?.[1] ?? null
}

export function readRecording(place: Place, fields: Fields): CallEvent | undefined {
  const callSid = sid(fields, 'CallSid')
  const recordingId = sid(fields, 'RecordingSid')
  const status = field(fields, 'RecordingStatus')
  const state = status === 'completed' ? 'ready' : status === 'absent' || status === 'failed' ? 'absent' : ''
  if (!callSid || !recordingId || !state) return undefined
  return {
    ...base(place, fields, callSid),
    kind: 'recording',
    key: `${recordingId}:${state}`,
    recordingId,
    state,
    seconds: wholeField(fields, 'RecordingDuration'),
  }
}

/** Somebody picked up a telephone that we rang; also the agent of a callback, whose leg is the call itself. */
export function readLegAnswered(
  place: Place,
  fields: Fields,
  callId: string,
  legId: string,
): CallEvent | undefined {
  const providerId = parentOf(fields)
  if (!providerId) return undefined
  return {
    ...base(place, fields, providerId),
    callId,
    kind: 'leg-answered',
    key: `${callId}:leg:${legId}:answered`,
    legId,
    mailbox: /^(?:machine|fax)/.test(field(fields, 'AnsweredBy')),
  }
}

/** `completed` says that somebody, or something, picked up; whether the sides were joined is said for itself. */
export function readLegEnded(
  place: Place,
  fields: Fields,
  callId: string,
  legId: string,
  turn: number,
): CallEvent | undefined {
  const callSid = sid(fields, 'CallSid')
  if (!callSid) return undefined
  return {
    ...base(place, fields, callSid),
    callId,
    kind: 'leg-ended',
    key: `${callId}:leg:${legId}:ended`,
    turn,
    legId,
    result: results.get(field(fields, 'DialCallStatus')) ?? 'failed',
    bridged: field(fields, 'DialBridged') === 'true',
    seconds: wholeField(fields, 'DialCallDuration'),
    callerGone: field(fields, 'CallStatus') === 'completed',
  }
}

export function readLegStatus(
  place: Place,
  fields: Fields,
  callId: string,
  legId: string,
): CallEvent | undefined {
  const providerId = parentOf(fields)
  const status = field(fields, 'CallStatus')
  const result = results.get(status) ?? null
  const state = result
    ? 'ended'
    : status === 'ringing'
      ? 'ringing'
      : status === 'in-progress'
        ? 'answered'
        : ''
  if (!providerId || !state) return undefined
  return {
    ...base(place, fields, providerId),
    callId,
    kind: 'leg-progress',
    key: `${callId}:leg:${legId}:status:${status}`,
    legId,
    state,
    result,
  }
}

/**
 * Of a whole call. `initiated`, which means that it has left Twilio's queue, counts as ringing: it can be the first that
 * we hear of a call whose request was never answered.
 */
export function readStatus(place: Place, fields: Fields, attemptId: string | null): CallEvent | undefined {
  const callSid = sid(fields, 'CallSid')
  const status = field(fields, 'CallStatus')
  const result = results.get(status)
  if (!callSid) return undefined
  const told = {
    ...base(place, fields, callSid),
    ...(attemptId !== null && { callId: attemptId }),
    key: `${callSid}:status:${status}`,
  }
  if (result)
    return {
      ...told,
      kind: 'ended',
      result,
      seconds: wholeField(fields, 'CallDuration'),
      from: party(fields, 'From'),
      to: party(fields, 'To'),
      direction: field(fields, 'Direction').startsWith('outbound') ? 'out' : 'in',
      unknownNumber: field(fields, 'SipResponseCode') === '404',
    }
  if (status === 'initiated' || status === 'ringing') return { ...told, kind: 'progress', state: 'ringing' }
  if (status === 'in-progress') return { ...told, kind: 'progress', state: 'in-progress' }
  return undefined
}

const results: ReadonlyMap<string, DialResult> = new Map([
  ['completed', 'completed'],
  ['answered', 'completed'],
  ['busy', 'busy'],
  ['no-answer', 'no-answer'],
  ['failed', 'failed'],
  ['canceled', 'cancelled'],
] as const)

/** As it came: which numbers are withheld is not for an adapter to judge. */
function party(fields: Fields, name: string): string {
  return field(fields, name).slice(0, 200)
}
