import { describe, expect, it } from 'vitest'
import { afterPosting, type Posted } from '../../../src/desk/webhooks/after-posting.ts'

const now = Temporal.Instant.from('2026-11-24T09:00:00Z')

const judge = (posted: Posted, tries = 1, hoursFailing: number | null = null, jitter = 0.5) =>
  afterPosting({
    ...{ posted, tries, now, jitter },
    failingSince: hoursFailing === null ? null : now.subtract({ minutes: Math.round(hoursFailing * 60) }),
  })

const waitOf = (tries: number, posted: Posted = { status: 503 }, jitter = 0.5) => {
  const after = judge(posted, tries, 0, jitter)
  if (after.kind !== 'again') throw new Error(`not tried again but ${after.kind}`)
  return after.at.since(now).total('seconds')
}

describe('what follows from how an endpoint answers', () => {
  it('is that every status of success is an arrival, and nothing else', () => {
    for (const status of [200, 201, 202, 204, 299]) expect(judge({ status })).toEqual({ kind: 'delivered' })
    for (const status of [0, 100, 199, 300, 301, 302, 307, 401, 403, 404, 429, 500, 503])
      expect(judge({ status }).kind).toBe('again')
    expect(judge({ failed: 'timeout' }).kind).toBe('again')
  })

  it('is tried again after seconds, then minutes, then every hour and not less often', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map(tries => waitOf(tries))).toEqual([
      5, 30, 120, 600, 1800, 3600, 3600, 3600,
    ])
  })

  it('spreads those that failed together by a fifth', () => {
    expect([waitOf(6, { status: 503 }, 0), waitOf(6, { status: 503 }, 1)]).toEqual([2880, 4320])
  })

  it('waits as long as the endpoint asks, but for an hour at most', () => {
    expect(waitOf(1, { status: 429, retryAfterSeconds: 90 })).toBe(90)
    expect(waitOf(1, { status: 429, retryAfterSeconds: 1_000_000 })).toBe(3600)
    expect(waitOf(4, { status: 429, retryAfterSeconds: 1 })).toBe(600)
  })

  it('pauses after three days without a success, and at once where no more is wanted', () => {
    expect(judge({ status: 503 }, 80, 71.9).kind).toBe('again')
    expect(judge({ status: 503 }, 80, 72)).toEqual({ kind: 'pause' })
    expect(judge({ failed: 'ECONNREFUSED' }, 1, 100)).toEqual({ kind: 'pause' })
    expect(judge({ status: 410 })).toEqual({ kind: 'pause' })
    expect(judge({ status: 200 }, 80, 100)).toEqual({ kind: 'delivered' })
  })

  it('gives up an event that the endpoint refuses to read, so that it does not block the others', () => {
    expect(judge({ status: 422 }, 5, 1).kind).toBe('again')
    for (const status of [400, 413, 422]) expect(judge({ status }, 6, 1)).toEqual({ kind: 'give-up' })
    expect(judge({ status: 404 }, 6, 1).kind).toBe('again')
  })
})
