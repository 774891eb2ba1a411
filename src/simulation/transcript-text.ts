/** The story of a call as text, in the wall time of its office. Pure. */

import type { DerivationStep } from '../desk/office-hours.ts'
import { wrapped } from '../desk/plain-text.ts'
import { derivationWords } from '../desk/promise-words.ts'
import type { NetCall } from '../sandbox/telephone/net-call.ts'
import type { NetText } from '../sandbox/telephone/texts.ts'
import type { TranscriptLine } from '../sandbox/telephone/transcript.ts'
import type { Guarantee } from '../store/generated/client.ts'

const width = 92
/** As wide as the time before what happened. */
const indent = ' '.repeat(10)

export function heading(text: string): string {
  return `${text}\n${'='.repeat(text.length)}`
}

/** Who did and heard what, and when. What is heard stands below who hears it. */
export function callText({ transcript }: Pick<NetCall, 'transcript'>, timeZone: string): string {
  return transcript.lines
    .filter(({ what }) => !isEcho(what))
    .map(line => lineText(line, timeZone))
    .join('\n')
}

/** In a conversation each hears what the other one says. */
function isEcho(what: string): boolean {
  return what.startsWith('hears: ')
}

const languages: Readonly<Record<string, string>> = { 'de-DE': 'in German', 'en-GB': 'in English' }

function lineText({ at, who, what }: TranscriptLine, timeZone: string): string {
  const time = clockTime(at, timeZone)
  const spoken = /^(?<verb>hears|says)(?: \((?<language>[\w-]+)\))?: (?<words>.*)$/s.exec(what)?.groups
  if (!spoken) return `${time}  ${[who, what].filter(Boolean).join(' ')}`
  const { verb = '', language = '', words = '' } = spoken
  const how = languages[language]
  return `${time}  ${who} ${verb}${how ? ` ${how}` : ''}:\n${block(words)}`
}

export function textMessage({ body, to, sentAt, createdAt, status }: NetText, timeZone: string): string {
  return `${clockTime(sentAt ?? createdAt, timeZone)}  Text message to ${to} (${status}):\n${block(body)}`
}

export interface Page {
  readonly subject: string
  readonly text: string
}

/** A letter as its reader has it before them. The link is a key, and nobody could use this one. */
export function letterPage({ subject, text }: Page, createdAt: Date, timeZone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(createdAt.getTime())
  const shown = text.replaceAll(/(\/(?:phone\/call-now|ack|ticket)\/)[\w-]+/g, '$1…').trim()
  const lines = [`Subject: ${subject}`, '', ...shown.split('\n')]
  return `${clockTime(at, timeZone)}  in the mailbox:\n${lines.map(line => `  | ${line}`.trimEnd()).join('\n')}`
}

/** A promise, how it was counted, and how it ended. */
export function promiseText(
  { kind, state, reason, startedAt, dueAt, endedAt, derivation }: Guarantee,
  timeZone: string,
): string {
  const wall = (date: Date) => clockTime(Temporal.Instant.fromEpochMilliseconds(date.getTime()), timeZone)
  const minutes = endedAt === null ? 0 : Math.floor((dueAt.getTime() - endedAt.getTime()) / 60_000)
  const ended =
    endedAt === null
      ? []
      : [`  ${state} at ${wall(endedAt)} by the first ${reason}, ${minutes} minutes before it was due`]
  return [
    `A ${kind}, promised at ${wall(startedAt)}, due at ${wall(dueAt)}`,
    ...derivationWords(derivation as unknown as readonly DerivationStep[]).map(step => `  ${step}`),
    ...ended,
  ].join('\n')
}

function clockTime(at: Temporal.Instant, timeZone: string): string {
  return at.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'second' })
}

function block(text: string): string {
  return wrapped(text, width - indent.length)
    .split('\n')
    .map(line => `${indent}${line}`)
    .join('\n')
}
