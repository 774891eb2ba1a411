import { isSignature, signature } from '../reply-token.ts'

/**
 * The signed part of a customer's link: to the survey of one closing, or to the manager about one ticket. Each has an
 * audience of its own, and neither is a reply address, or an agent's key. They do not expire by themselves: the survey's
 * row says until when votes are taken, and a customer may turn to the manager at any time.
 */
export interface FeedbackKey {
  readonly kind: 'survey' | 'manager'
  /** UUID of the survey, or of the ticket. */
  readonly id: string
}

const letters = { survey: 's', manager: 'm' } as const
const audiences = { survey: 'feedback', manager: 'feedback-manager' } as const

/** Letters, digits and a hyphen only: a mail program must not cut the link. */
export function feedbackToken(secret: string, { kind, id }: FeedbackKey): string {
  const bare = id.replaceAll('-', '').toLowerCase()
  return `${letters[kind]}${bare}-${signature(secret, audiences[kind], bare)}`
}

/** Undefined for whatever we did not sign. */
export function readFeedbackToken(secret: string, token: string): FeedbackKey | undefined {
  const match = /^([sm])([0-9a-f]{32})-([a-z2-9]{12})$/.exec(token)
  if (!match) return undefined
  const [, letter, bare = '', signed = ''] = match
  const kind = letter === letters.survey ? 'survey' : 'manager'
  if (!isSignature(signed, secret, audiences[kind], bare)) return undefined
  return { kind, id: bare.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') }
}
