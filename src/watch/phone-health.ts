import { isDown } from '../intake/calls/dial-circuit.ts'
import type { Database } from '../store/database.ts'
import {
  callbacksAsleep,
  callbacksOverdue,
  clipsMissing,
  providerAway,
  recordingsLate,
  requestsRejected,
  signaturesRefused,
  spoolWaits,
  textsFailed,
} from './phone-trouble.ts'
import type { Trouble } from './trouble.ts'

/** What the telephone door counts by itself; the database knows nothing of it. */
export interface PhoneDoorState {
  /** Requests whose signature was bad or missing, in the last minutes. */
  refusedSignatures(sinceMinutes: number): number
  /** Requests that wait outside the database to be taken in. */
  readonly spooled: number
  /** Answers since the start that took longer than is good, and those that the safe branch had to give. */
  readonly softDeadlines: number
  readonly hardDeadlines: number
  /** Since the start: genuine requests that nothing came of, by why. */
  readonly ignored: Readonly<Record<string, number>>
  /** Requests that no repetition could help, set aside for a human. */
  readonly rejected: number
  /** Recordings that callers need and that cannot be played. */
  readonly missingClips: number
}

/** What is asked of the telephone part of a gateway. */
export interface ExaminedPhone {
  readonly door: PhoneDoorState
  /** Rejects while the database is away. */
  readonly promises: () => Promise<PhonePromises>
}

/** How the promises made on the telephone stand, as the database says. */
export interface PhonePromises {
  readonly openCalls: number
  readonly owed: number
  readonly overdue: number
  /** Of the owed one that is due first; negative when its time is over. Null where nobody is owed a call. */
  readonly nextDueSeconds: number | null
  /** Owed, and nothing would ever look at them again. */
  readonly asleep: number
  /** Seconds since the most overdue of those that should have been looked at; 0 where none is late. */
  readonly lateSeconds: number
  /** Messages that are not fetched although they were spoken more than an hour ago. */
  readonly recordingsLate: number
  /** Text messages that were given up in the last 24 hours. */
  readonly textsFailed: number
  readonly textsWaiting: number
  /** Providers, by their keys, that are not asked for calls at the moment because they kept failing. */
  readonly givenUp: readonly string[]
}

export interface PhoneHealth extends PhonePromises {
  readonly refusedSignatures: number
  readonly spooled: number
  readonly softDeadlines: number
  readonly hardDeadlines: number
  readonly ignored: Readonly<Record<string, number>>
  readonly rejected: number
  readonly missingClips: number
}

/** Minutes over which refused signatures are counted, and how many of them are told. */
const refusalMinutes = 10
const mostRefusals = 10
/** A callback that has been due for so long without being looked at means that its clock stands still. */
const lateCallbackSeconds = 300

/** Few statements over indexes: they are asked with every look at /metrics. `dialling`: keys of providers that place calls. */
export async function readPhonePromises(
  database: Database,
  dialling: readonly string[],
  now: Temporal.Instant,
): Promise<PhonePromises> {
  const at = now.toString()
  const rows = await database.$queryRaw<Omit<PhonePromises, 'givenUp'>[]>`
    with owed as (
      select due_at, callback.wake_at from callback join guarantee on guarantee.id = guarantee_id
      where callback.owed_for is not null and callback.state = 'owed'
    )
    select (select count(*)::int from call where state = 'open') as "openCalls",
           (select count(*)::int from owed) as owed,
           (select count(*)::int from owed where due_at < ${at}::timestamptz) as overdue,
           (select floor(extract(epoch from min(due_at) - ${at}::timestamptz))::int from owed) as "nextDueSeconds",
           (select count(*)::int from owed where wake_at is null) as asleep,
           (select coalesce(greatest(0, floor(extract(epoch from ${at}::timestamptz - min(wake_at)))), 0)::int from owed)
             as "lateSeconds",
           (select count(*)::int from recording where state in ('announced', 'ready')
              and announced_at < ${at}::timestamptz - interval '1 hour') as "recordingsLate",
           (select count(*)::int from text_message where state = 'failed'
              and created_at > ${at}::timestamptz - interval '24 hours') as "textsFailed",
           (select count(*)::int from text_message where state in ('queued', 'sending', 'unsure')) as "textsWaiting"`
  const [found] = rows
  if (!found) throw new Error('counting always gives one row')
  const down = await Promise.all(dialling.map(key => isDown(database, key, now)))
  return { ...found, givenUp: dialling.filter((_, at) => down[at]) }
}

/**
 * For a gateway whose configuration lost its telephone section while calls were owed: nothing rings, writes or reminds
 * any more, and whoever is alarmed is the only one to know. Undefined where none is owed.
 */
export async function owedWithoutPhone(
  database: Database,
  now: () => Temporal.Instant,
): Promise<ExaminedPhone | undefined> {
  const promises = () => readPhonePromises(database, [], now())
  const { owed } = await promises()
  const door = {
    ...{ refusedSignatures: () => 0, spooled: 0, softDeadlines: 0, hardDeadlines: 0 },
    ...{ ignored: {}, rejected: 0, missingClips: 0 },
  }
  return owed === 0 ? undefined : { door, promises }
}

/** `promises` is undefined while the database is away: then only the door is judged. */
export function examinePhone(
  { door }: ExaminedPhone,
  promises: PhonePromises | undefined,
): { readonly health: PhoneHealth; readonly found: readonly Trouble[] } {
  const { spooled, softDeadlines, hardDeadlines, ignored, rejected, missingClips } = door
  const refusedSignatures = door.refusedSignatures(refusalMinutes)
  const known = promises ?? unknown
  const health: PhoneHealth = {
    ...known,
    ...{ refusedSignatures, spooled, softDeadlines, hardDeadlines, ignored, rejected, missingClips },
  }
  const found = [
    ...(refusedSignatures >= mostRefusals ? [signaturesRefused(refusedSignatures, refusalMinutes)] : []),
    ...(spooled > 0 ? [spoolWaits(spooled)] : []),
    ...(rejected > 0 ? [requestsRejected(rejected)] : []),
    ...(missingClips > 0 ? [clipsMissing(missingClips)] : []),
    ...known.givenUp.map(providerAway),
    ...(known.overdue > 0 ? [callbacksOverdue(known.overdue)] : []),
    ...(known.asleep > 0 || known.lateSeconds > lateCallbackSeconds ? [callbacksAsleep] : []),
    ...(known.recordingsLate > 0 ? [recordingsLate(known.recordingsLate)] : []),
    ...(known.textsFailed > 0 ? [textsFailed(known.textsFailed)] : []),
  ]
  return { health, found }
}

const unknown: PhonePromises = {
  ...{ openCalls: 0, owed: 0, overdue: 0, nextDueSeconds: null, asleep: 0, lateSeconds: 0 },
  ...{ recordingsLate: 0, textsFailed: 0, textsWaiting: 0, givenUp: [] },
}
