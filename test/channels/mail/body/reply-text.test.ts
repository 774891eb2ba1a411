import { describe, expect, it } from 'vitest'
import { replyText } from '../../../../src/channels/mail/body/reply-text.ts'
import { replyCases } from './reply-cases.ts'
import { foreignReplyCases } from './reply-cases-foreign.ts'
import { specialReplyCases } from './reply-cases-special.ts'

const cases = [...replyCases, ...foreignReplyCases, ...specialReplyCases]

describe('what a sender newly wrote', () => {
  it.each(cases)('$name', ({ text, reply, forwarded = false }) => {
    expect(replyText(text, forwarded)).toBe(reply)
  })

  it('is never empty where there is text', () => {
    for (const { text, forwarded = false } of cases) {
      expect(replyText(text, forwarded) === '').toBe(text === '')
    }
  })
})
