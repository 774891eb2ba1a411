import { addOfficeTime, isOpen, nextOpening } from '../office-hours.ts'
import type {
  EscalationAction,
  EscalationDecision,
  EscalationFacts,
  RunningEscalation,
} from './escalation.ts'

const { compare } = Temporal.Instant
const isPast = (at: Temporal.Instant, now: Temporal.Instant): boolean => compare(at, now) <= 0

/** At the top nobody is left to pass it on to: its people are told again, at this distance, until one acknowledges. */
const topRepeatMinutes = 60
const topRepeatHours = 4

/**
 * What to do about an escalation that waits for somebody, and when to look again. Its people are told by one way after
 * the other, each with the level's own time to acknowledge; then the next level hears of it. In quiet hours nobody is
 * told, unless the level says that a matter of this severity may wake its people.
 */
export function decideEscalation(escalation: RunningEscalation, facts: EscalationFacts): EscalationDecision {
  const { now, level, above, severity } = facts
  if (escalation.state !== 'waiting')
    return { actions: [], wakeAt: null, because: `it is ${escalation.state}` }
  const { acknowledgeBy, waysUsed } = escalation
  if (acknowledgeBy !== null && !isPast(acknowledgeBy, now))
    return { actions: [], wakeAt: acknowledgeBy, because: 'there is time to acknowledge' }
  const mayWake = (level.anyTime as readonly string[]).includes(severity ?? 'unclassified')
  const open = isOpen(now, level.office)
  if (!open && !mayWake)
    return { actions: [], wakeAt: nextOpening(now, level.office), because: 'quiet hours of the level' }
  if (level.people.length === 0) return nobodyThere(escalation, facts)
  const way = level.ways[waysUsed]
  if (way !== undefined) {
    // What may wake people does not wait for the morning either because they were told just before closing time.
    const by = mayWake
      ? now.add({ minutes: level.acknowledgeMinutes })
      : addOfficeTime(now, level.acknowledgeMinutes, level.office).dueAt
    return {
      actions: [
        { kind: 'tell', people: level.people, way },
        { kind: 'set-deadline', acknowledgeBy: by },
      ],
      wakeAt: by,
      because: waysUsed === 0 ? 'the level has not been told' : `nobody acknowledged by ${acknowledgeBy}`,
    }
  }
  if (above)
    return {
      actions: [{ kind: 'pass-on', level: above.level, because: 'unacknowledged' }],
      wakeAt: null,
      because: `nobody of level ${level.level} acknowledged`,
    }
  return again(escalation, facts, 'unacknowledged-at-top')
}

function nobodyThere(escalation: RunningEscalation, facts: EscalationFacts): EscalationDecision {
  const { above, level } = facts
  const because = `nobody of level ${level.level} is on duty`
  if (above)
    return {
      actions: [{ kind: 'pass-on', level: above.level, because: 'nobody-there' }],
      wakeAt: null,
      because,
    }
  const { actions, wakeAt } = again(escalation, facts, 'nobody-at-top')
  return { actions, wakeAt, because }
}

/** Every hour on the first day, then once a day: what nobody answers all day is no use at night or every hour. */
function again(
  { openedAt }: RunningEscalation,
  { now, level }: EscalationFacts,
  code: 'unacknowledged-at-top' | 'nobody-at-top',
): EscalationDecision {
  const [first] = level.ways
  const often = isPast(now, openedAt.add({ hours: topRepeatHours }))
  const wakeAt = often ? now.add({ minutes: topRepeatMinutes }) : nextOpening(now, level.office)
  const tell: EscalationAction[] =
    first === undefined || level.people.length === 0
      ? []
      : [
          { kind: 'tell', people: level.people, way: first },
          { kind: 'set-deadline', acknowledgeBy: wakeAt },
        ]
  return { actions: [...tell, { kind: 'alarm', code }], wakeAt, because: 'nobody is left above' }
}
