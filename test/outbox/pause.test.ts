import { describe, expect, it } from 'vitest'
import { openPause } from '../../src/outbox/pause.ts'

const start = Temporal.Instant.from('2026-03-02T08:00:00Z')
const later = (seconds: number) => start.add({ seconds })
/** In the middle of what is spread. */
const jitter = 0.5

describe('the pause of delivery', () => {
  it('doubles with every failure of a probe and ends with the first answer', () => {
    const pause = openPause()
    pause.failed('network', start, jitter)
    expect(pause.remaining(start)).toBe(1000)
    pause.failed('network', later(1), jitter)
    expect(pause.remaining(later(1))).toBe(2000)
    expect(pause.probing()).toBe(true)
    pause.answered(later(3))
    expect([pause.remaining(later(3)), pause.probing()]).toEqual([0, false])
    pause.failed('network', later(4), jitter)
    expect(pause.remaining(later(4))).toBe(1000)
  })

  it('is not made longer by letters that were under way', () => {
    const pause = openPause()
    pause.failed('network', start, jitter)
    pause.failed('timeout', start, jitter)
    expect(pause.remaining(start)).toBe(1000)
    const other = openPause()
    other.failed('auth', start, jitter)
    other.failed('auth', start, jitter)
    other.failed('network', start, jitter)
    expect(other.remaining(start)).toBe(60_000)
  })

  it('is made longer by a refused login, of which accounts are locked', () => {
    const pause = openPause()
    pause.failed('network', start, jitter)
    pause.failed('auth', start, jitter)
    expect(pause.remaining(start)).toBe(120_000)
  })

  it('lets letters go one by one for a quarter of an hour where one gets through after a refused login', () => {
    const pause = openPause()
    pause.answered(start)
    pause.failed('auth', start, jitter)
    pause.answered(later(1))
    expect([pause.remaining(later(1)), pause.probing()]).toEqual([0, true])
    pause.answered(later(899))
    expect(pause.probing()).toBe(true)
    pause.answered(later(900))
    expect(pause.probing()).toBe(false)
  })
})
