import { describe, expect, it } from 'vitest'
import { requestAttempt } from '../../src/intake/calls/attempts.ts'
import {
  caller,
  customer,
  mailbox,
  type PartyScript,
  unreachable,
} from '../../src/sandbox/telephone/actors.ts'
import { callNow, ringsAt, tasksOf, triesOf, wallTime } from './books.ts'
import { type HotlineTest, hamburg, openHotline, phones } from './hotline.ts'

/** Callbacks whose customers, agents or provider do not do what one hopes. Process kills have a test of their own. */

const says = (key: string) => ({ hears: /Wie ist der Anruf ausgegangen/, presses: key })
const takes = { hears: /Mit der 1 werden Sie verbunden/, presses: '1' }
/** An agent who takes the callback and says afterwards how it went; waits for the other side to hang up. */
const anna = (result = '1'): PartyScript => ({
  name: 'anna',
  pickUp: { after: 4 },
  steps: [takes, says(result)],
})

/** Somebody rang at ten and hung up during the greeting; Anna has the task and presses her link at five past. */
async function owedAndClicked(
  phone: object,
  agents: readonly PartyScript[],
  customerPhone: readonly PartyScript[],
  clickAt = '10:05',
): Promise<HotlineTest> {
  const hotline = await openHotline('2026-11-24T10:00', { phone })
  const { network } = hotline
  network.connect(phones.anna, ...agents)
  network.connect(phones.bernd, unreachable('bernd', 'off'))
  network.connect(phones.mobile, ...customerPhone)
  network.call(caller(phones.mobile, [], { hangsUpAfter: 20 }), hamburg)
  await hotline.runUntil(hotline.at(clickAt))
  expect(await tasksOf(hotline)).toContain('anna: assigned')
  expect(await callNow(hotline, 'anna')).toBe(303)
  return hotline
}

async function timesOfTries({ database }: HotlineTest): Promise<readonly (string | null)[]> {
  const tries = await database.callbackAttempt.findMany({ orderBy: { requestedAt: 'asc' } })
  return tries.map(({ requestedAt }) => wallTime(requestedAt)?.slice(11, 16) ?? null)
}

describe('a customer who is not reached', () => {
  it.each([
    ['whose line is busy', unreachable('customer', 'busy'), 'busy'],
    ['who rejects the call', unreachable('customer', 'declines'), 'busy'],
    ['who does not answer', unreachable('customer', 'never'), 'no-answer'],
    ['whose telephone is off', unreachable('customer', 'off'), 'no-answer'],
  ] as const)(
    'row 18: %s is tried four times inside the deadline, each try is on record, and then humans decide',
    async (_, party, outcome) => {
      const hotline = await owedAndClicked({ callback: { keptBy: 'contact' } }, [anna()], [party])
      const { database, network } = hotline
      await hotline.runUntil(hotline.at('11:59'))
      expect(await triesOf(hotline)).toEqual(Array(4).fill(`anna: ${outcome}`))
      expect(ringsAt(hotline, phones.anna)).toBe(4)
      const logged = await database.entry.findMany({ where: { kind: 'callback-attempt' } })
      expect(logged.map(({ author, detail }) => [author, (detail as { outcome?: string }).outcome])).toEqual(
        Array(4).fill(['anna', outcome]),
      )
      expect(await database.callback.findFirst()).toMatchObject({ state: 'unreached', attempts: 4 })
      expect(await database.ticket.findFirst()).toMatchObject({ level: 2 })
      expect(await tasksOf(hotline)).toEqual(expect.arrayContaining(['anna: unreached', 'bernd: unreached']))
      expect(network.texts().filter(({ body }) => /nicht erreicht/.test(body))).toHaveLength(1)
      expect(await database.guarantee.findFirst()).toMatchObject({ state: 'withdrawn', reason: 'unreached' })
    },
  )

  it('row 18: a number that does not exist is not dialled again, and humans decide at once', async () => {
    const hotline = await owedAndClicked({}, [anna()], [unreachable('customer', 'unknown-number')])
    await hotline.runUntil(hotline.at('11:00'))
    expect(await triesOf(hotline)).toEqual(['anna: failed'])
    expect(ringsAt(hotline, phones.mobile)).toBe(1)
    expect(await hotline.database.callback.findFirst()).toMatchObject({ state: 'unreached', attempts: 1 })
    expect(await tasksOf(hotline)).toEqual(expect.arrayContaining(['anna: unreached', 'bernd: unreached']))
    expect(await hotline.database.ticket.findFirst()).toMatchObject({ level: 2 })
  })

  it('row 18: whose mailbox answers is told once that we tried, and tried again until a conversation happens', async () => {
    const hotline = await owedAndClicked(
      { callback: { keptBy: 'contact' } },
      [anna('2'), anna('2'), anna('1')],
      [
        mailbox('customer', { pickUp: { after: 8 }, hangsUpAfter: 30 }),
        mailbox('customer', { pickUp: { after: 8 }, hangsUpAfter: 30 }),
        customer('customer'),
      ],
    )
    const { network, database } = hotline
    await hotline.runUntil(hotline.at('12:30'))
    expect(await triesOf(hotline)).toEqual(['anna: mailbox', 'anna: mailbox', 'anna: answered'])
    expect(network.texts().filter(({ body }) => /nicht erreicht/.test(body))).toHaveLength(1)
    expect(await database.callback.findFirst()).toMatchObject({ state: 'done' })
    expect(await database.guarantee.findMany()).toMatchObject([{ state: 'kept', reason: 'contact' }])
  })

  it('row 18: an agent who does not take the redial, or whose mailbox does, is no attempt; the try follows', async () => {
    const hotline = await owedAndClicked(
      {},
      [anna()],
      [unreachable('customer', 'busy'), customer('customer')],
    )
    const { network, database } = hotline
    await hotline.runUntil(hotline.at('10:08'))
    network.connect(phones.anna, mailbox('anna', { pickUp: { after: 5 } }), anna())
    await hotline.runUntil(hotline.at('10:40'))
    expect(await triesOf(hotline)).toEqual(['anna: busy', 'anna: not-taken', 'anna: answered'])
    expect(ringsAt(hotline, phones.mobile)).toBe(2)
    expect(await database.callback.findFirst()).toMatchObject({ state: 'done', attempts: 2 })
  })

  it('row 18: a pause that would last beyond the deadline is cut short, so that one more try falls before it', async () => {
    const hotline = await owedAndClicked(
      { callback: { keptBy: 'contact' } },
      [anna('2'), anna('1')],
      [mailbox('customer', { pickUp: { after: 8 }, hangsUpAfter: 30 }), customer('customer')],
      '11:45',
    )
    await hotline.runUntil(hotline.at('12:30'))
    expect(await triesOf(hotline)).toEqual(['anna: mailbox', 'anna: answered'])
    expect(await timesOfTries(hotline)).toEqual(['11:45', '11:57'])
    expect(await hotline.database.guarantee.findMany()).toMatchObject([{ state: 'kept', reason: 'contact' }])
  })
})

describe('what keeps the promise', () => {
  const never = [unreachable('customer', 'never'), customer('customer')]

  it('row 18: set to "attempt", the first try that rings at the customer with an agent on the line does', async () => {
    const hotline = await owedAndClicked({ callback: { keptBy: 'attempt' } }, [anna()], never)
    await hotline.runUntil(hotline.at('10:10'))
    const { database } = hotline
    expect(await database.guarantee.findFirst()).toMatchObject({ state: 'kept', reason: 'attempt' })
    // Kept is not done: the customer is still owed a conversation, and gets it.
    expect(await database.callback.findFirst()).toMatchObject({ state: 'owed', firstContactAt: null })
    await hotline.runUntil(hotline.at('11:00'))
    expect(await triesOf(hotline)).toEqual(['anna: no-answer', 'anna: answered'])
    const { state, firstAttemptAt, firstContactAt } = await database.callback.findFirstOrThrow()
    expect(state).toBe('done')
    expect(wallTime(firstAttemptAt)).toMatch(/ 10:05/)
    expect(wallTime(firstContactAt)).toMatch(/ 10:2/)
  })

  it('row 18: set to "contact", only the conversation does', async () => {
    const hotline = await owedAndClicked({ callback: { keptBy: 'contact' } }, [anna()], never)
    await hotline.runUntil(hotline.at('10:10'))
    const { database } = hotline
    expect(await database.guarantee.findFirst()).toMatchObject({ state: 'open' })
    await hotline.runUntil(hotline.at('11:00'))
    expect(await database.guarantee.findMany()).toMatchObject([{ state: 'kept', reason: 'contact' }])
  })

  it('row 18: an engaged line does not, however it is set', async () => {
    const hotline = await owedAndClicked(
      { callback: { keptBy: 'attempt' } },
      [anna()],
      [unreachable('customer', 'busy')],
    )
    await hotline.runUntil(hotline.at('10:07'))
    expect(await hotline.database.guarantee.findFirst()).toMatchObject({ state: 'open' })
  })
})

/** Row 19 begins with a customer who is owed a call and a provider whose answer to the request gets lost. */
async function owed(): Promise<HotlineTest> {
  const hotline = await openHotline('2026-11-24T10:00')
  const { network } = hotline
  network.connect(phones.anna, anna())
  network.connect(phones.bernd, unreachable('bernd', 'off'))
  network.connect(phones.mobile, customer('customer'))
  network.call(caller(phones.mobile, [], { hangsUpAfter: 20 }), hamburg)
  await hotline.runUntil(hotline.at('10:05'))
  return hotline
}

describe('a call whose placing stays unanswered', () => {
  it('row 19: is not placed again; its own events tell that it rings, and it goes on as if nothing had happened', async () => {
    const hotline = await owed()
    const { network, database } = hotline
    network.knobs.rest.next('calls.create', { do: 'lose-answer' })
    expect(await callNow(hotline, 'anna')).toBe(303)
    expect(await triesOf(hotline)).toEqual(['anna: unknown'])
    // The button is pressed again, by an agent who saw nothing happen.
    expect(await callNow(hotline, 'anna')).toBe(303)
    await hotline.runUntil(hotline.at('10:30'))
    expect(await triesOf(hotline)).toEqual(['anna: answered'])
    expect(ringsAt(hotline, phones.anna)).toBe(1)
    expect(ringsAt(hotline, phones.mobile)).toBe(1)
    expect(await database.callback.findFirst()).toMatchObject({ state: 'done' })
  })

  it('row 19: is found in the list of the provider where its events are lost too, and only then tried again', async () => {
    const hotline = await owed()
    const { network } = hotline
    network.connect(phones.anna, unreachable('anna', 'never'), anna())
    network.knobs.rest.next('calls.create', { do: 'lose-answer' })
    network.knobs.webhooks.next('call-progress', { do: 'drop' }, 8)
    await callNow(hotline, 'anna')
    await hotline.runUntil(hotline.at('10:06'))
    expect(await triesOf(hotline)).toHaveLength(1)
    expect(ringsAt(hotline, phones.anna)).toBe(1)
    network.knobs.webhooks.clear()
    await hotline.runUntil(hotline.at('10:40'))
    expect(await triesOf(hotline)).toEqual(['anna: not-taken', 'anna: answered'])
    expect(ringsAt(hotline, phones.anna)).toBe(2)
    expect(ringsAt(hotline, phones.mobile)).toBe(1)
  })

  it('row 19: and that the provider never had is known after two minutes, and tried again', async () => {
    const hotline = await owed()
    const { network } = hotline
    network.knobs.rest.next('calls.create', { do: 'break' })
    await callNow(hotline, 'anna')
    await hotline.runUntil(hotline.at('10:06'))
    expect(await triesOf(hotline)).toEqual(['anna: unknown'])
    expect(ringsAt(hotline, phones.anna)).toBe(0)
    await hotline.runUntil(hotline.at('10:30'))
    expect(await triesOf(hotline)).toEqual(['anna: not-placed', 'anna: answered'])
    expect(ringsAt(hotline, phones.anna)).toBe(1)
  })

  it('row 19: while it waits in the queue of the provider is found there, however long it waits', async () => {
    const hotline = await owed()
    const { network } = hotline
    // A call that is let out now, and nobody after it for five minutes.
    network.knobs.secondsPerCall = 300
    network.connect('+491713920100', customer('other'))
    network.call(caller('+491713920100', [], { hangsUpAfter: 20 }), hamburg)
    await hotline.runUntil(hotline.at('10:06'))
    const other = await hotline.database.callback.findFirstOrThrow({ where: { number: '+491713920100' } })
    await requestAttempt(hotline.deps, { callbackId: other.id, agent: 'bernd', by: 'link' })
    network.knobs.rest.next('calls.create', { do: 'lose-answer' })
    await callNow(hotline, 'anna')
    await hotline.runUntil(hotline.at('10:10'))
    expect((await triesOf(hotline)).filter(one => one.startsWith('anna'))).toHaveLength(1)
    await hotline.runUntil(hotline.at('10:14'))
    expect(ringsAt(hotline, phones.anna)).toBe(1)
  })
})
