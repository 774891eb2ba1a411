import { describe, expect, it } from 'vitest'
import { addOfficeTime, type Office } from '../../../src/desk/office-hours.ts'
import { decideGuarantee } from '../../../src/desk/promise/decide-guarantee.ts'
import type { GuaranteeFacts, RunningGuarantee } from '../../../src/desk/promise/guarantee.ts'
import { partsOver } from '../../../src/desk/promise/stage-times.ts'

const at = (text: string) => Temporal.Instant.from(text)
const weekdays = Object.fromEntries([1, 2, 3, 4, 5].map(day => [day, ['08:30-17:00']]))
const hamburg: Office = { key: 'hamburg', timeZone: 'Europe/Berlin', hours: weekdays, exceptions: new Map() }

/** Promised at noon of Tuesday 24 November for four office hours: due at 16:00. */
function promise(changes: Partial<RunningGuarantee> = {}): RunningGuarantee {
  return {
    ...{ id: 'g', kind: 'first-response', state: 'open', stage: 'none', minutes: 240 },
    startedAt: at('2026-11-24T11:00:00Z'),
    dueAt: at('2026-11-24T15:00:00Z'),
    ...{ pausedAt: null, pausedFor: null, pausedUntil: null },
    ...changes,
  }
}

function facts(now: string, changes: Partial<GuaranteeFacts> = {}): GuaranteeFacts {
  return {
    ...{ now: at(now), office: hamburg, reminders: [50, 75], owners: ['anna'], nextMinutes: 240 },
    ...{ brokenBefore: 0, isEscalating: false },
    ...changes,
  }
}

const kinds = ({ actions }: ReturnType<typeof decideGuarantee>) => actions.map(({ kind }) => kind)

describe('a promise that was broken again and again', () => {
  it('is made anew once a day in the office, told of only then, and without another apology', () => {
    const often = { brokenBefore: 3, nextMinutes: 120 }
    expect(decideGuarantee(promise(), facts('2026-11-24T13:00:00Z', often)).actions).toEqual([])
    const end = decideGuarantee(promise({ stage: 'three-quarters' }), facts('2026-11-24T15:00:00Z', often))
    expect(kinds(end)).toEqual(['break', 'judge-level', 'remind'])
    expect(end.actions[0]).toMatchObject({ next: { dueAt: at('2026-11-25T15:00:00Z'), minutes: 510 } })
    const endangered = decideGuarantee(promise({ stage: 'half' }), facts('2026-11-24T14:00:00Z', often))
    expect(kinds(endangered)).toEqual(['judge-level'])
  })
})

describe('a matter that nobody answers', () => {
  const often = { brokenBefore: 3, nextMinutes: 120 }

  it('is not told of twice where its level is asked every day to take it', () => {
    const end = decideGuarantee(
      promise({ stage: 'three-quarters' }),
      facts('2026-11-24T15:00:00Z', { ...often, isEscalating: true }),
    )
    expect(kinds(end)).toEqual(['break', 'judge-level'])
  })

  it('comes up at the same time of the next office day, over the weekend too', () => {
    const friday = promise({ stage: 'three-quarters', dueAt: at('2026-11-27T15:00:00Z') })
    const end = decideGuarantee(friday, facts('2026-11-27T15:00:00Z', often))
    expect(end.actions[0]).toMatchObject({ next: { dueAt: at('2026-11-30T15:00:00Z') } })
  })

  it('is not promised sooner than the policy says', () => {
    const end = decideGuarantee(promise(), facts('2026-11-24T15:00:00Z', { ...often, nextMinutes: 2550 }))
    expect(end.actions[0]).toMatchObject({ next: { minutes: 2550 } })
  })

  it('asks for no status update beside', () => {
    const update = promise({ kind: 'status-update', stage: 'half' })
    expect(decideGuarantee(update, facts('2026-11-24T14:00:00Z', often)).actions).toEqual([])
  })
})

describe('a promise that runs', () => {
  it('sleeps until half of its time is over', () => {
    expect(decideGuarantee(promise(), facts('2026-11-24T12:59:00Z'))).toMatchObject({
      actions: [],
      wakeAt: at('2026-11-24T13:00:00Z'),
    })
  })

  it('reminds its owner at half, and asks the policy at three quarters', () => {
    expect(decideGuarantee(promise(), facts('2026-11-24T13:00:00Z'))).toMatchObject({
      actions: [{ kind: 'remind', agents: ['anna'], stage: 'half' }],
      wakeAt: at('2026-11-24T14:00:00Z'),
    })
    expect(decideGuarantee(promise({ stage: 'half' }), facts('2026-11-24T14:00:00Z'))).toMatchObject({
      actions: [
        { kind: 'remind', stage: 'three-quarters' },
        { kind: 'judge-level', because: 'endangered' },
      ],
      stage: 'three-quarters',
      wakeAt: at('2026-11-24T15:00:00Z'),
    })
  })

  it('tells each stage once', () => {
    expect(decideGuarantee(promise({ stage: 'half' }), facts('2026-11-24T13:20:00Z')).actions).toEqual([])
  })

  it('speaks after a standstill of what is due now only', () => {
    const decision = decideGuarantee(promise(), facts('2026-11-24T14:30:00Z'))
    expect(decision).toMatchObject({ stage: 'three-quarters' })
    expect(kinds(decision)).toEqual(['remind', 'judge-level'])
  })

  it('is broken at its time, promised anew, told to the customer and to its owner', () => {
    const decision = decideGuarantee(promise({ stage: 'three-quarters' }), facts('2026-11-24T15:00:00Z'))
    expect(kinds(decision)).toEqual(['break', 'judge-level', 'remind', 'tell-customer'])
    // One office hour is left of Tuesday.
    expect(decision.actions[0]).toMatchObject({ next: { dueAt: at('2026-11-25T10:30:00Z') } })
  })

  it('apologises three times, and leaves the fourth to a person', () => {
    const decide = (brokenBefore: number) =>
      kinds(decideGuarantee(promise(), facts('2026-11-24T15:00:00Z', { brokenBefore })))
    expect(decide(2)).toContain('tell-customer')
    expect(decide(3)).not.toContain('tell-customer')
  })

  it('has no successor where none is promised', () => {
    const decision = decideGuarantee(
      promise({ kind: 'resolution' }),
      facts('2026-11-24T15:00:00Z', { nextMinutes: 0 }),
    )
    expect(kinds(decision)).toEqual(['break', 'judge-level', 'remind'])
    expect(decision.actions[0]).toMatchObject({ next: null })
  })
})

describe('the office', () => {
  it('hears of a deadline on closing time while people are still there', () => {
    const closing = promise({ dueAt: at('2026-11-24T16:00:00Z'), minutes: 300 })
    expect(kinds(decideGuarantee(closing, facts('2026-11-24T16:00:00Z')))).toContain('break')
  })

  it.each([
    ['at night', '2026-11-24T22:00:00Z', '2026-11-25T07:30:00Z'],
    ['on a Saturday', '2026-11-28T10:00:00Z', '2026-11-30T07:30:00Z'],
  ])('is left in peace %s, however late a promise is', (_, now, opening) => {
    expect(decideGuarantee(promise(), facts(now))).toMatchObject({ actions: [], wakeAt: at(opening) })
  })

  it('counts a weekend and the end of summer time as no time at all', () => {
    // Friday 23 October 2026, 16:00 in summer time; the clocks go back on Sunday.
    const startedAt = at('2026-10-23T14:00:00Z')
    const { dueAt } = addOfficeTime(startedAt, 120, hamburg)
    expect(dueAt).toEqual(at('2026-10-26T08:30:00Z'))
    expect(partsOver({ startedAt, dueAt, minutes: 120 }, hamburg, [50, 75])).toEqual([
      at('2026-10-23T15:00:00Z'),
      at('2026-10-26T08:00:00Z'),
    ])
  })
})

describe('a clock that stands', () => {
  const paused = promise({ pausedAt: at('2026-11-24T12:00:00Z'), pausedFor: 'customer' })

  it('makes nobody hurry, even when its time would be over', () => {
    expect(decideGuarantee(paused, facts('2026-11-25T12:00:00Z'))).toMatchObject({
      actions: [],
      wakeAt: null,
    })
  })

  it('goes on when we have waited long enough', () => {
    const until = { ...paused, pausedUntil: at('2026-11-26T09:00:00Z') }
    expect(decideGuarantee(until, facts('2026-11-26T08:59:00Z'))).toMatchObject({
      actions: [],
      wakeAt: at('2026-11-26T09:00:00Z'),
    })
    expect(kinds(decideGuarantee(until, facts('2026-11-26T09:00:00Z')))).toEqual(['resume'])
  })

  it('leaves its stages as far away as they were', () => {
    // One of four hours was used, then it stood for a whole office day.
    const resumed = { startedAt: at('2026-11-24T11:00:00Z'), dueAt: at('2026-11-25T15:00:00Z'), minutes: 240 }
    expect(partsOver(resumed, hamburg, [50, 75])).toEqual([
      at('2026-11-25T13:00:00Z'),
      at('2026-11-25T14:00:00Z'),
    ])
  })
})

describe('a status update', () => {
  const update = promise({ kind: 'status-update' })

  it('asks its owner for words of their own, once and late', () => {
    expect(decideGuarantee(update, facts('2026-11-24T13:00:00Z')).actions).toEqual([])
    expect(kinds(decideGuarantee({ ...update, stage: 'half' }, facts('2026-11-24T14:00:00Z')))).toEqual([
      'remind',
    ])
  })

  it('is sent a little before its time, so that it is there in time', () => {
    expect(
      decideGuarantee({ ...update, stage: 'three-quarters' }, facts('2026-11-24T14:54:00Z')),
    ).toMatchObject({
      actions: [],
      wakeAt: at('2026-11-24T14:55:00Z'),
    })
    expect(decideGuarantee(update, facts('2026-11-24T14:55:00Z')).actions).toEqual([{ kind: 'send-update' }])
  })

  it('waits for the morning where its time passed unseen at night', () => {
    expect(decideGuarantee(update, facts('2026-11-24T23:00:00Z'))).toMatchObject({
      actions: [],
      wakeAt: at('2026-11-25T07:30:00Z'),
    })
  })
})

it('leaves what has ended alone', () => {
  for (const state of ['kept', 'broken', 'withdrawn'] as const)
    expect(decideGuarantee(promise({ state }), facts('2026-11-25T12:00:00Z'))).toMatchObject({
      actions: [],
      wakeAt: null,
    })
})
