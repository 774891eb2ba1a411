import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ContractDesk, openContractDesk } from './contract-desk.ts'
import type { Driver, Reply, Request } from './contract-drivers.ts'

const petra = '+4940555123'

/**
 * What holds whoever carries a call: the same promises, told in each provider's own words, over HTTP, with its own
 * signatures, on a real database.
 */
export function describeProvider(driver: Driver): void {
  describe(`a call that ${driver.provider} tells of`, () => {
    let desk: ContractDesk

    beforeAll(async () => {
      desk = await openContractDesk()
    })
    beforeEach(() => desk.empty())
    afterAll(() => desk.close())

    const send = (request: Request): Promise<Reply> => driver.send(desk.url, request)
    const ring = driver.ring('c1', petra)
    const hangUp = driver.hangUp('c1', petra)

    const tickets = () => desk.database.ticket.findMany({ include: { calls: true, callbacks: true } })
    const state = async () =>
      (await tickets()).map(({ number, calls, callbacks }) => ({
        number,
        calls: calls.map(call => [call.providerId, call.number, call.state, call.turn]),
        callbacks: callbacks.map(callback => [callback.number, callback.state]),
      }))

    it('becomes a ticket by itself, with a number and the promise of a call (zammad#1505)', async () => {
      const reply = await send(ring)
      expect(reply.status).toBe(200)
      expect(await tickets()).toEqual([
        expect.objectContaining({
          number: expect.stringMatching(/^\d{7,}$/),
          calls: [expect.objectContaining({ number: petra, state: 'open', direction: 'in' })],
          callbacks: [expect.objectContaining({ number: petra, state: 'owed' })],
        }),
      ])
    })

    it('changes nothing when it is told again, and is answered alike', async () => {
      const first = await send(ring)
      const before = await state()
      const again = await Promise.all([send(ring), send(ring)])
      expect(again).toEqual([first, first])
      expect(await state()).toEqual(before)
    })

    it('is one call and one ticket when it is told many times at once', async () => {
      const replies = await Promise.all(Array.from({ length: 5 }, () => send(ring)))
      expect(new Set(replies.map(({ body }) => body)).size).toBe(1)
      expect(await state()).toMatchObject([
        { calls: [[expect.anything(), petra, 'open', expect.anything()]] },
      ])
    })

    it('becomes a ticket by its end alone, and stays ended when its beginning comes', async () => {
      await send(hangUp)
      expect(await tickets()).toMatchObject([
        { calls: [{ number: petra, state: 'ended' }], callbacks: [{ number: petra, state: 'owed' }] },
      ])
      const reply = await send(ring)
      expect(reply.status).toBe(200)
      expect(await tickets()).toMatchObject([{ calls: [{ state: 'ended' }], callbacks: [{ state: 'owed' }] }])
    })

    it('ends once, however often its end is told', async () => {
      await send(ring)
      await send(hangUp)
      const before = await state()
      const entries = await desk.database.entry.count()
      await Promise.all([send(hangUp), send(hangUp)])
      expect(await state()).toEqual(before)
      expect(await desk.database.entry.count()).toBe(entries)
      expect(before).toMatchObject([{ calls: [[expect.anything(), petra, 'ended', expect.anything()]] }])
    })

    it('leaves the promise standing when the caller hangs up at once', async () => {
      await send(ring)
      await send(hangUp)
      expect(await tickets()).toMatchObject([{ callbacks: [{ number: petra, state: 'owed' }] }])
    })

    it('never is promised a call where the number is withheld', async () => {
      await send(driver.ring('c2', 'anonymous'))
      await send(driver.hangUp('c2', 'anonymous'))
      expect(await tickets()).toMatchObject([{ calls: [{ number: null, state: 'ended' }], callbacks: [] }])
    })

    it('is refused without its signature, and leaves no trace', async () => {
      const replies = await Promise.all(
        [ring, driver.pickUp('c1', petra, 'Anna Fink'), hangUp].map(request =>
          driver.forge(desk.url, request),
        ),
      )
      expect(replies.map(({ status }) => status)).toEqual([403, 403, 403])
      expect(await tickets()).toEqual([])
      expect(await desk.database.callEvent.count()).toBe(0)
      expect(desk.door.waiting()).toBe(0)
    })

    it('does not end or change another call with a forged end', async () => {
      await send(ring)
      const before = await state()
      await driver.forge(desk.url, hangUp)
      expect(await state()).toEqual(before)
    })

    it("is answered in the provider's own form while the database is away, and taken in afterwards", async () => {
      desk.databaseIs('away')
      const reply = await send(ring)
      await send(hangUp)
      desk.databaseIs('there')
      expect(reply.status).toBe(200)
      expect(reply.type).toMatch(driver.type)
      expect(await tickets()).toEqual([])
      await desk.door.replay()
      expect(desk.door.waiting()).toBe(0)
      expect(await tickets()).toMatchObject([
        { calls: [{ number: petra, state: 'ended' }], callbacks: [{ number: petra, state: 'owed' }] },
      ])
    })

    it('is answered in the form of its provider when all goes well', async () => {
      expect((await send(ring)).type).toMatch(driver.type)
    })

    it('keeps its promise when a mailbox or nobody in particular picks up', async () => {
      await send(ring)
      await send(driver.pickUp('c1', petra, 'voicemail'))
      await send(hangUp)
      expect(await tickets()).toMatchObject([{ callbacks: [{ state: 'owed' }] }])
    })

    it('is not owed a call any more only where an agent is known to have picked up', async () => {
      await send(ring)
      await send(driver.pickUp('c1', petra, 'Anna Fink'))
      await send(hangUp)
      expect(await tickets()).toMatchObject([
        { callbacks: [{ state: driver.pickUpIsProof ? 'done' : 'owed' }] },
      ])
    })

    it('comes to the same in whatever order it is told', async () => {
      const told = [ring, driver.pickUp('c1', petra, 'voicemail'), hangUp, ring]
      const ends = new Set<string>()
      for (const order of ordersOf(told)) {
        await desk.empty()
        for (const request of order) await send(request)
        // News of a call that nobody has told of yet waits there.
        await desk.door.replay()
        expect(desk.door.waiting()).toBe(0)
        const found = await tickets()
        ends.add(
          JSON.stringify(
            found.map(({ calls, callbacks }) => [
              calls.map(call => call.state),
              callbacks.map(one => one.state),
            ]),
          ),
        )
      }
      expect([...ends]).toEqual([JSON.stringify([[['ended'], ['owed']]])])
    })

    it('is one call when its beginning and its end are told in the same moment', async () => {
      const told = [ring, driver.pickUp('c1', petra, 'voicemail'), hangUp, ring, hangUp]
      await Promise.all(told.map(send))
      await desk.door.replay()
      expect(await tickets()).toMatchObject([{ calls: [{ state: 'ended' }], callbacks: [{ state: 'owed' }] }])
    })

    it('stays as it is when everything is told again after its end', async () => {
      const told = [ring, driver.pickUp('c1', petra, 'voicemail'), hangUp]
      for (const request of told) await send(request)
      const before = await state()
      const entries = await desk.database.entry.count()
      await Promise.all(told.map(send))
      expect(await state()).toEqual(before)
      expect(await desk.database.entry.count()).toBe(entries)
    })

    it('is two calls of one caller when it rings twice, and only one promise each ticket', async () => {
      await send(ring)
      await send(driver.ring('c2', petra))
      const found = await tickets()
      expect(found.flatMap(({ calls }) => calls)).toHaveLength(2)
      for (const { callbacks } of found) expect(callbacks.length).toBeLessThanOrEqual(1)
      expect(found.flatMap(({ callbacks }) => callbacks).length).toBeGreaterThan(0)
    })
  })
}

function ordersOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, at) => ordersOf(items.toSpliced(at, 1)).map(order => [item, ...order]))
}
