import { expect, it } from 'vitest'
import { inLanes, oneAhead } from '../../../../src/channels/mail/reading/lanes.ts'

async function* count(to: number, onPull: (item: number) => void = () => undefined) {
  for (let item = 1; item <= to; item++) {
    onPull(item)
    yield item
  }
}

it('never works on more items at once than it has lanes', async () => {
  let busy = 0
  let most = 0
  const results = await inLanes(count(20), 4, async item => {
    busy += 1
    most = Math.max(most, busy)
    await new Promise(setImmediate)
    busy -= 1
    return item * 2
  })
  expect(most).toBe(4)
  expect(results.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => (index + 1) * 2))
})

it('fails with the first failure', async () => {
  const work = async (item: number): Promise<number> => {
    if (item === 3) throw new Error('three')
    return item
  }
  await expect(inLanes(count(5), 2, work)).rejects.toThrow('three')
})

it('tells the source that it is left, so that it can tidy up', async () => {
  let tidied = false
  async function* source() {
    try {
      yield* count(100)
    } finally {
      tidied = true
    }
  }
  await expect(inLanes(source(), 2, () => Promise.reject(new Error('full')))).rejects.toThrow('full')
  expect(tidied).toBe(true)
})

it('prepares one item ahead, and never two', async () => {
  const pulled: number[] = []
  const seen: number[][] = []
  for await (const item of oneAhead(count(4, next => pulled.push(next)))) {
    await new Promise(setImmediate)
    seen.push([item, pulled.length])
  }
  expect(seen).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 4],
  ])
})

it('hands over what came before a failure, and then the failure', async () => {
  async function* failing() {
    yield 1
    throw new Error('two')
  }
  const seen: number[] = []
  const read = async (): Promise<void> => {
    for await (const item of oneAhead(failing())) seen.push(item)
  }
  await expect(read()).rejects.toThrow('two')
  expect(seen).toEqual([1])
})
