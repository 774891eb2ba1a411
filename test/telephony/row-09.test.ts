import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requestAttempt } from '../../src/intake/calls/attempts.ts'
import { agent, caller, customer, mailbox, unreachable } from '../../src/sandbox/telephone/actors.ts'
import { type HotlineTest, hamburg, openHotline, phones, woking } from './hotline.ts'
import { dumpOf, send } from './ledger.ts'

const stopped = { hears: /Betrieb stillsteht/, presses: '1' } as const

/** A day with all that happens on a telephone: every kind of request is in it. */
async function aDay(hotline: HotlineTest): Promise<void> {
  const { network, at } = hotline
  network.connect(phones.anna, mailbox('anna'), agent('anna'))
  network.connect(phones.bernd, agent('bernd'), unreachable('bernd', 'busy'))
  network.connect(phones.emma, agent('emma', { key: '2' }))
  network.call(caller(phones.mobile, [stopped]), hamburg)
  await hotline.runUntil(at('09:00'))
  network.call(caller(phones.company, [], { hangsUpAfter: 3, manyLines: true }), hamburg)
  network.call(
    caller(phones.company, [{ hears: /anderes Anliegen|andere/, presses: '0' }, stopped], {
      manyLines: true,
    }),
    hamburg,
  )
  await hotline.runUntil(at('09:30'))
  network.call(
    caller('+447911123456', [
      { hears: /three|3/, waits: true },
      { hears: /press 3/, presses: '3' },
      { hears: /message/, presses: '3' },
      { hears: /./, says: 'It is about an invoice.', seconds: 8 },
    ]),
    woking,
  )
  await hotline.runUntil(at('10:00'))
  network.call(caller('anonymous', [{ hears: /Rufnummer|Nummer/, presses: '01713920077#' }]), hamburg)
  await hotline.runUntil(at('10:30'))
  network.connect(phones.company, unreachable('customer', 'never'), customer('customer'))
  const owed = await hotline.database.callback.findMany({ where: { owedFor: { not: null } } })
  for (const [index, { id }] of owed.entries()) {
    await requestAttempt(hotline.deps, { callbackId: id, agent: 'anna', by: 'link' })
    await hotline.runUntil(at('10:30').add({ minutes: 10 * (index + 1) }))
  }
  await hotline.runUntil(at('17:00'))
}

describe('row 9: old requests with good signatures come again', () => {
  it('row 9: a whole day sent once more, in any order, changes no row and opens no call again', async () => {
    const hotline = await openHotline('2026-11-24T08:40')
    const { network, database } = hotline
    await aDay(hotline)
    await hotline.settle()
    const corpus = [...network.deliveries()]
    expect(new Set(corpus.map(({ kind }) => kind))).toEqual(
      new Set([
        'voice',
        'gather',
        'dial',
        'whisper',
        'record',
        'recording',
        'call-progress',
        'call-ended',
        'message',
      ]),
    )
    expect(await database.call.count({ where: { state: 'open' } })).toBe(0)
    const before = await dumpOf(database)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(corpus, { minLength: corpus.length }), async replayed => {
        for (const request of replayed) {
          const { status } = await send(hotline, request)
          expect(status, request.url).toBeLessThan(300)
        }
        await hotline.settle()
        expect(await dumpOf(database)).toEqual(before)
        expect(hotline.door.waiting()).toBe(0)
      }),
      { numRuns: 2, seed: 9 },
    )
    expect(network.calls().filter(({ endedAt }) => !endedAt)).toEqual([])
  })

  it('row 9: the same answer is given again, for as long as the call is going on', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    const { network } = hotline
    network.connect(phones.anna, agent('anna'))
    network.call(caller(phones.mobile, [stopped]), hamburg)
    await hotline.runUntil(hotline.at('10:01'))
    const before = await dumpOf(hotline.database)
    for (const delivery of network.deliveries()) {
      const { status, body } = await send(hotline, delivery)
      expect({ status, body }).toEqual({ status: delivery.status, body: delivery.body })
    }
    expect(await dumpOf(hotline.database)).toEqual(before)
  })
})
