import { expect, test } from 'vitest'
import { openDueLoop } from '../../../src/channels/clock/due-loop.ts'
import { openLog } from '../../../src/log.ts'

const now = Temporal.Instant.from('2026-11-24T11:00:00Z')

/** A clock whose timers go off when the test says so. */
function handClock() {
  let pending: { readonly milliseconds: number; readonly work: () => void } | undefined
  let told: (() => void) | undefined
  return {
    after(milliseconds: number, work: () => void) {
      pending = { milliseconds, work }
      told?.()
      return () => {
        pending = undefined
      }
    },
    /** The timer that is set, waited for if there is none yet. */
    async timer() {
      if (!pending)
        await new Promise<void>(resolve => {
          told = resolve
        })
      const set = pending
      pending = undefined
      if (!set) throw new Error('a timer was set')
      return set
    },
  }
}

function opened(rounds: readonly (() => Promise<Temporal.Instant | null>)[]) {
  const clock = handClock()
  let count = 0
  const loop = openDueLoop({
    name: 'test',
    round: async () => ({ nextAt: await (rounds[count++] ?? (async () => null))() }),
    now: () => now,
    log: openLog('silent'),
    after: clock.after,
  })
  return { clock, loop, count: () => count }
}

test('a round comes when the next row is due, and now and then without one', async () => {
  const { clock, loop } = opened([
    async () => now.add({ seconds: 3 }),
    async () => null,
    async () => now.add({ hours: 5 }),
  ])
  const first = await clock.timer()
  expect(first.milliseconds).toBe(3000)
  first.work()
  const second = await clock.timer()
  expect(second.milliseconds).toBe(15_000)
  second.work()
  expect((await clock.timer()).milliseconds).toBe(15_000)
  await loop.stop()
})

test('a round that fails is followed by another', async () => {
  const { clock, loop, count } = opened([() => Promise.reject(new Error('away')), async () => now])
  const next = await clock.timer()
  expect(next.milliseconds).toBe(5000)
  next.work()
  expect((await clock.timer()).milliseconds).toBe(100)
  expect(count()).toBe(2)
  await loop.stop()
})

test('a nudge during a round is not lost, and rounds never overlap', async () => {
  let finish: (() => void) | undefined
  const { clock, loop, count } = opened([
    () =>
      new Promise(resolve => {
        finish = () => resolve(null)
      }),
  ])
  loop.wake()
  loop.wake()
  expect(count()).toBe(1)
  finish?.()
  const next = await clock.timer()
  expect(next.milliseconds).toBe(0)
  next.work()
  await clock.timer()
  expect(count()).toBe(2)
  await loop.stop()
  loop.wake()
  expect(count()).toBe(2)
})
