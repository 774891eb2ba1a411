import { describe, expect, it } from 'vitest'
import { openHandset } from '../../src/sandbox/handset.ts'
import { livePhone } from '../../src/sandbox/telephone/live-phone.ts'
import type { Line } from '../../src/sandbox/telephone/phone.ts'

/** What the telephone did on its line. */
function openLine() {
  const deeds: string[] = []
  const line: Line = {
    answer: () => deeds.push('answer'),
    decline: () => deeds.push('decline'),
    press: keys => deeds.push(`press ${keys}`),
    say: words => deeds.push(`say ${words}`),
    hangUp: () => deeds.push('hang up'),
  }
  return { line, deeds }
}

describe('a telephone on the page', () => {
  it('tells in order what is heard, done and happens', () => {
    const { line, deeds } = openLine()
    const handset = openHandset('caller', 'Caller')
    const phone = livePhone('1', '+491713920099')
    handset.take(phone, '+494066969123')
    phone.told({ kind: 'dialling' }, line)
    phone.told({ kind: 'answered' }, line)
    phone.told({ kind: 'hears', language: 'de-DE', words: 'Ja?', seconds: 1 }, line)
    phone.told({ kind: 'asked', wants: 'message', spoken: true }, line)
    handset.say('Hallo')
    handset.press('#')
    phone.told({ kind: 'ended' }, line)
    expect(handset.lines().map(({ kind, words }) => `${kind}: ${words}`)).toEqual([
      'note: You hear it ring at the other end.',
      'note: The line is open.',
      'hears: Ja?',
      'note: A tone sounds: now you are recorded.',
      'does: You say: Hallo',
      'does: You press #',
      'note: The call is over.',
    ])
    expect([deeds, handset.state()]).toEqual([['say Hallo', 'press #'], 'idle'])
  })

  it('is engaged while it has a call, and begins a new transcript with the next', () => {
    const { line } = openLine()
    const handset = openHandset('jonas', 'Jonas Brandt')
    const first = livePhone('1', '+491713920042')
    first.told({ kind: 'ringing', from: '+494066969123', to: first.number }, line)
    expect([handset.take(first, null), handset.other()]).toEqual([true, '+494066969123'])
    const second = livePhone('2', '+491713920042')
    second.told({ kind: 'ringing', from: '+442079460123', to: second.number }, line)
    expect(handset.take(second, null)).toBe(false)
    first.told({ kind: 'ended' }, line)
    expect([handset.take(second, null), handset.call(), handset.other()]).toEqual([true, 2, '+442079460123'])
    expect(handset.lines().map(({ words }) => words)).toEqual(['It rings.'])
  })

  it('does nothing that its state does not allow', () => {
    const { line, deeds } = openLine()
    const handset = openHandset('jonas', 'Jonas Brandt')
    handset.answer()
    const phone = livePhone('1', '+491713920042')
    phone.told({ kind: 'ringing', from: '+494066969123', to: phone.number }, line)
    handset.take(phone, null)
    handset.press('1')
    handset.say('Hallo')
    handset.answer()
    phone.told({ kind: 'answered' }, line)
    handset.decline()
    handset.hangUp()
    expect(deeds).toEqual(['answer', 'hang up'])
  })

  it('tells of the news only', () => {
    const { line } = openLine()
    const handset = openHandset('caller', 'Caller')
    const phone = livePhone('1', '+491713920099')
    handset.take(phone, '+494066969123')
    let changes = 0
    const stop = handset.watch(() => {
      changes += 1
    })
    phone.told({ kind: 'answered' }, line)
    const last = handset.lines().at(-1)?.number
    phone.told({ kind: 'hears', language: '', words: 'Hallo?', seconds: 1 }, line)
    stop()
    phone.told({ kind: 'ended' }, line)
    expect([changes, handset.lines(last)[0]?.words]).toEqual([2, 'Hallo?'])
  })
})
