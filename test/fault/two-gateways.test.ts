import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callNowToken } from '../../src/desk/phone/call-now-token.ts'
import { caller, customer, unreachable } from '../../src/sandbox/telephone/actors.ts'
import { hamburg, phones } from '../telephony/hotline.ts'
import { openTwoGateways, type TwoGateways } from './two-gateways.ts'

/** Two gateways on one database share the work, and nobody outside can tell that there are two. */

let two: TwoGateways

beforeEach(async () => {
  two = await openTwoGateways()
})

afterEach(() => two.close())

const isAnswered = (ids: readonly string[]) => ids.every(id => two.answers().has(id))
const isSent = async () => (await two.database.letter.count({ where: { state: { not: 'sent' } } })) === 0

async function readersAndStandbys(): Promise<readonly (readonly [number, boolean])[]> {
  const both = [await two.health(0), await two.health(1)]
  return both.map(({ status, health }) => [status, health.mailboxes[0]?.phase === 'standby'])
}

describe('two gateways on one database', { timeout: 400_000 }, () => {
  it('answer every mail once; one reads, the other says that it stands by, and takes over when the first is killed', async () => {
    const first = two.deliver(30)
    await two.until('every mail is answered', () => isAnswered(first))
    expect((await readersAndStandbys()).toSorted()).toEqual([
      [200, false],
      [200, true],
    ])
    const stranger = await two.startStranger()
    expect(stranger.code).toBe(1)
    expect(stranger.words).toContain('Another gateway on this database keeps its raw mail elsewhere than')
    const reader = (await two.health(0)).health.mailboxes[0]?.phase === 'standby' ? 1 : 0
    const second = two.deliver(20)
    await two.until('the reader is at work', () => second.some(id => two.answers().has(id)))
    await two.kill(reader)
    // What the dead one had claimed is looked up, twice, before it is sent again.
    await two.until('the other one answers the rest', () => isAnswered(second), 150)
    await two.until('all letters are sent', isSent, 150)
    const ids = [...first, ...second]
    expect(ids.map(id => two.answers().get(id))).toEqual(ids.map(() => 1))
    expect(await two.database.inbound.count()).toBe(ids.length)
    expect(await two.database.ticket.count()).toBe(ids.length)
    const found = two.notices('anna@example.com')
    expect([found.size, new Set(found.values())]).toEqual([ids.length, new Set([1])])
  })

  it('take in one call between them, task each agent once and ring back once, whoever is asked', async () => {
    const { network, database, balancer } = two
    network.connectLive(phones.anna, phone => {
      let pressed = false
      phone.watch(() => {
        if (phone.state() === 'ringing') phone.answer()
        if (phone.wanted() === null) pressed = false
        else if (!pressed) {
          pressed = true
          phone.press('1')
        }
      })
    })
    network.connect(phones.bernd, unreachable('bernd', 'off'))
    network.connect(phones.mobile, customer('customer', { pickUp: { after: 0.5 }, talks: 1 }))
    network.call(caller(phones.mobile, [], { hangsUpAfter: 1 }), hamburg)
    await two.until('somebody has the task', async () => {
      return (await database.letter.count({ where: { kind: 'callback-task', state: 'sent' } })) > 0
    })
    const { id: callbackId } = await database.callback.findFirstOrThrow()
    const before = network.calls().length
    const token = callNowToken(two.config.secret, {
      ...{ agent: 'anna', callbackId },
      expiresAt: Temporal.Now.instant().add({ hours: 1 }),
    })
    const presses = [...two.urls, ...two.urls, ...two.urls].map(url =>
      fetch(`${url}/phone/call-now/${token}`, { method: 'POST', redirect: 'manual' }),
    )
    await Promise.all(presses)
    await two.until('the customer was spoken to', async () => {
      return (await database.callback.findFirst())?.state === 'done'
    })
    const rings = (number: string) =>
      network
        .calls()
        .slice(before)
        .filter(({ to }) => to === number).length
    expect([rings(phones.anna), rings(phones.mobile)]).toEqual([1, 1])
    expect(await database.callbackAttempt.findMany()).toMatchObject([{ outcome: 'answered' }])
    expect(await database.ticket.count()).toBe(1)
    const tasks = await database.letter.groupBy({
      by: ['recipient'],
      where: { kind: 'callback-task' },
      _count: true,
    })
    expect(new Set(tasks.map(({ _count }) => _count))).toEqual(new Set([1]))
    expect([...balancer.handedOut().values()].every(count => count > 0)).toBe(true)
    expect(balancer.handedOut().size).toBe(2)
    expect(network.faults).toEqual([])
  })
})
