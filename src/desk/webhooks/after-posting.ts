/**
 * What follows from how an endpoint answered. Events go to it in their order, so that the one in front keeps the others
 * waiting: it is tried often, since an endpoint that is back should not wait for a day to hear of it.
 */

export type Posted =
  /** The endpoint answered; the body of its answer means nothing. */
  | { readonly status: number; readonly retryAfterSeconds?: number }
  /** It did not; in a few words, without anything that it sent. */
  | { readonly failed: string }

export type AfterPosting =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'again'; readonly at: Temporal.Instant }
  /** This one event, which the endpoint has read and does not want: the next one has its turn. */
  | { readonly kind: 'give-up' }
  /** Nothing more is sent until somebody says otherwise. */
  | { readonly kind: 'pause' }

/** Then every hour. */
const waitSeconds = [5, 30, 120, 600, 1800]
const longestWaitSeconds = 3600
/** Since the last success. */
const patienceHours = 72
/** After about three quarters of an hour: long enough for a receiver to be mended, too short to lose the day's events. */
const triesOfRefused = 6

const isRefusal = (status: number): boolean => status === 400 || status === 413 || status === 422

export function afterPosting({
  posted,
  tries,
  failingSince,
  now,
  jitter,
}: {
  readonly posted: Posted
  /** With this one. */
  readonly tries: number
  /** Of the endpoint, before this try. */
  readonly failingSince: Temporal.Instant | null
  readonly now: Temporal.Instant
  /** 0..1: spreads the wait by a fifth either way. */
  readonly jitter: number
}): AfterPosting {
  const status = 'status' in posted ? posted.status : undefined
  if (status !== undefined && status >= 200 && status < 300) return { kind: 'delivered' }
  // "Gone" is how a receiver says that it wants no more (Standard Webhooks).
  if (status === 410) return { kind: 'pause' }
  if (failingSince && now.since(failingSince).total('hours') >= patienceHours) return { kind: 'pause' }
  if (status !== undefined && isRefusal(status) && tries >= triesOfRefused) return { kind: 'give-up' }
  const wait = waitSeconds[tries - 1] ?? longestWaitSeconds
  const wished = 'status' in posted ? (posted.retryAfterSeconds ?? 0) : 0
  const seconds = Math.max(wait * (0.8 + 0.4 * jitter), Math.min(wished, longestWaitSeconds))
  return { kind: 'again', at: now.add({ milliseconds: Math.round(seconds * 1000) }) }
}

/** "503", "timeout": for the list of deliveries. */
export function postedWords(posted: Posted): string {
  return 'status' in posted ? String(posted.status) : posted.failed
}
