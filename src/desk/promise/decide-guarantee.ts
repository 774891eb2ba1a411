import { isOpen, nextOpening } from '../office-hours.ts'
import type {
  GuaranteeAction,
  GuaranteeDecision,
  GuaranteeFacts,
  GuaranteeStage,
  RunningGuarantee,
} from './guarantee.ts'
import { mostBroken, nextPromise } from './next-promise.ts'
import { partsOver } from './stage-times.ts'

const { compare } = Temporal.Instant
const isPast = (at: Temporal.Instant, now: Temporal.Instant): boolean => compare(at, now) <= 0
const rank: Record<GuaranteeStage, number> = { none: 0, half: 1, 'three-quarters': 2, broken: 3 }

/** A deadline may fall on closing time, which is closed already; who is still there hears of it. */
const closingMinutes = 10
/** An update goes out so long before its time: one that is sent at the very minute arrives after it. */
const leadMinutes = 5

/**
 * What to do about a running promise now, and when to look again. Only the latest stage that is due is acted on: after
 * a standstill nobody is reminded of what is over. While its clock stands, and while its office is closed, nobody is
 * told anything. Callbacks have a decision of their own, which counts its time in the same way. Throws RangeError for
 * an office that never opens.
 */
export function decideGuarantee(guarantee: RunningGuarantee, facts: GuaranteeFacts): GuaranteeDecision {
  const { now, office } = facts
  const { kind, dueAt, stage: before } = guarantee
  const rest = (wakeAt: Temporal.Instant | null, because: string): GuaranteeDecision => ({
    ...{ actions: [], stage: before, wakeAt, because },
  })
  if (guarantee.state !== 'open') return rest(null, `it is ${guarantee.state}`)
  if (guarantee.pausedAt !== null) return standing(guarantee, now, rest)
  const justClosed = isPast(dueAt, now) && isPast(now, dueAt.add({ minutes: closingMinutes }))
  if (!isOpen(now, office) && !justClosed) return rest(nextOpening(now, office), 'the office is closed')
  const [half, threeQuarters] = partsOver(guarantee, office, facts.reminders)
  const endsAt = kind === 'status-update' ? later(threeQuarters, sendingTime(guarantee)) : dueAt
  if (isPast(endsAt, now)) return atTheEnd(guarantee, facts)
  const due: GuaranteeStage = isPast(threeQuarters, now)
    ? 'three-quarters'
    : isPast(half, now)
      ? 'half'
      : 'none'
  const wakeAt = [half, threeQuarters].find(at => !isPast(at, now)) ?? endsAt
  if (rank[due] <= rank[before]) return rest(wakeAt, 'nothing is due yet')
  const actions = remindersOf(guarantee, facts, due)
  return { actions, stage: due, wakeAt, because: `${due} of its time is over` }
}

const later = (a: Temporal.Instant, b: Temporal.Instant) => (compare(a, b) > 0 ? a : b)

const sendingTime = ({ dueAt }: RunningGuarantee) => dueAt.subtract({ minutes: leadMinutes })

function standing(
  { pausedFor, pausedUntil }: RunningGuarantee,
  now: Temporal.Instant,
  rest: (wakeAt: Temporal.Instant | null, because: string) => GuaranteeDecision,
): GuaranteeDecision {
  if (pausedUntil === null || !isPast(pausedUntil, now))
    return rest(pausedUntil, `we wait for the ${pausedFor}`)
  return {
    ...rest(null, `we waited for the ${pausedFor} until ${pausedUntil}`),
    actions: [{ kind: 'resume' }],
  }
}

/**
 * A status update that is due writes itself: nobody has to be reminded of it before three quarters are over. What was
 * broken again and again is told of when it is broken, once a day: more mail would only hide other mail.
 */
function remindersOf(
  { kind }: RunningGuarantee,
  { owners, brokenBefore }: GuaranteeFacts,
  stage: GuaranteeStage,
): readonly GuaranteeAction[] {
  if (stage !== 'half' && stage !== 'three-quarters') return []
  if (stage === 'half' && kind === 'status-update') return []
  const remind: GuaranteeAction[] =
    brokenBefore < mostBroken ? [{ kind: 'remind', agents: owners, stage }] : []
  if (stage === 'half' || kind === 'status-update') return remind
  return [...remind, { kind: 'judge-level', because: 'endangered' }]
}

/** The deadline is there. An update is kept by sending it; everything else is broken, and what follows is promised anew. */
function atTheEnd(
  guarantee: RunningGuarantee,
  { now, office, nextMinutes, owners, brokenBefore, isEscalating }: GuaranteeFacts,
): GuaranteeDecision {
  const because = `it was due ${guarantee.dueAt}`
  if (guarantee.kind === 'status-update')
    return { actions: [{ kind: 'send-update' }], stage: guarantee.stage, wakeAt: null, because }
  const next = nextMinutes > 0 ? nextPromise(now, nextMinutes, brokenBefore, office) : null
  // A customer to whom we have said so often that we are late hears it from a person, not from us once more.
  const apologise = next !== null && brokenBefore < mostBroken
  // Whoever is asked to take the matter hears of it every day already.
  const isTold = brokenBefore >= mostBroken && isEscalating
  return {
    actions: [
      { kind: 'break', next },
      { kind: 'judge-level', because: 'broken' },
      ...(isTold ? [] : [{ kind: 'remind', agents: owners, stage: 'broken' } as const]),
      ...(apologise ? [{ kind: 'tell-customer', about: 'late' } as const] : []),
    ],
    stage: 'broken',
    wakeAt: null,
    because,
  }
}
