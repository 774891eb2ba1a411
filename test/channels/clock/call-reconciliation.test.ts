import { expect, test } from 'vitest'
import { reconcileCallsRegularly } from '../../../src/channels/clock/call-reconciliation.ts'
import { openLog } from '../../../src/log.ts'

test('calls are compared at the start and every five minutes, however often the clock looks in', async () => {
  let now = Temporal.Instant.from('2026-11-20T08:00:00Z')
  let compared = 0
  let tick = (): void => {}
  const looked = () => new Promise(resolve => setImmediate(resolve))
  const clock = reconcileCallsRegularly(
    async () => {
      compared += 1
      return { lines: 1, failed: [], listed: 0, created: 0, ended: 0, settled: 0 }
    },
    {
      now: () => now,
      log: openLog('silent'),
      after: (_, work) => {
        tick = work
        return () => {}
      },
    },
  )
  const seen: number[] = []
  for (const seconds of [0, 15, 284, 1]) {
    now = now.add({ seconds })
    await looked()
    tick()
    await looked()
    seen.push(compared)
  }
  expect(seen).toEqual([1, 1, 1, 2])
  await clock.stop()
})
