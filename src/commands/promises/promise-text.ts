/** One promise for a terminal. Pure: what is shown depends on the dossier and the zone alone. */
import { z } from 'zod'
import { callEntryWords } from '../../console/call-words.ts'
import type { DossierEntry } from '../../console/dossier.ts'
import type { DossierPromise } from '../../console/promises.ts'
import type { DerivationStep } from '../../desk/office-hours.ts'
import { derivationSentence } from '../../desk/promise/derivation-words.ts'
import { derivationWords } from '../../desk/promise-words.ts'
import { indented, oneLine, wallTime } from '../terminal.ts'

/** Times are wall time of the zone. */
export function promiseText(promise: DossierPromise, timeZone: string): string {
  const { kind, state, startedAt, dueAt, minutes, policy, history } = promise
  const derivation = stepsOf(promise.derivation)
  const counted = {
    startedAt: Temporal.Instant.from(startedAt),
    dueAt: Temporal.Instant.from(dueAt),
    derivation,
  }
  const lines = [
    derivationSentence(counted, { timeZone }, 'en'),
    ...derivationWords(derivation).map(step => `  ${step}`),
    ...(minutes === null ? [] : [`promised are ${minutes} office minutes${policy ? `, by ${policy}` : ''}`]),
    ...stateLines(promise, timeZone),
    ...history.map(entry => historyLine(entry, timeZone)),
  ]
  return `${kind}: ${state}, due ${wallTime(dueAt, timeZone)} (${timeZone})\n${indented(lines.join('\n'), 2)}`
}

/** What the clock does, which part of the time was acted on last, and when it is looked at again. */
function stateLines(
  { state, stage, reason, endedAt, wakeAt, pausedAt, pausedFor }: DossierPromise,
  timeZone: string,
): readonly string[] {
  const reached = stages[stage]
  return [
    ...(reached === undefined ? [] : [`acted on last: ${reached}`]),
    ...(pausedAt === null
      ? []
      : [`its clock stands since ${wallTime(pausedAt, timeZone)}: ${waits(pausedFor)}`]),
    ...(state === 'open' && wakeAt !== null ? [`looked at again ${wallTime(wakeAt, timeZone)}`] : []),
    ...(endedAt === null
      ? []
      : [`ended ${wallTime(endedAt, timeZone)}, ${state}${reason === null ? '' : `: ${oneLine(reason)}`}`]),
  ]
}

const stages: Readonly<Record<string, string>> = {
  half: 'the first reminder',
  'three-quarters': 'the second reminder, from which on it is endangered',
  broken: 'that it was broken',
}

function waits(pausedFor: string | null): string {
  if (pausedFor === 'customer') return 'we wait for the customer'
  return pausedFor === 'vendor' ? 'we wait for a manufacturer' : 'we wait'
}

function historyLine(entry: DossierEntry, timeZone: string): string {
  const naming = { agent: (key: string) => key, when: (instant: string) => wallTime(instant, timeZone) }
  const words = callEntryWords(entry, naming) ?? entry.text
  const who = entry.author === '' ? '' : ` by ${entry.author}`
  return oneLine(`${wallTime(entry.at, timeZone)} ${entry.kind}${who}${words && `: ${words}`}`, 300)
}

const time = z.string().regex(/^\d\d:\d\d/)
const date = z.iso.date()
const stepShape = z.union([
  z.object({ date, closed: z.string() }),
  z.object({ date, from: time, to: time, minutes: z.number() }),
])

/** Stored as JSON by the version of the day; what is not understood is left out rather than guessed at. */
function stepsOf(derivation: unknown): readonly DerivationStep[] {
  const steps: readonly unknown[] = Array.isArray(derivation) ? derivation : []
  return steps.flatMap(step => stepShape.safeParse(step).data ?? [])
}
