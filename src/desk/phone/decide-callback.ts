import { isOpen, nextOpening, type Office } from '../office-hours.ts'
import { mostBroken, nextPromise } from '../promise/next-promise.ts'
import { partsOver } from '../promise/stage-times.ts'
import type {
  CallbackAction,
  CallbackDecision,
  CallbackFacts,
  CallbackRules,
  CallbackStage,
  OwedCallback,
} from './callback.ts'

/** An attempt of which nothing was heard for so long is asked after: its process may have died before it dialled. */
const attemptLeaseMinutes = 2
/** While somebody rings or talks, and while nobody is there to have it. */
const glanceMinutes = 1
const nobodyMinutes = 5
/** A deadline may fall on closing time, which is closed already; who is still there hears of it. */
const closingMinutes = 10
const topLevel = 4

const { compare } = Temporal.Instant
const isPast = (at: Temporal.Instant, now: Temporal.Instant): boolean => compare(at, now) <= 0

/** A new promise begins after a broken one, so both are its beginning. */
const rank: Record<CallbackStage, number> = { none: 0, broken: 0, assigned: 1, half: 2, 'three-quarters': 3 }

/**
 * What to do about a callback now, and when to look again. Only the latest stage that is due is acted on: whoever was
 * away for a weekend hears of it once. Nobody is rung or written to while the office is closed. Throws RangeError for
 * an office that never opens.
 */
export function decideCallback(
  callback: OwedCallback,
  facts: CallbackFacts,
  rules: CallbackRules,
): CallbackDecision {
  const { now, office, attempt } = facts
  const rest = (wakeAt: Temporal.Instant | null, because: string): CallbackDecision => ({
    ...{ actions: [], stage: callback.stage, wakeAt, because },
  })
  const glance = now.add({ minutes: glanceMinutes })
  // Also after we have given up an agent may ring, and an attempt that was lost then would keep the link from ringing again.
  const mayRing = callback.state === 'owed' || callback.state === 'unreached'
  if (mayRing && attempt && isLost(attempt, now)) {
    const because = 'nothing was heard of the attempt under way'
    return { actions: [{ kind: 'look-up-attempt' }], stage: callback.stage, wakeAt: glance, because }
  }
  if (callback.state !== 'owed')
    return rest(mayRing && attempt?.state === 'requested' ? glance : null, 'no call is owed any more')
  if (facts.customerOnLine) return rest(glance, 'the customer is on the line with us')
  const overdue = callback.promise.state === 'open' && isPast(callback.promise.dueAt, now)
  const justClosed = overdue && isPast(now, callback.promise.dueAt.add({ minutes: closingMinutes }))
  if (!isOpen(now, office) && !justClosed)
    return rest(attempt ? glance : nextOpening(now, office), 'the office is closed')
  if (overdue) return breakPromise(callback, facts, rules)
  if (attempt) return rest(glance, 'an attempt is under way')
  if (facts.unknownNumber || callback.attempts >= rules.mostAttempts) return giveUp(callback, facts)
  return climb(callback, facts, rules)
}

function isLost(
  { state, requestedAt }: NonNullable<CallbackFacts['attempt']>,
  now: Temporal.Instant,
): boolean {
  if (state === 'dialling') return false
  return state === 'unknown' || isPast(requestedAt.add({ minutes: attemptLeaseMinutes }), now)
}

/** The deadline passed. The customer is told the next one, at most as often as there are levels to rise. */
function breakPromise(
  callback: OwedCallback,
  { now, office, onDuty, attempt, brokenBefore = 0, isEscalating = false }: CallbackFacts,
  rules: CallbackRules,
): CallbackDecision {
  const atTop = callback.level >= topLevel
  const next = nextPromise(now, rules.minutes, brokenBefore, office)
  const agent = heir(callback, onDuty)
  // Whoever is asked to take the matter hears of it every day already.
  const tells = onDuty.length > 0 && !(brokenBefore >= mostBroken && isEscalating)
  const actions: CallbackAction[] = [
    { kind: 'break', level: Math.min(topLevel, callback.level + 1), next },
    ...(agent !== null && agent !== callback.agent ? [{ kind: 'assign' as const, agent }] : []),
    ...(tells ? [{ kind: 'tell-agents' as const, agents: onDuty, about: 'broken' as const }] : []),
    ...(onDuty.length === 0 ? [{ kind: 'alarm' as const, code: 'nobody-on-duty' as const }] : []),
    atTop ? { kind: 'alarm', code: 'broken-at-top' } : { kind: 'tell-customer', about: 'apology' },
  ]
  const half = stageTimes({ startedAt: now, dueAt: next.dueAt }, office, rules).half
  const glance = now.add({ minutes: glanceMinutes })
  const { retryAt } = callback
  const soon = attempt || (retryAt && isPast(retryAt, now)) ? [glance] : []
  const wakeAt = earliest([half, ...soon, ...(retryAt ? [retryAt] : [])], now, half)
  return {
    actions,
    stage: 'broken',
    wakeAt: openMoment(wakeAt, office),
    because: `the promise was due ${callback.promise.dueAt}`,
  }
}

function giveUp(callback: OwedCallback, { onDuty, unknownNumber }: CallbackFacts): CallbackDecision {
  const agents = onDuty.length > 0 ? onDuty : callback.agent === null ? [] : [callback.agent]
  return {
    actions: [
      { kind: 'give-up', level: Math.min(topLevel, callback.level + 1) },
      ...(agents.length > 0 ? [{ kind: 'tell-agents' as const, agents, about: 'unreached' as const }] : []),
      ...(agents.length === 0 ? [{ kind: 'alarm' as const, code: 'nobody-on-duty' as const }] : []),
      { kind: 'tell-customer', about: 'tried' },
    ],
    stage: callback.stage,
    wakeAt: null,
    because: unknownNumber
      ? 'the number leads nowhere'
      : `${callback.attempts} attempts did not reach anybody`,
  }
}

/** In time: somebody has it, is reminded, and tries again. */
function climb(callback: OwedCallback, facts: CallbackFacts, rules: CallbackRules): CallbackDecision {
  const { now, office, onDuty, brokenBefore = 0 } = facts
  const times = stageTimes(callback.promise, office, rules)
  const runs = callback.promise.state === 'open'
  const due: CallbackStage = !runs
    ? callback.stage
    : isPast(times['three-quarters'], now)
      ? 'three-quarters'
      : isPast(times.half, now)
        ? 'half'
        : 'assigned'
  const agent = heir(callback, onDuty)
  const changed = agent !== null && agent !== callback.agent
  // After a broken promise everybody has been told already.
  const reached = rank[due] > rank[callback.stage] && !(due === 'assigned' && callback.stage === 'broken')
  const stage = reached ? due : callback.stage
  const actions: CallbackAction[] = []
  if (changed) actions.push({ kind: 'assign', agent })
  // What was broken again and again is told of once a day, when it is broken.
  const reminds = reached && brokenBefore < mostBroken
  if (reminds && due === 'three-quarters' && onDuty.length > 0)
    actions.push({ kind: 'tell-agents', agents: onDuty, about: 'three-quarters' })
  else if (changed) actions.push({ kind: 'tell-agents', agents: [agent], about: 'assigned' })
  else if (reminds && due === 'half' && agent !== null)
    actions.push({ kind: 'tell-agents', agents: [agent], about: 'half' })
  if (onDuty.length === 0 && reminds) actions.push({ kind: 'alarm', code: 'nobody-on-duty' })
  const retry = retryNow(callback, facts, rules, agent)
  const retryAt = retry?.retryAt ?? callback.retryAt
  const ahead = [
    ...(runs ? [times.half, times['three-quarters'], callback.promise.dueAt] : []),
    ...(retryAt ? [startOf(retryAt, callback, facts)] : []),
    ...(onDuty.length === 0 ? [now.add({ minutes: nobodyMinutes })] : []),
    ...(retry?.actions.some(({ kind }) => kind === 'redial') ? [now.add({ minutes: glanceMinutes })] : []),
  ]
  const wakeAt = earliest(ahead, now, now.add({ minutes: rules.noAnswerMinutes }))
  return {
    actions: [...actions, ...(retry?.actions ?? [])],
    stage,
    wakeAt: compare(wakeAt, callback.promise.dueAt) === 0 ? wakeAt : openMoment(wakeAt, office),
    ...(retry?.retryAt ? { retryAt: retry.retryAt } : {}),
    because: retry ? 'it is time to try again' : reached ? `the stage ${due} is reached` : 'nothing is due',
  }
}

/**
 * A try that is due. Without a telephone that we can ring the agent is written to, and once the promise's own time is
 * over everybody on duty is, at longer intervals: the matter must not end silently, nor fill mailboxes.
 */
function retryNow(
  callback: OwedCallback,
  facts: CallbackFacts,
  rules: CallbackRules,
  agent: string | null,
): { readonly actions: readonly CallbackAction[]; readonly retryAt?: Temporal.Instant } | undefined {
  const { now, onDuty, canRing } = facts
  const kept = callback.promise.state !== 'open'
  if (callback.retryAt === null && !kept) return undefined
  if (callback.retryAt !== null && !isPast(startOf(callback.retryAt, callback, facts), now)) return undefined
  const rung = [...(agent === null ? [] : [agent]), ...onDuty].find(canRing)
  if (rules.redial === 'ring' && rung !== undefined) return { actions: [{ kind: 'redial', agent: rung }] }
  const late = isPast(callback.promise.dueAt, now)
  const agents = late || agent === null ? onDuty : [agent]
  return {
    actions: agents.length > 0 ? [{ kind: 'tell-agents', agents, about: 'retry' }] : [],
    retryAt: now.add({ minutes: late ? rules.minutes : rules.mailboxMinutes }),
  }
}

/** Calls wait in the provider's queue: a try that is to ring before the deadline is asked for that much earlier. */
function startOf(
  retryAt: Temporal.Instant,
  { promise }: OwedCallback,
  { queueSeconds }: CallbackFacts,
): Temporal.Instant {
  const matters = promise.state === 'open' && compare(retryAt, promise.dueAt) < 0
  return matters ? retryAt.subtract({ seconds: Math.ceil(queueSeconds) }) : retryAt
}

/** Whoever has it keeps it while on duty. */
function heir({ agent }: OwedCallback, onDuty: readonly string[]): string | null {
  if (agent !== null && (onDuty.includes(agent) || onDuty.length === 0)) return agent
  return onDuty[0] ?? null
}

/** The parts of a promise, counted as those of every promise are. */
function stageTimes(
  promise: Pick<OwedCallback['promise'], 'startedAt' | 'dueAt'>,
  office: Office,
  { reminders }: CallbackRules,
): { readonly half: Temporal.Instant; readonly 'three-quarters': Temporal.Instant } {
  const [half, threeQuarters] = partsOver(promise, office, reminders)
  return { half, 'three-quarters': threeQuarters }
}

/** The first of these moments that lies ahead. */
function earliest(
  moments: readonly Temporal.Instant[],
  now: Temporal.Instant,
  otherwise: Temporal.Instant,
): Temporal.Instant {
  const ahead = moments.filter(at => !isPast(at, now)).toSorted(compare)
  return ahead[0] ?? otherwise
}

function openMoment(at: Temporal.Instant, office: Office): Temporal.Instant {
  return isOpen(at, office) ? at : nextOpening(at, office)
}
