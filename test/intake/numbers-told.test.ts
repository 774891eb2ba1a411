import { describe, expect, it } from 'vitest'
import { replyToken } from '../../src/desk/reply-token.ts'
import { numbersTold } from '../../src/intake/numbers-told.ts'
import { mailLike, noon } from '../desk/mail-example.ts'

const secret = 'a secret of thirty-two characters'
const signs = { secret, patterns: ['support+{token}@example.com'], format: '[#{number}]', agents: [] }
const to = (token: string) => ({ address: `support+${token}@example.com`, name: '' })
const genuine = to(replyToken(secret, '1000018'))
const forged = Array.from({ length: 10_000 }, (_, i) => to(`t${1000000 + i}-aaaaaaaaaaaa`))
const others = Array.from({ length: 500 }, (_, i) => ({
  address: `colleague${i}@kunde.example.com`,
  name: '',
}))
const told = (addresses: typeof others) => numbersTold(mailLike({ to: addresses }), signs, noon).token

describe('the signed address of a mail', () => {
  it('is found behind hundreds of other recipients, and behind a few that are none', () => {
    expect(told([...others, ...forged.slice(0, 40), genuine])).toBe('1000018')
  })

  it('is not looked for behind a flood of forged ones: each would cost a digest an agent', () => {
    expect(told([...forged, genuine])).toBeUndefined()
  })
})
