import { leakIn, type NoticeText } from '../internal-text.ts'

/**
 * Why a manufacturer's words may not go to a customer as they stand; undefined where they may. What we wrote to it comes
 * back in its answers, quoted or not, and was never meant for the customer: the same gate as for agents' own words.
 */
export function internalIn(words: string, internal: readonly NoticeText[]): string | undefined {
  const whole = { text: words, replyText: words, signature: '', attachments: [], enclosed: [] }
  return leakIn(words, whole, internal)
}
