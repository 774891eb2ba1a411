import { z } from 'zod'
import { toldWords } from '../desk/matters/told-words.ts'
import type { CallEntryKind } from '../desk/phone/entry-kinds.ts'
import type { DossierEntry } from './dossier.ts'
import { feedbackEntryWords, reopenings } from './feedback-words.ts'
import { procedureEntryWords } from './procedure-words.ts'
import { vendorEntryWords } from './vendor-words.ts'

/** What the lines that telephony leaves in a ticket's history say, in English sentences without a full stop. */

export interface Naming {
  /** An agent's name by the key. */
  readonly agent: (key: string) => string
  /** An instant of a line's detail, as the reader's clock shows it. */
  readonly when: (instant: string) => string
}

/** Stored as JSON by the version of the day: what is of another shape is not told. */
const words = z.string().catch('')
const numeric = z.number().nullable().catch(null)
const shape = z.object({
  ...{ number: words, line: words, joined: words, outcome: words, step: words, severity: words },
  ...{ reason: words, agent: words, into: words, from: words, before: words, dueAt: words, next: words },
  ...{ how: words, promise: words, about: words, by: words, to: words, noText: words, noMail: words },
  ...{ of: words, transcription: words, mode: words, because: words, callId: words },
  ...{ seconds: numeric, attempts: numeric, level: numeric },
  given: z.boolean().catch(false),
  withheld: z.boolean().catch(false),
  tickets: z.array(z.string()).catch([]),
  why: z.array(z.string()).catch([]),
  ...{ group: words, fromGroup: words, fromAgent: words },
  ...{ fromGroup: words, fromAgent: words, toGroup: words, cause: words, way: words, acknowledgeBy: words },
  ...{ channel: words, client: words },
  people: z.array(z.string()).catch([]),
  ...{ promises: z.array(z.string()).catch([]), waitsFor: words, until: words, row: words },
  ...{ case: words, vendor: words, rating: numeric },
  ...{ score: numeric, solved: z.boolean().nullable().catch(null) },
  ...{ wantsManager: z.boolean().catch(false), changed: z.boolean().catch(false) },
  listed: z.boolean().catch(false),
})

type Detail = z.output<typeof shape>

const told: Record<CallEntryKind, (detail: Detail, naming: Naming) => string> = {
  ...vendorEntryWords,
  ...feedbackEntryWords,
  call: ({ number, line, joined }) =>
    joined === ''
      ? `Call from ${number || 'a withheld number'}${line && ` on ${line}`}`
      : `Call about this ticket: ${oneOf(joinings, joined)}`,
  'call-out': ({ number }) => `rang ${number} by hand`,
  'call-ended': ({ outcome, step }) =>
    `The call ended: ${oneOf(callEnds, outcome)}${step && ` (at ${step})`}`,
  classified: ({ severity }) => `The caller set the severity to ${severity}`,
  'recording-consent': ({ given }) =>
    given ? 'The caller allowed the recording' : 'The caller did not allow a recording',
  unreachable: () => 'The caller can not be rung back and was told so: there is no number that we may ring',
  'number-refused': ({ number, reason }) => `${number || 'A number'} is not rung: ${oneOf(refusals, reason)}`,
  'number-allowed': ({ number }) => `allowed ${number} to be rung`,
  'put-through': ({ agent }, naming) => `Put through: ${naming.agent(agent)} spoke with the customer`,
  'caller-gone': ({ agent }, naming) =>
    `The caller hung up just when ${naming.agent(agent)} took the call; the promise goes on`,
  merged: ({ into, by }) => `The call was about #${into}: ${oneOf(joinings, by)}. It goes on there`,
  reopened: ({ from, callId, by }) =>
    reopenings[by] ?? `Reopened by a ${callId === '' ? 'new mail' : 'call'}; it was ${from}`,
  'same-number': ({ tickets }) =>
    `Another matter of the same number: see ${tickets.map(one => `#${one}`).join(', ')}`,
  'callback-owed': ({ number, dueAt }, { when }) => `A call to ${number} is promised until ${when(dueAt)}`,
  'callback-changed': ({ number, before }) => `The promised call goes to ${number}, no longer to ${before}`,
  'callback-assigned': ({ agent, before }, naming) =>
    `The promised call is for ${naming.agent(agent)} now${before && `, no longer for ${naming.agent(before)}`}`,
  'callback-attempt': ({ mode, outcome, seconds }) =>
    `${mode === 'by-hand' ? 'dialled the customer' : 'tried to reach the customer'}: ${oneOf(tries, outcome)}${seconds ? `, ${seconds} s` : ''}`,
  'callback-remark': () => 'noted on the call',
  'callback-ended': ({ how, promise }) =>
    `The promised call is settled: ${oneOf(callbackEnds, how)}${promise && `; the promise is ${promise}`}`,
  'callback-broken': ({ dueAt, next, level }, { when }) =>
    `The promise of a call until ${when(dueAt)} was broken; level ${level ?? '?'} now, and due ${when(next)}`,
  'callback-unreached': ({ attempts, because }) =>
    `Given up after ${attempts ?? 'several'} attempts${because && `: ${because}`}`,
  'customer-told': ({ about, by, to }) =>
    `${oneOf(news, about)} to ${to} by ${by === 'text' ? 'text message' : by}`,
  'no-confirmation': ({ about, noText, noMail }) =>
    `${oneOf(news, about)} could not be sent. No text: ${noText}. No mail: ${noMail}`,
  'text-failed': ({ to, reason }) => `A text message to ${to} was not delivered${reason && `: ${reason}`}`,
  recording: ({ of, seconds, transcription }) =>
    `${of === 'message' ? 'The caller left a message' : 'The conversation was recorded'}${seconds ? ` of ${seconds} s` : ''}${transcription === 'transcribed' ? '' : ', not transcribed'}`,
  'recording-absent': () => 'A recording was announced, and the provider has none',
  'recording-failed': ({ reason }) => `A recording could not be fetched${reason && `: ${reason}`}`,
  'recording-deleted': () => 'A recording was deleted, as its time to be kept is over',
  'promise-moved': ({ promise, before, dueAt, why }, { when }) =>
    `The promise (${promise}) moved from ${when(before)} to ${when(dueAt)}${why.length > 0 ? `: ${why.join(', ')}` : ''}`,
  'promise-retargeted': ({ promise, before, dueAt, because }, { when }) =>
    `The promise (${promise}) is due ${when(dueAt)} instead of ${when(before)}${because && `, by ${because}`}`,
  'promise-paused': ({ promises, waitsFor, until }, { when }) =>
    `The clock stands (${promises.join(', ')}) while we wait for the ${waitsFor || 'customer'}${until && `, until ${when(until)} at the latest`}`,
  'promise-resumed': ({ promise, dueAt, before }, { when }) =>
    `The clock goes on (${promise}): due ${when(dueAt)} instead of ${when(before)}`,
  'promise-broken': ({ promise, dueAt, next }, { when }) =>
    `The promise (${promise}) until ${when(dueAt)} was broken${next && `; promised anew until ${when(next)}`}`,
  'level-raised': ({ level, row, because }) =>
    `The policy put it on level ${level ?? '?'}${row && ` (${row})`}${because && `: ${because}`}`,
  routed: ({ group, agent, because }, naming) =>
    `Goes to ${sideWords(group, agent, naming)}${because && `: ${because}`}`,
  recognised: ({ because }) => `What the call is about was recognised: ${because || 'by its words'}`,
  'office-replaced': ({ from, to }) =>
    `The office ${from || '?'} is no longer in the configuration; that of ${to || '?'} counts from now on`,
  'passed-on': ({ fromGroup, fromAgent, group, agent }, naming) =>
    `Passed on from ${sideWords(fromGroup, fromAgent, naming)} to ${sideWords(group, agent, naming)}`,
  'customer-unclear': ({ because }) =>
    `Not sure whose matter this is: ${because || 'the books say two things'}`,
  'customer-forgotten': () =>
    'The customer was forgotten: name, addresses and numbers were erased, as the law asks',
  escalated: ({ level, from, fromGroup, fromAgent, toGroup, cause, reason }, naming) => {
    const before = fromAgent ? naming.agent(fromAgent) : fromGroup
    const handed = toGroup && toGroup !== before ? `: ${toGroup} answers for it now, no longer ${before}` : ''
    return `Escalated from level ${from || '?'} to ${level ?? '?'}${handed} (${oneOf(causes, cause)}${reason && `: ${reason}`})`
  },
  'escalation-told': ({ level, way, people, acknowledgeBy }, { when, agent }) =>
    `Level ${level ?? '?'} was told by ${way}: ${people.map(agent).join(', ') || 'nobody'}; to be acknowledged by ${when(acknowledgeBy)}`,
  'escalation-call': ({ agent }, naming) => `Rang ${naming.agent(agent)} about the escalation`,
  'escalation-acknowledged': ({ level, agent, how }, naming) =>
    `${naming.agent(agent)} took the escalation to level ${level ?? '?'} (${oneOf(acknowledgements, how)})`,
  'escalation-ended': ({ level, reason }) =>
    `Nobody has to acknowledge level ${level ?? '?'} any more: ${oneOf(escalationEnds, reason)}`,
  'customer-words': ({ channel, agent, client }, naming) =>
    `told us ${toldWords({ channel: channel || 'in a way that is not known', recorder: agent && naming.agent(agent), client }, 'en')}`,
  measure: ({ of }) => `recorded ${oneOf(measures, of)}`,
  'status-update': ({ by, to, next }) =>
    `A status update went to ${to} by ${by === 'text' ? 'text message' : by}${next && `; next: ${next}`}`,
  'result-told': ({ by, to }) =>
    `The result was told to ${to} by ${by === 'text' ? 'text message' : by}, as the ticket was closed`,
  'no-update-possible': ({ noText, noMail }) =>
    `The customer could not be told how the matter stands. No text: ${noText}. No mail: ${noMail}`,
}

/** Without an agent all of the group are responsible. */
function sideWords(group: string, agent: string, naming: Naming): string {
  return `the group ${group || '?'}${agent && ` (${naming.agent(agent)})`}`
}

type Words = Readonly<Record<string, string>>

const causes: Words = {
  command: 'an agent wanted it',
  policy: 'the policy says so',
  'guarantee-broken': 'a promise was broken',
  'guarantee-endangered': 'a promise is in danger',
  unacknowledged: 'the level below did not acknowledge',
}

const acknowledgements: Words = {
  link: 'by the link of the letter',
  reply: 'by answering',
  key: 'by a key on the telephone',
  command: 'by a command',
}

const escalationEnds: Words = {
  closed: 'the ticket is closed',
  joined: 'another ticket goes on with it',
  'no-levels': 'the configuration has no levels any more',
}

const measures: Words = {
  cause: 'the cause',
  immediate: 'an immediate measure',
  corrective: 'a corrective measure',
  preventive: 'a preventive measure',
  redress: 'a redress',
  result: 'the result',
}

const joinings: Words = {
  key: 'the caller said so by a key',
  silence: 'the caller did not say otherwise',
  'hang-up': 'the caller hung up before saying otherwise',
}

const callEnds: Words = {
  connected: 'the customer spoke with an agent',
  promised: 'the customer knows until when we ring',
  unreachable: 'the customer was told that we cannot ring back',
  abandoned: 'the caller hung up early',
}

const refusals: Words = {
  'not-a-number': 'it is no telephone number',
  emergency: 'it is an emergency number',
  short: 'it is a short number',
  premium: 'it costs extra',
  kind: 'its kind is not among those allowed',
  country: 'its country is not among those allowed',
  own: 'it is one of ours',
  'per-number': 'it was rung too often today',
  'per-hour': 'too many calls were made within the hour',
}

const tries: Words = {
  answered: 'spoke with a person',
  mailbox: 'a mailbox answered',
  busy: 'busy',
  'no-answer': 'no answer',
  refused: 'the customer did not want to talk',
  failed: 'the call failed',
  'not-taken': 'the agent did not take the call',
  cancelled: 'called off',
  'not-placed': 'the call was never placed',
}

const callbackEnds: Words = {
  connected: 'the customer rang in and was put through',
  called: 'the customer was reached',
  closed: 'the ticket was closed',
  joined: 'another ticket goes on with it',
  unreachable: 'there is no number that we may ring',
}

const news: Words = {
  confirmation: 'The confirmation of the call',
  apology: 'The apology with a new time',
  tried: 'The news that we tried to ring',
  later: 'The news that it gets later',
}

/** What a later or an earlier version wrote is shown as it is. */
function oneOf(words: Words, value: string): string {
  return words[value] ?? (value || 'for no known reason')
}

export const callEntryKinds: readonly string[] = Object.keys(told)

/** Undefined for a line that telephony did not write. */
export function callEntryWords({ kind, detail }: Pick<DossierEntry, 'kind' | 'detail'>, naming: Naming) {
  if (!isCallEntryKind(kind)) return procedureEntryWords(kind, detail, naming.agent)
  const when = (instant: string) => (instant === '' ? 'an unknown time' : naming.when(instant))
  return told[kind](shape.parse(fieldsOf(detail)), { ...naming, when })
}

function isCallEntryKind(kind: string): kind is CallEntryKind {
  return callEntryKinds.includes(kind)
}

function fieldsOf(detail: unknown): object {
  return typeof detail === 'object' && detail !== null ? detail : {}
}
