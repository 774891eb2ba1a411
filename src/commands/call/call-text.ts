/** Calls and promised calls as texts: what happened, in which order, and why. Pure. */
import type {
  CallDossier,
  DossierAttempt,
  DossierCallback,
  DossierCallEvent,
  DossierLeg,
  DossierRecording,
  DossierText,
} from '../../console/call-dossier.ts'
import { columns, indented, oneLine, wallTime } from '../terminal.ts'

/** The whole story of a call, event by event. */
export function callText(call: CallDossier, timeZone: string): string {
  const { events, legs, recordings } = call
  const parts = [
    `${callLine(call, timeZone)} (times are ${timeZone})\n${columns(callRows(call))}`,
    ...events.map(event => eventText(event, timeZone)),
    ...legs.map(leg => legText(leg, timeZone)),
    ...recordings.map(one => recordingText(one, timeZone)),
  ]
  return parts.map((part, at) => (at === 0 ? part : indented(part, 2))).join('\n')
}

/** One call in a line: who rang whom, and how it ended. */
export function callLine(call: CallDossier, timeZone: string): string {
  const { direction, number, line, outcome, state, step, arrivedAt, seconds } = call
  const who = number ?? 'withheld number'
  const way = direction === 'in' ? `from ${who} on ${line}` : `to ${who} from ${line}`
  const end = outcome ?? (state === 'ended' ? 'ended' : 'under way')
  const length = seconds === null ? '' : `, ${seconds} s`
  return oneLine(`Call ${call.id}: ${way}, ${wallTime(arrivedAt, timeZone)}, ${end} at ${step}${length}`, 200)
}

function callRows({ provider, providerId, ticketNumber, rawFrom, rawTo, callerName, language }: CallDossier) {
  return [
    ['ticket', ticketNumber],
    ['provider', oneLine(`${provider}, ${providerId}`)],
    [
      'dialled',
      oneLine(`${rawFrom} to ${rawTo}${callerName && `, called "${callerName}"`}, language ${language}`),
    ],
  ] as const
}

function eventText(
  { at, providerAt, kind, key, because, effects, answer }: DossierCallEvent,
  timeZone: string,
) {
  const theirs = providerAt === null ? '' : `, by the provider's clock ${wallTime(providerAt, timeZone)}`
  const followed = effects.map(effect => oneLine(wordsOf(effect, 'kind'), 200))
  const told = answer.map(instruction => oneLine(wordsOf(instruction, 'do'), 200))
  return [
    oneLine(`${wallTime(at, timeZone)} ${kind} (${key}${theirs})`, 200),
    ...(because === '' ? [] : [`  because ${oneLine(because, 300)}`]),
    ...(followed.length === 0 ? [] : [`  then ${followed.join('; ')}`]),
    ...(told.length === 0 ? [] : [`  answered ${told.join('; ')}`]),
  ].join('\n')
}

/** {"kind":"classify","severity":"minor"} is told as "classify severity=minor"; what is nested is left to --json. */
function wordsOf(value: unknown, head: string): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value)
  const name = fields.find(([key]) => key === head)?.[1]
  const rest = fields.filter(([key, one]) => key !== head && one !== null && typeof one !== 'object')
  return [String(name), ...rest.map(([key, one]) => `${key}=${one}`)].join(' ')
}

function legText(
  { party, agent, number, state, outcome, rangAt, acceptedAt, seconds }: DossierLeg,
  zone: string,
) {
  const who = agent === null ? `${party} ${number}` : `${party} ${agent} (${number})`
  const accepted = acceptedAt === null ? '' : `, accepted ${wallTime(acceptedAt, zone)}`
  const length = seconds === null ? '' : `, ${seconds} s`
  return oneLine(`rang ${who} ${wallTime(rangAt, zone)}: ${outcome ?? state}${accepted}${length}`, 200)
}

export function recordingText(one: DossierRecording, timeZone: string): string {
  const { of, state, seconds, announcedAt, transcription, transcript, sha256 } = one
  const length = seconds === null ? '' : `, ${seconds} s`
  const head = `recorded ${of} ${wallTime(announcedAt, timeZone)}: ${state}${length}, ${transcription}`
  const rows = [sha256 ?? '', transcript === null ? '' : oneLine(transcript, 300)].filter(Boolean)
  return [oneLine(head, 200), ...rows.map(row => `  ${row}`)].join('\n')
}

export function textMessageText(one: DossierText, timeZone: string): string {
  const { kind, recipient, state, createdAt, sentAt, tries, text, failure } = one
  const head = `${kind} to ${recipient}: ${state} ${wallTime(sentAt ?? createdAt, timeZone)}, ${tries === 1 ? '1 attempt' : `${tries} attempts`}`
  const rows = [failure === null ? '' : `failure: ${failure}`, text ?? ''].filter(Boolean)
  return [oneLine(head, 200), ...rows.map(row => `  ${oneLine(row, 300)}`)].join('\n')
}

/** A promised call and each try to keep it. */
export function callbackText(callback: DossierCallback, timeZone: string): string {
  const { number, state, stage, dueAt, agent, endedAt, attempts, retryAt } = callback
  const whose = agent === null ? 'nobody yet' : agent
  const end = endedAt === null ? '' : `, ended ${wallTime(endedAt, timeZone)}`
  const again =
    retryAt === null || endedAt !== null ? '' : `, not again before ${wallTime(retryAt, timeZone)}`
  const head = `call to ${number}: ${state}, due ${wallTime(dueAt, timeZone)}, stage ${stage}, assigned to ${whose}${again}${end}`
  const allowed = allowedText(callback.allowedBy)
  return [
    oneLine(head, 250),
    ...(allowed === '' ? [] : [`  ${allowed}`]),
    ...attempts.map(one => `  ${attemptText(one, timeZone)}`),
  ].join('\n')
}

function allowedText(allowedBy: unknown): string {
  if (typeof allowedBy !== 'object' || allowedBy === null) return ''
  const { agent, reason } = allowedBy as Readonly<Record<string, unknown>>
  return oneLine(`number allowed by ${agent}: ${reason}`, 300)
}

function attemptText(
  { agent, mode, state, outcome, requestedAt, rangAt, seconds }: DossierAttempt,
  zone: string,
) {
  const rang = rangAt === null ? '' : ', rang the customer'
  const length = seconds === null ? '' : `, ${seconds} s`
  return oneLine(`${wallTime(requestedAt, zone)} ${agent}, ${mode}: ${outcome ?? state}${rang}${length}`, 200)
}
