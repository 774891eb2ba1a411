import { describe, expect, it } from 'vitest'
import { agentToken, agentTokenDays, readAgentToken } from '../../src/desk/agent-token.ts'
import { replyToken, ticketNumberOf } from '../../src/desk/reply-token.ts'

const secret = 'a secret of at least thirty-two characters'
const pattern = 'support+{token}@example.com'
const number = '1004711'
const issuedOn = Temporal.PlainDate.from('2026-11-24')
const agents = [{ key: 'james' }, { key: 'anna' }]
const token = agentToken(secret, { agent: 'anna', number, issuedOn })
const address = pattern.replace('{token}', token)
const read = (candidate: string, today = issuedOn, holders: Parameters<typeof readAgentToken>[4] = agents) =>
  readAgentToken(secret, pattern, candidate, today, holders)

describe("an agent's reply address", () => {
  it.each([address, address.toUpperCase()])('%s names agent, ticket and day', candidate => {
    expect(read(candidate)).toMatchObject({ agent: 'anna', number })
    expect(read(candidate)?.issuedOn.toString()).toBe('2026-11-24')
  })

  it('does not name the agent to people and fits into a local part with the longest number', () => {
    const long = agentToken(secret, { agent: 'anna', number: '123456789012', issuedOn })
    expect(token).not.toContain('anna')
    expect(`support+${long}`.length).toBeLessThanOrEqual(64)
    expect(long).toMatch(/^[a-z2-9\d-]+$/)
  })

  it.each([
    ['on the last day', agentTokenDays, true],
    ['a day later', agentTokenDays + 1, false],
    ['a day before it was made, as another time zone sees it', -1, true],
    ['two days before', -2, false],
  ])('%s: %i days, good: %s', (_when, days, good) => {
    expect(read(address, issuedOn.add({ days })) !== undefined).toBe(good)
  })

  it.each([
    ['2026-11-24', true],
    ['2026-11-25', false],
  ])('revoked for all made before %s: good: %s', (day, good) => {
    const holders = [{ key: 'anna', tokensSince: Temporal.PlainDate.from(day) }]
    expect(read(address, issuedOn, holders) !== undefined).toBe(good)
  })

  it('is of no use when its agent is no agent any more', () => {
    expect(read(address, issuedOn, [{ key: 'james' }])).toBeUndefined()
  })

  it('is of another family than the address for customers', () => {
    expect(read(pattern.replace('{token}', replyToken(secret, number)))).toBeUndefined()
    expect(ticketNumberOf(secret, pattern, address)).toBeUndefined()
    const swapped = token.replace(/^a(\d+)-...-/, 't$1-')
    expect(ticketNumberOf(secret, pattern, pattern.replace('{token}', swapped))).toBeUndefined()
  })

  it.each([
    ['another ticket', address.replace('1004711', '1000015')],
    [
      'another day',
      address.replace(/-(...)-/, (_, day: string) => `-${day.slice(0, 2)}${day.endsWith('a') ? 'b' : 'a'}-`),
    ],
    [
      'another gateway',
      pattern.replace('{token}', agentToken(`${secret}!`, { agent: 'anna', number, issuedOn })),
    ],
    ['a shorter signature', address.replace(/.@/, '@')],
    ['another domain', address.replace('example.com', 'example.org')],
    ['another mailbox', address.replace('support+', 'service+')],
    ['no token', 'support@example.com'],
  ])('of %s is worthless', (_what, forged) => {
    expect(read(forged)).toBeUndefined()
  })

  it('is worthless with any single character of the signature changed', () => {
    const at = address.lastIndexOf('-') + 1
    for (let i = at; i < at + 12; i++) {
      const changed = `${address.slice(0, i)}${address[i] === 'a' ? 'b' : 'a'}${address.slice(i + 1)}`
      expect(read(changed)).toBeUndefined()
    }
  })

  it('is not made for a day that it cannot write down', () => {
    const before = Temporal.PlainDate.from('2019-12-31')
    expect(() => agentToken(secret, { agent: 'anna', number, issuedOn: before })).toThrow(RangeError)
  })
})
