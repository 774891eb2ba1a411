import {
  type BounceReason,
  hopelessHosts,
  reasonWords,
  specificCodes,
  transitWords,
  vagueCodes,
} from './bounce-words.ts'

/**
 * Why a mail was not delivered, and whether the address is lost. Words beat unspecific codes, specific codes beat
 * words: servers say 5.0.0 or 5.7.1 to everything, but 5.1.1 they mean.
 */
export type BounceKind = 'hard' | 'soft'

/** Subjects of codes that speak of the address or the mailbox (RFC 3463, 3.2 and 3.3), or of nothing in particular. */
const addressSubjects = ['0', '1', '2', '5']

/** Characters of a reply that are searched. */
const wordsLimit = 4_000

function detailOf(status: string): string {
  return status.slice(status.indexOf('.') + 1)
}

function spokenReason(words: string): BounceReason | undefined {
  const text = words.slice(0, wordsLimit).toLowerCase()
  return reasonWords.find(([, list]) => list.some(word => text.includes(word)))?.[0]
}

/** Why this recipient was not reached, from the code stated last on the way and the words beside it. */
export function bounceReason(status: string | null, words: string): BounceReason {
  const detail = status === null ? '' : detailOf(status)
  const specific = specificCodes[detail]
  if (specific !== undefined) return specific
  const spoken = spokenReason(words)
  if (detail.startsWith('7.'))
    return spoken === 'user-unknown' && !/reject|denied|grey|spam/i.test(words) ? 'user-unknown' : 'policy'
  return spoken ?? vagueCodes[detail] ?? 'other'
}

/** Hard: this address will not work. Soft: it may work later, or the address is not at fault. */
export function bounceKind(
  status: string | null,
  reason: BounceReason,
  words: string,
  delayed: boolean,
): BounceKind {
  const text = words.slice(0, wordsLimit).toLowerCase()
  if (delayed) return 'soft'
  if (status?.startsWith('4.'))
    return reason === 'host-unknown' && hopelessHosts.some(word => text.includes(word)) ? 'hard' : 'soft'
  if (reason === 'user-unknown' || reason === 'host-unknown') return 'hard'
  if (reason !== 'other' || status === null || transitWords.some(word => text.includes(word))) return 'soft'
  return addressSubjects.includes(detailOf(status).split('.')[0] ?? '') ? 'hard' : 'soft'
}
