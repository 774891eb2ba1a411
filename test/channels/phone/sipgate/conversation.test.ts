import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ContractDesk } from '../contract-desk.ts'
import { openRecordedDesk, type SipgateCaller, sipgateCaller } from './sipgate-caller.ts'

/** Whole conversations over sipgate: what callers hear is read back out of the sound that was served to them. */

const petra = '+4940555123'
const mostTurns = 30

let desk: ContractDesk
beforeAll(async () => {
  desk = await openRecordedDesk()
})
beforeEach(() => desk.empty())
afterAll(() => desk.close())

const tickets = () => desk.database.ticket.findMany({ include: { calls: true, callbacks: true } })

/** Everything that is heard when these keys are pressed, one entry a question, and nothing afterwards. */
async function listen(caller: SipgateCaller, ...keys: readonly string[]): Promise<string> {
  const told = [...(await caller.ring())]
  for (let turn = 0; turn < mostTurns && !caller.isOver(); turn++)
    told.push(...(await caller.press(keys[turn] ?? '')))
  expect(caller.isOver()).toBe(true)
  return told.join('\n')
}

describe('a conversation over sipgate', () => {
  it('greets, says the ticket number twice, and tells until when we call, in recordings alone', async () => {
    const told = await listen(sipgateCaller(desk, 'c1', petra))
    const [ticket] = await tickets()
    const digits = ['null', 'eins', 'zwo', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun']
    const spoken = [...`${ticket?.number}`].map(digit => digits[Number(digit)]).join('\n')
    expect(told).toContain('Guten Tag, Sie sind mit dem Support von Example GmbH verbunden.\n')
    expect(told).toContain(`Ihre Ticketnummer lautet:\n${spoken}\nNoch einmal:\n${spoken}\n`)
    expect(told).toContain('Wir rufen Sie\nbis\nheute\n14 Uhr\n')
    expect(told.endsWith('Auf Wiederhören.')).toBe(true)
    expect(ticket).toMatchObject({ language: 'de', callbacks: [{ state: 'owed', number: petra }] })
  })

  it('goes on in English after a 9', async () => {
    const told = await listen(sipgateCaller(desk, 'c1', petra), '9', '', '1')
    expect(told).toContain('\nYour ticket number is\n')
    expect(told).toContain('\nWe will call you back\nby\n2\npm\ntoday\n')
    expect(await tickets()).toMatchObject([{ language: 'en', callbacks: [{ state: 'owed' }] }])
  })

  it('asks whoever withholds a number for one, and promises a call on that', async () => {
    const caller = sipgateCaller(desk, 'c1', 'anonymous')
    const heard = [...(await caller.ring())]
    for (let turn = 0; turn < mostTurns && !caller.isOver(); turn++) {
      const last = heard.at(-1) ?? ''
      const keys = last.includes('Raute-Taste')
        ? '015121212121#'
        : last.includes('Eingabe drücken Sie die 2')
          ? '1'
          : ''
      heard.push(...(await caller.press(keys)))
    }
    expect(await tickets()).toMatchObject([{ callbacks: [{ state: 'owed', number: '+4915121212121' }] }])
  })

  it('tells whoever withholds a number and gives none that no call is possible, and promises none', async () => {
    const told = await listen(sipgateCaller(desk, 'c1', 'anonymous'))
    expect(told).toContain('Ohne eine Rufnummer')
    expect(told).not.toContain('Wir rufen Sie')
    expect(await tickets()).toMatchObject([{ callbacks: [] }])
  })

  it('leaves ticket and promise to whoever hangs up at any moment', async () => {
    for (const turns of [0, 1, 2, 3]) {
      await desk.empty()
      const caller = sipgateCaller(desk, 'c1', petra)
      await caller.ring()
      for (let turn = 0; turn < turns; turn++) await caller.press('')
      await caller.hangUp()
      expect(await tickets()).toMatchObject([{ calls: [{ state: 'ended' }], callbacks: [{ state: 'owed' }] }])
    }
  })

  it('answers what it is asked again as it did the first time, however far the conversation has gone', async () => {
    const caller = sipgateCaller(desk, 'c1', petra)
    const first = await caller.ring()
    const firstAddresses = caller.answer()
    await caller.press('')
    const second = caller.answer()
    await caller.press('')
    expect(await caller.ring()).toEqual(first)
    expect(caller.answer()).toBe(firstAddresses)
    await caller.press('')
    expect(caller.answer()).toBe(second)
  })

  it('never offers a message after the tone, which sipgate cannot record', async () => {
    expect(await listen(sipgateCaller(desk, 'c1', petra))).not.toContain('Nachricht')
  })

  it('comes to an end, and is carried out to the last answer, whatever keys are pressed', async () => {
    const key = fc.constantFrom('', '0', '1', '2', '3', '9', '*', '#', '0151212#', '110#', '004915121212121#')
    await fc.assert(
      fc.asyncProperty(fc.array(key, { maxLength: 12 }), fc.boolean(), async (keys, withheld) => {
        await desk.empty()
        await listen(sipgateCaller(desk, 'c1', withheld ? 'anonymous' : petra), ...keys)
        expect(await tickets()).toHaveLength(1)
      }),
      { numRuns: 15 },
    )
  })
})
