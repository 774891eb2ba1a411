import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../bench/corpus.ts'
import { crashRound, crashSteps } from './rounds.ts'
import { openWorld, type World } from './world.ts'

/** The short form of `npm run fault`: one crash at every step, each followed by a clean start and a look at the mailboxes. */

let world: World

beforeAll(async () => {
  world = await openWorld()
})

afterAll(() => world.close())

// A crash, a start and two rounds of looking letters up take seconds each, and minutes on a busy machine.
describe('a gateway that is killed', { timeout: 180_000 }, () => {
  it.each(crashSteps)('at "%s" loses nothing, doubles nothing and answers everybody once', async step => {
    const { crashed } = await crashRound(world, step, 0, 'none', seededRandom(crashSteps.indexOf(step)), 40)
    expect(crashed).toBe(true)
    world.startGateway()
    expect(await world.settled(40)).toBe(true)
    await world.killGateway()
    expect(await world.faults()).toEqual([])
  })

  it('finds its database again after that was killed too', async () => {
    world.deliver(2)
    await world.killDatabase()
    world.startGateway()
    expect(await world.settled(40)).toBe(true)
    world.deliver(2)
    await world.killDatabase()
    expect(await world.settled(40)).toBe(true)
    await world.killGateway()
    expect(await world.faults()).toEqual([])
  })
})
