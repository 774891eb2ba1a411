import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentToken } from '../../../src/desk/agent-token.ts'
import { callNowToken, readCallNowToken } from '../../../src/desk/phone/call-now-token.ts'
import { signature } from '../../../src/desk/reply-token.ts'

const secret = 'a secret of at least thirty-two characters'
const callbackId = '0199d5b0-3c4e-7abc-8def-0123456789ab'
const now = Temporal.Instant.from('2026-11-24T12:00:00Z')
const expiresAt = now.add({ hours: 72 })
const agents = [{ key: 'bernd' }, { key: 'anna' }]
const token = callNowToken(secret, { agent: 'anna', callbackId, expiresAt })
const read = (candidate = token, at = now, holders: Parameters<typeof readCallNowToken>[3] = agents) =>
  readCallNowToken(secret, candidate, at, holders)

describe('a "call now" link', () => {
  it('names its agent and its callback to us, and the agent to nobody else', () => {
    expect(read()).toEqual({ agent: 'anna', callbackId })
    expect(token).not.toContain('anna')
    expect(token).toBe(encodeURIComponent(token))
  })

  it('is good to its last second, and no longer', () => {
    expect(read(token, expiresAt)).toEqual({ agent: 'anna', callbackId })
    expect(read(token, expiresAt.add({ seconds: 1 }))).toBeUndefined()
  })

  it('is worthless in the hands of agents who are not configured any more', () => {
    expect(read(token, now, [{ key: 'bernd' }])).toBeUndefined()
  })

  it.each([
    ['a day later', '2026-11-25', false],
    ['the same day', '2026-11-24', true],
    ['long ago', '2025-01-01', true],
  ])(
    'was made at noon; with links of that agent revoked before a day that is %s it is good: %s %s',
    (_, day, good) => {
      const holders = [{ key: 'anna', tokensSince: Temporal.PlainDate.from(day) }]
      expect(read(token, now, holders) !== undefined).toBe(good)
    },
  )

  it('is of a family of its own: no reply address opens it', () => {
    const [id = '', until = ''] = token.split('-')
    for (const family of ['agent', 'customer'])
      expect(read(`${id}-${until}-${signature(secret, family, `anna\n${id}\n${until}`)}`)).toBeUndefined()
    const address = agentToken(secret, {
      agent: 'anna',
      number: '1004711',
      issuedOn: Temporal.PlainDate.from('2026-11-24'),
    })
    expect(read(address)).toBeUndefined()
  })

  it('does not survive the change of any character, nor another secret', () => {
    const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789-'
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...alphabet), (at, char) => {
        const changed = token.slice(0, at) + char + token.slice(at + 1)
        expect(read(changed) === undefined).toBe(changed !== token)
      }),
    )
    expect(readCallNowToken(`${secret}.`, token, now, agents)).toBeUndefined()
  })

  it('never throws on what strangers put in its place', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), candidate => {
        expect(read(candidate)).toBeUndefined()
      }),
    )
  })
})
