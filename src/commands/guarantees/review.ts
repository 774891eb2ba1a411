/** `gateway guarantees review`: which promises a changed calendar would move, and moves them if told to. */
import { officesOf } from '../../config/office-calendar.ts'
import { whyNotInHistory } from '../../desk/why-not-told.ts'
import {
  type Moved,
  movePromise,
  type ReviewDeps,
  type ReviewedPromise,
  reviewPromises,
} from '../../intake/guarantee-review.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { type Place, timeZoneOf, withDatabase } from '../with-database.ts'

/** Without `apply` nothing is changed. Throws CommandFailed without a configuration file. */
export async function reviewGuarantees(place: Place, now: Temporal.Instant, apply: boolean): Promise<Answer> {
  const { config } = place
  if (!config) throw new CommandFailed('This needs a configuration file; name it with --config.')
  return withDatabase(place, async database => {
    const deps: ReviewDeps = { database, config, offices: officesOf(config, now), now }
    const reviewed: Reviewed[] = []
    for (const promise of await reviewPromises(deps)) {
      const moved = apply && !promise.stays ? await movePromise(deps, promise) : undefined
      const outcome = outcomeOf(promise, apply, moved)
      reviewed.push({ promise, outcome, told: moved?.told ?? null })
    }
    return {
      text: textOf(place, reviewed, apply),
      data: reviewed.map(dataOf),
    }
  })
}

type Outcome = 'would-move' | 'moved' | 'ended-meanwhile' | 'stays'

interface Reviewed {
  readonly promise: ReviewedPromise
  readonly outcome: Outcome
  /** How the customer hears that it gets later. */
  readonly told: Moved['told']
}

function outcomeOf({ stays }: ReviewedPromise, apply: boolean, moved: Moved | undefined): Outcome {
  if (stays) return 'stays'
  if (!apply) return 'would-move'
  return moved ? 'moved' : 'ended-meanwhile'
}

function dataOf({ promise, outcome, told }: Reviewed) {
  const { ticketNumber, kind, office, dueAt, moved, later } = promise
  return {
    ...{ ticket: ticketNumber, kind, office, outcome },
    before: dueAt.toString(),
    after: moved.dueAt.toString(),
    why: moved.why,
    ...{ later, told },
  }
}

const words: Readonly<Record<Outcome, string>> = {
  'would-move': 'would be',
  moved: 'is now',
  'ended-meanwhile': 'ended meanwhile; it would have been',
  stays: 'stays as it is, because it would be over already:',
}

function textOf(place: Place, reviewed: readonly Reviewed[], apply: boolean): string {
  if (reviewed.length === 0) return 'Every open promise is as the calendar has it.'
  const lines = reviewed.map(({ promise, outcome }) => promiseText(place, promise, outcome))
  const end = apply
    ? reviewed.flatMap(({ promise, told }) => (told ? [toldText(place, promise, told)] : []))
    : ['Nothing was changed; --apply moves them, and tells customers whose time gets later.']
  return [...lines, ...(end.length > 0 ? ['', ...end] : [])].join('\n')
}

function promiseText(
  place: Place,
  { ticketNumber, kind, office, dueAt, moved }: ReviewedPromise,
  outcome: Outcome,
): string {
  const zone = timeZoneOf(place, office)
  const ticket = place.ticketFormat.replace('{number}', ticketNumber)
  const head = `${ticket} ${kind}: due ${clock(dueAt, zone)}, ${words[outcome]} ${clock(moved.dueAt, zone)} (${office})`
  return [head, ...moved.why.map(reason => `  ${reason}`)].join('\n')
}

function toldText(place: Place, { ticketNumber }: ReviewedPromise, told: NonNullable<Moved['told']>): string {
  const ticket = place.ticketFormat.replace('{number}', ticketNumber)
  return told.by === 'none'
    ? `${ticket}: the customer could not be told (${whyNotInHistory(told.noText)}; ${whyNotInHistory(told.noMail)}). Please ring.`
    : `${ticket}: the customer is told by ${told.by} to ${told.to}.`
}

function clock(at: Temporal.Instant, zone: string): string {
  const local = at.toZonedDateTimeISO(zone)
  const day = local.toLocaleString('en-GB', { weekday: 'short' })
  return `${day} ${local.toPlainDate()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`
}
