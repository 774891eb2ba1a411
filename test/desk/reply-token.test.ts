import { describe, expect, it } from 'vitest'
import { replyToken, ticketNumberOf } from '../../src/desk/reply-token.ts'

const secret = 'a secret of at least thirty-two characters'
const pattern = 'support+{token}@example.com'
const number = '1004711'
const address = pattern.replace('{token}', replyToken(secret, number))

describe('a signed reply address', () => {
  it('leads to its ticket, in whatever case a mail client writes it', () => {
    expect(ticketNumberOf(secret, pattern, address)).toBe(number)
    expect(ticketNumberOf(secret, pattern, address.toUpperCase())).toBe(number)
  })

  it('is made of characters that no mail server changes, and short enough for a local part', () => {
    expect(replyToken(secret, number)).toMatch(/^t1004711-[a-z2-9]{12}$/)
    expect(address.indexOf('@')).toBeLessThanOrEqual(64)
  })

  it.each([
    ['another ticket with the same signature', address.replace('1004711', '1000015')],
    ['a signature of another gateway', pattern.replace('{token}', replyToken(`${secret}!`, number))],
    ['a signature cut short', address.replace(/.@/, '@')],
    ['a number without a signature', `support+t${number}@example.com`],
    ['another domain', address.replace('example.com', 'example.org')],
    ['another mailbox', address.replace('support+', 'service+')],
    ['the plain address', 'support@example.com'],
    ['nothing', ''],
  ])('of %s leads nowhere', (_what, forged) => {
    expect(ticketNumberOf(secret, pattern, forged)).toBeUndefined()
  })

  it('differs for every single changed character of the signature', () => {
    const at = address.indexOf('-') + 1
    for (let i = at; i < at + 12; i++) {
      const changed = `${address.slice(0, i)}${address[i] === 'a' ? 'b' : 'a'}${address.slice(i + 1)}`
      expect(ticketNumberOf(secret, pattern, changed)).toBeUndefined()
    }
  })
})
