import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ContractDesk, numbers, openContractDesk } from './contract-desk.ts'
import { type Driver, drivers } from './contract-drivers.ts'

/** What telephone systems with callIds of their own do to calls: transfer, forward, place. On a real database. */

const petra = '+4940555123'
let desk: ContractDesk

beforeAll(async () => {
  desk = await openContractDesk()
})
beforeEach(() => desk.empty())
afterAll(() => desk.close())

const tickets = () => desk.database.ticket.findMany({ include: { calls: true, callbacks: true } })

function send(
  driver: Driver,
  request: ReturnType<Driver['ring']>,
  more: Readonly<Record<string, string>> = {},
) {
  return driver.send(desk.url, { ...request, fields: { ...request.fields, ...more } })
}

describe.each(drivers.filter(({ provider }) => provider !== 'twilio'))('$provider', driver => {
  it('doubles nothing when a call is transferred or forwarded (sipgate.io#106)', async () => {
    await send(driver, driver.ring('c1', petra))
    await send(driver, driver.hangUp('c1', petra), { cause: 'forwarded' })
    await send(driver, driver.ring('c2', petra), { origCallId: 'c1' })
    await send(driver, driver.hangUp('c2', petra), { cause: 'noAnswer', origCallId: 'c1' })
    expect(await tickets()).toMatchObject([
      { calls: [{ state: 'ended' }, { state: 'ended' }], callbacks: [{ state: 'owed' }] },
    ])
  })

  it('ends a call that nobody said was picked up (sipgate.io#109, zammad#5233)', async () => {
    await send(driver, driver.ring('c1', petra))
    await send(driver, driver.hangUp('c1', petra), { answeringNumber: '17' })
    expect(await tickets()).toMatchObject([{ calls: [{ state: 'ended' }], callbacks: [{ state: 'owed' }] }])
  })

  it("knows a caller by nothing but the number, and leaves an agent's other calls alone (zammad#5117)", async () => {
    await send(driver, driver.ring('c1', petra))
    await outgoing(driver, 'o1', '+4915199999999')
    expect(await desk.database.call.count()).toBe(1)
  })

  it('hears of a call that an agent makes to a customer who is owed one (zammad#2703)', async () => {
    await send(driver, driver.ring('c1', petra))
    await send(driver, driver.hangUp('c1', petra))
    await outgoing(driver, 'o1', petra)
    expect(await tickets()).toMatchObject([
      { calls: expect.arrayContaining([expect.objectContaining({ direction: 'out', state: 'ended' })]) },
    ])
    expect(await desk.database.callbackAttempt.findMany()).toMatchObject([
      { agent: 'anna', mode: 'by-hand', state: 'ended' },
    ])
  })
})

/** The agent dials, the customer picks up, and they hang up. */
async function outgoing(driver: Driver, call: string, to: string): Promise<void> {
  const fields = {
    direction: 'out',
    from: numbers[driver.provider].replace('+', ''),
    to: to.replace('+', ''),
    user: 'Anna Fink',
  }
  await send(driver, driver.ring(call, petra), fields)
  await send(driver, driver.pickUp(call, petra, 'Anna Fink'), fields)
  await send(driver, driver.hangUp(call, petra), fields)
}
