import { describe, expect, it } from 'vitest'
import type { PartyScript, Step } from '../../src/sandbox/telephone/actors.ts'
import { agent, caller, unreachable } from '../../src/sandbox/telephone/actors.ts'
import type { NetCall } from '../../src/sandbox/telephone/net-call.ts'
import { type HotlineTest, hamburg, openHotline, phones } from './hotline.ts'

/** Agents who miss calls are rung all the same, so that every call goes the same way. */
const phone = { missesBeforePause: 100_000, recording: { calls: true } }
const hangsUpAt = (hears: RegExp): Step => ({ hears, hangsUp: true, after: 1 })
const classifies = { hears: /Betrieb stillsteht/, presses: '3' } as const
const leftNobody = { hears: /drücken Sie die 3\.$/, presses: '3' } as const

/** What has to be true after every call, wherever its caller hung up. */
async function endedWell({ database, network }: HotlineTest, heard: NetCall) {
  const call = await database.call.findUniqueOrThrow({
    where: { provider_providerId: { provider: 'telephone', providerId: heard.sid } },
    include: { legs: true, ticket: { include: { callbacks: true, entries: true } } },
  })
  const { ticket, legs } = call
  const [callback, ...more] = ticket.callbacks
  expect(more).toEqual([])
  const spoke = network.transcript(heard).includes('are bridged')
  const context = `${call.step}\n${network.transcript(heard)}`
  expect(call.state, context).toBe('ended')
  expect(call.outcome === 'connected', context).toBe(spoke)
  expect(callback?.state, context).toBe(spoke ? 'done' : 'owed')
  expect(callback?.owedFor, context).toBe(spoke ? null : ticket.id)
  expect(ticket.state).toBe('open')
  const ends = ticket.entries.filter(({ kind }) => kind === 'call-ended')
  expect(ends, context).toMatchObject([{ detail: { outcome: call.outcome, step: call.step } }])
  for (const leg of legs) expect(leg, context).toMatchObject({ state: 'ended', outcome: expect.any(String) })
  return call
}

describe('row 10: the caller hangs up', () => {
  const silent = [unreachable('anna', 'never'), unreachable('bernd', 'never')]
  const accepts = [agent('anna'), unreachable('bernd', 'never')]
  it.each<[string, string, readonly Step[], readonly PartyScript[], string]>([
    ['the ticket number', 'number', [hangsUpAt(/Ihre Ticketnummer/)], silent, 'abandoned'],
    ['the severity', 'severity', [hangsUpAt(/Betrieb stillsteht/)], silent, 'abandoned'],
    ['the consent', 'consent', [classifies, hangsUpAt(/aufzeichnen/)], silent, 'abandoned'],
    ['the hunt', 'hunt', [classifies, hangsUpAt(/verbinden|Geduld/)], silent, 'abandoned'],
    ['the promise', 'promise', [classifies, hangsUpAt(/Wir rufen Sie/)], silent, 'promised'],
    [
      'another number',
      'ask-number',
      [classifies, { hears: /andere Rufnummer/, presses: '2' }, hangsUpAt(/Bitte geben Sie/)],
      silent,
      'promised',
    ],
    [
      'checking the number',
      'check-number',
      [
        classifies,
        { hears: /andere Rufnummer/, presses: '2' },
        { hears: /Bitte geben Sie/, presses: '01713920055#' },
        hangsUpAt(/Sie haben eingegeben/),
      ],
      silent,
      'promised',
    ],
    ['the message', 'message', [classifies, leftNobody, hangsUpAt(/nach dem Signalton/)], silent, 'promised'],
    [
      'a message that is being spoken',
      'message',
      [classifies, leftNobody, { hears: /Signalton/, says: 'Hallo', seconds: 6, afterwards: 'hangs-up' }],
      silent,
      'promised',
    ],
    ['the goodbye', 'goodbye', [classifies, hangsUpAt(/Auf Wiederhören/)], silent, 'promised'],
    [
      'a conversation',
      'goodbye',
      [classifies, hangsUpAt(/Hallo/)],
      [agent('anna', { greeting: 'Hallo?' })],
      'connected',
    ],
  ])(
    'row 10: at %s: the ticket says so, and a call is owed unless they spoke',
    async (_, step, steps, agents, outcome) => {
      const hotline = await openHotline('2026-11-24T10:00', { phone })
      const { network } = hotline
      network.connect(phones.anna, agents[0] ?? unreachable('anna', 'never'))
      network.connect(phones.bernd, agents[1] ?? unreachable('bernd', 'never'))
      const call = network.call(caller(phones.mobile, steps), hamburg)
      await hotline.runUntil(hotline.at('10:15'))
      expect(network.stepsLeft(call)).toEqual([])
      expect(await endedWell(hotline, call)).toMatchObject({ step, outcome })
    },
  )

  it('row 10: while an agent is rung: that telephone stops ringing', async () => {
    const hotline = await openHotline('2026-11-24T10:00', { phone })
    const { network } = hotline
    network.connect(phones.anna, ...accepts)
    network.connect(phones.bernd, unreachable('bernd', 'never'))
    const call = network.call(caller(phones.mobile, [classifies, hangsUpAt(/verbinden/)]), hamburg)
    await hotline.runUntil(hotline.at('10:15'))
    const { legs } = await endedWell(hotline, call)
    expect(legs.every(({ outcome }) => outcome === 'cancelled')).toBe(true)
    expect(network.transcript(call)).not.toContain('picks up')
    expect(network.calls().every(({ endedAt }) => endedAt)).toBe(true)
  })

  /** Nobody there, and somebody there: greeting to goodbye takes less than 200 seconds. */
  const days: readonly [string, readonly PartyScript[], readonly Step[], readonly number[]][] = [
    [
      'nobody picks up',
      silent,
      [
        classifies,
        leftNobody,
        { hears: /Signalton/, says: 'Ein Wort', seconds: 15, afterwards: 'presses #' },
      ],
      range(1, 200, 2),
    ],
    [
      'nobody picks up',
      silent,
      [
        classifies,
        leftNobody,
        { hears: /Signalton/, says: 'Ein Wort', seconds: 15, afterwards: 'presses #' },
      ],
      range(2, 200, 2),
    ],
    ['somebody accepts', [agent('anna', { talks: 40 })], [classifies], range(30, 110, 1)],
  ]
  it.each(days)(
    'row 10: at any second, where %s: nothing is open, and a call is owed unless they spoke',
    { timeout: 300_000 },
    async (_, [anna, bernd], steps, seconds) => {
      const hotline = await openHotline('2026-11-24T08:31', { phone })
      const { network, clock } = hotline
      network.connect(phones.anna, anna ?? unreachable('anna', 'never'))
      network.connect(phones.bernd, bernd ?? unreachable('bernd', 'never'))
      const outcomes = new Set<string | null>()
      for (const hangsUpAfter of seconds) {
        const from = `+49171392${String(1000 + hangsUpAfter)}`
        const call = network.call(caller(from, steps, { hangsUpAfter }), hamburg)
        await hotline.runUntil(clock.now().add({ seconds: hangsUpAfter + 40 }))
        const { outcome, legs } = await endedWell(hotline, call)
        outcomes.add(outcome)
        expect(network.calls().filter(({ endedAt }) => !endedAt)).toEqual([])
        expect(legs.filter(({ outcome: how, acceptedAt }) => how === 'bridged' && !acceptedAt)).toEqual([])
      }
      expect(outcomes).toContain('abandoned')
      expect(outcomes.size).toBe(2)
    },
  )
})

function range(first: number, last: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step)
}
