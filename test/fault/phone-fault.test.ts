import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callNowToken } from '../../src/desk/phone/call-now-token.ts'
import { caller, customer, unreachable } from '../../src/sandbox/telephone/actors.ts'
import type { LivePhone } from '../../src/sandbox/telephone/live-phone.ts'
import { hamburg, phones } from '../telephony/hotline.ts'
import { openPhoneWorld, type PhoneWorld } from './phone-world.ts'

/** A process that dies between the decision to ring and the call: nobody is rung twice, and nobody is forgotten. */

let world: PhoneWorld

beforeEach(async () => {
  world = await openPhoneWorld()
})

afterEach(() => world.close())

/** Says yes to whatever is asked, once each time, as soon as it is asked. */
function saysYes(phone: LivePhone): void {
  let pressed = false
  phone.watch(() => {
    if (phone.wanted() === null) pressed = false
    else if (!pressed) {
      pressed = true
      phone.press('1')
    }
  })
}

/** Gives Anna's telephones as they ring: she picks up when the test says so. */
async function someoneIsOwedACall(
  crashAt: string,
): Promise<{ readonly callbackId: string; readonly annas: readonly LivePhone[] }> {
  const { network, database } = world
  const annas: LivePhone[] = []
  network.connectLive(phones.anna, phone => {
    saysYes(phone)
    annas.push(phone)
  })
  network.connect(phones.bernd, unreachable('bernd', 'off'))
  network.connect(phones.mobile, customer('customer', { pickUp: { after: 0.5 }, talks: 1 }))
  await world.startGateway(crashAt)
  network.call(caller(phones.mobile, [], { hangsUpAfter: 1 }), hamburg)
  await world.until('Anna has the task', async () => {
    return (await database.letter.count({ where: { kind: 'callback-task' } })) > 0
  })
  const { id } = await database.callback.findFirstOrThrow()
  return { callbackId: id, annas }
}

async function picksUp(annas: readonly LivePhone[]): Promise<void> {
  await world.until("Anna's telephone rings", async () => annas.at(-1)?.state() === 'ringing')
  annas.at(-1)?.answer()
}

async function pressLink(callbackId: string): Promise<void> {
  const expiresAt = Temporal.Now.instant().add({ hours: 1 })
  const token = callNowToken(world.config.secret, { agent: 'anna', callbackId, expiresAt })
  // The process dies under this request.
  await fetch(`${world.url}/phone/call-now/${token}`, { method: 'POST', redirect: 'manual' }).catch(() => {})
}

const rings = (number: string) =>
  world.network.calls().filter(({ to, direction }) => to === number && direction !== 'inbound').length

const isDone = async () => (await world.database.callback.findFirst())?.state === 'done'

/** Nobody waits for minutes here: what was written is made so much older. */
const minutesPass = (minutes: number) =>
  world.database.$transaction([
    world.database
      .$executeRaw`update callback_attempt set requested_at = requested_at - make_interval(mins => ${minutes}::int)`,
    world.database.$executeRaw`update callback set wake_at = wake_at - make_interval(mins => ${minutes}::int),
    retry_at = retry_at - make_interval(mins => ${minutes}::int)`,
  ])

describe('a gateway that is killed while it rings somebody back', { timeout: 120_000 }, () => {
  it('row 20: after the decision and before the call: nobody was rung, which is asked after, and then rung once', async () => {
    const { callbackId, annas } = await someoneIsOwedACall('attempt-committed:0')
    await pressLink(callbackId)
    await world.crashed()
    expect(await world.database.callbackAttempt.findFirst()).toMatchObject({ state: 'requested' })
    expect(rings(phones.anna)).toBe(0)
    await world.startGateway()
    // Another press finds the attempt and does not dial beside it.
    await pressLink(callbackId)
    expect(await world.database.callbackAttempt.count()).toBe(1)
    await minutesPass(3)
    await world.until('the attempt is known to have come to nothing', async () => {
      return (await world.database.callbackAttempt.findFirst())?.outcome === 'not-placed'
    })
    await minutesPass(3)
    await picksUp(annas)
    await world.until('the customer was spoken to', isDone)
    expect([rings(phones.anna), rings(phones.mobile)]).toEqual([1, 1])
    expect(world.network.faults).toEqual([])
  })

  it('row 20: after the call was placed: it goes on under the next process, and nobody is rung twice', async () => {
    const { callbackId, annas } = await someoneIsOwedACall('attempt-placed:0')
    await pressLink(callbackId)
    await world.crashed()
    await world.startGateway()
    await picksUp(annas)
    await world.until('the customer was spoken to', isDone)
    expect([rings(phones.anna), rings(phones.mobile)]).toEqual([1, 1])
    expect(await world.database.callbackAttempt.findMany()).toMatchObject([{ outcome: 'answered' }])
    expect(world.network.faults).toEqual([])
  })
})
