import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { later, openClock, openRealClock, pass } from '../../../src/sandbox/telephone/virtual-clock.ts'

const start = Temporal.Instant.from('2026-11-23T08:00:00Z')

describe('the clock of the network', () => {
  it('moves from event to event, those of one instant in the order of asking', async () => {
    const clock = openClock(start)
    const done: string[] = []
    const note = (what: string) => () =>
      void done.push(`${what} ${clock.now().since(start).total('seconds')}`)
    clock.at(later(start, 60), note('late'))
    clock.at(later(start, 2), note('first'))
    clock.at(later(start, 2), note('second'))
    clock.at(later(start, -5), note('overdue'))
    clock.at(later(start, 3), note('cancelled')).cancel()
    await clock.run()
    expect(done).toEqual(['overdue 0', 'first 2', 'second 2', 'late 60'])
  })

  it('stands still while work outside goes on', async () => {
    const clock = openClock(start)
    const done: number[] = []
    clock.at(later(start, 1), () => {
      void clock.during(sleep(20)).then(() => done.push(clock.now().since(start).total('seconds')))
    })
    clock.at(later(start, 2), () => done.push(2))
    await clock.run()
    expect(done).toEqual([1, 2])
  })

  it('stops where it is told to, and goes on later', async () => {
    const clock = openClock(start)
    let passed = false
    void pass(clock, 90).then(() => {
      passed = true
    })
    await clock.run({ until: later(start, 60) })
    expect([passed, clock.now().toString()]).toEqual([false, '2026-11-23T08:01:00Z'])
    await clock.run()
    expect(passed).toBe(true)
  })

  it('lets the gateway do its own work before time moves on, and what that asks for comes first', async () => {
    const clock = openClock(start)
    const done: string[] = []
    let asked = false
    clock.at(later(start, 10), () => void done.push('later'))
    await clock.run({
      settle: async () => {
        if (asked) return
        asked = true
        clock.at(later(start, 5), () => void done.push('asked for meanwhile'))
      },
    })
    expect(done).toEqual(['asked for meanwhile', 'later'])
  })
})

it('passes as many times as fast as it is told to, from the time that it is told', async () => {
  const start = Temporal.Instant.from('2026-11-24T09:00:00Z')
  const clock = openRealClock({ start, speed: 600 })
  const minute = start.add({ minutes: 1 })
  await new Promise<void>(resolve => void clock.at(minute, resolve))
  expect(Temporal.Instant.compare(clock.now(), minute)).toBeGreaterThanOrEqual(0)
  clock.stop()
})
