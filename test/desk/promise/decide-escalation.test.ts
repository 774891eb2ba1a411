import { describe, expect, it } from 'vitest'
import type { Office } from '../../../src/desk/office-hours.ts'
import { decideEscalation } from '../../../src/desk/promise/decide-escalation.ts'
import type { EscalationFacts, LevelFacts, RunningEscalation } from '../../../src/desk/promise/escalation.ts'

const day = ['08:30-17:00']
const office: Office = {
  key: 'hamburg',
  timeZone: 'Europe/Berlin',
  hours: { 1: day, 2: day, 3: day, 4: day, 5: day },
  exceptions: new Map(),
}
/** Wall time of Hamburg on Tuesday 24 November 2026. */
const at = (time: string, date = '2026-11-24') =>
  Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime('Europe/Berlin').toInstant()

const levelTwo: LevelFacts = {
  ...{ level: 2, ways: ['mail', 'text', 'call'], acknowledgeMinutes: 30, office },
  ...{ people: ['clara', 'kim'], anyTime: [] },
}
const levelThree: LevelFacts = { ...levelTwo, level: 3, people: ['dirk'] }
const waiting: RunningEscalation = {
  ...{ id: 'one', level: 2, state: 'waiting', waysUsed: 0 },
  openedAt: at('10:00'),
  acknowledgeBy: null,
}
const factsAt = (time: string, more: Partial<EscalationFacts> = {}, date?: string): EscalationFacts => ({
  ...{ now: at(time, date), severity: 'hindered', level: levelTwo, above: levelThree },
  ...more,
})
const told = (decision: ReturnType<typeof decideEscalation>) =>
  decision.actions.flatMap(action => (action.kind === 'tell' ? [action.way] : []))

describe('an escalation', () => {
  it('is told by one way after the other, each with the time of the level to acknowledge', () => {
    const ways = ['mail', 'text', 'call']
    for (const [waysUsed, way] of ways.entries()) {
      const acknowledgeBy = waysUsed === 0 ? null : at('11:00')
      const decision = decideEscalation({ ...waiting, waysUsed, acknowledgeBy }, factsAt('11:00'))
      expect(decision.actions).toEqual([
        { kind: 'tell', people: ['clara', 'kim'], way },
        { kind: 'set-deadline', acknowledgeBy: at('11:30') },
      ])
      expect(decision.wakeAt).toEqual(at('11:30'))
    }
  })

  it('leaves its people the time they were given', () => {
    const decision = decideEscalation(
      { ...waiting, waysUsed: 1, acknowledgeBy: at('11:30') },
      factsAt('11:29'),
    )
    expect(decision).toMatchObject({ actions: [], wakeAt: at('11:30') })
  })

  it('goes on to the next level when all ways were used in vain, and at the top to the administrators', () => {
    const used: RunningEscalation = { ...waiting, waysUsed: 3, acknowledgeBy: at('11:30') }
    expect(decideEscalation(used, factsAt('11:30')).actions).toEqual([
      { kind: 'pass-on', level: 3, because: 'unacknowledged' },
    ])
    const top = decideEscalation(used, factsAt('11:30', { above: null }))
    expect(top.actions.map(({ kind }) => kind)).toEqual(['tell', 'set-deadline', 'alarm'])
    expect(top.wakeAt).toEqual(at('12:30'))
    const inTheEvening = decideEscalation(used, factsAt('14:30', { above: null }))
    expect(inTheEvening.wakeAt).toEqual(at('08:30', '2026-11-25'))
  })

  it('waits for nobody who is not there', () => {
    const nobody = { ...levelTwo, people: [] }
    expect(decideEscalation(waiting, factsAt('10:00', { level: nobody })).actions).toEqual([
      { kind: 'pass-on', level: 3, because: 'nobody-there' },
    ])
    expect(decideEscalation(waiting, factsAt('10:00', { level: nobody, above: null })).actions).toEqual([
      { kind: 'alarm', code: 'nobody-at-top' },
    ])
  })

  it('lets its people sleep, and counts their time in their own office hours', () => {
    expect(decideEscalation(waiting, factsAt('00:00'))).toMatchObject({ actions: [], wakeAt: at('08:30') })
    const weekend = factsAt('12:00', {}, '2026-11-28')
    expect(decideEscalation(waiting, weekend)).toMatchObject({
      ...{ actions: [], wakeAt: at('08:30', '2026-11-30') },
    })
    expect(decideEscalation(waiting, factsAt('16:50')).wakeAt).toEqual(at('08:50', '2026-11-25'))
    // Neither is it passed on at night, nor told again at the top.
    const used: RunningEscalation = { ...waiting, waysUsed: 3, acknowledgeBy: at('16:59') }
    expect(decideEscalation(used, factsAt('23:00')).actions).toEqual([])
    expect(decideEscalation(used, factsAt('23:00', { above: null })).actions).toEqual([])
  })

  it('wakes them only where the level says so for this severity, and then the minutes are those of the clock', () => {
    const level: LevelFacts = { ...levelTwo, anyTime: ['stopped'] }
    expect(told(decideEscalation(waiting, factsAt('02:00', { level })))).toEqual([])
    expect(told(decideEscalation(waiting, factsAt('02:00', { level, severity: null })))).toEqual([])
    const urgent = decideEscalation(waiting, factsAt('02:00', { level, severity: 'stopped' }))
    expect(told(urgent)).toEqual(['mail'])
    expect(urgent.wakeAt).toEqual(at('02:30'))
    const unclassified: LevelFacts = { ...levelTwo, anyTime: ['unclassified'] }
    expect(
      told(decideEscalation(waiting, factsAt('02:00', { level: unclassified, severity: null }))),
    ).toEqual(['mail'])
  })

  it('does after a standstill what is due now, once', () => {
    const decision = decideEscalation(
      { ...waiting, waysUsed: 1, acknowledgeBy: at('10:30', '2026-11-20') },
      factsAt('10:00'),
    )
    expect(told(decision)).toEqual(['text'])
    expect(decision.wakeAt).toEqual(at('10:30'))
  })

  it.each(['acknowledged', 'passed-on', 'withdrawn'] as const)('that is %s is looked at no more', state => {
    expect(decideEscalation({ ...waiting, state }, factsAt('10:00'))).toMatchObject({
      ...{ actions: [], wakeAt: null },
    })
  })
})
