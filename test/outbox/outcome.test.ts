import { describe, expect, it } from 'vitest'
import { afterAttempt, afterLook } from '../../src/outbox/outcome.ts'
import type { SendResult } from '../../src/outbox/smtp-result.ts'
import type { Letter } from '../../src/store/generated/client.ts'

/** The policy alone: what follows from an attempt or a look. */

const start = Temporal.Instant.from('2026-03-02T08:00:00Z')
const letter: Letter = {
  id: '8c0c1a0e-54a1-4f4e-9a39-3c1f4e5d6a7b',
  ticketId: null,
  vendorCaseId: null,
  kind: 'auto-reply',
  template: 'auto-reply',
  language: 'de',
  data: {},
  mailbox: 'support',
  recipient: 'anna@example.org',
  messageId: '<a.autoreply@example.com>',
  inReplyTo: null,
  references: [],
  state: 'sending',
  createdAt: new Date(start.epochMilliseconds),
  nextTryAt: new Date(start.epochMilliseconds),
  attempts: 1,
  claimedBy: 'us',
  claimedAt: null,
  sentAt: null,
  response: null,
  failureCode: null,
  subject: null,
  text: null,
}
const rendered = { subject: 'S', text: 'T' }
const later: SendResult = { kind: 'retry', code: 'recipient-refused', response: '451 4.7.1 later' }
const lost: SendResult = { kind: 'unsure', response: 'Connection closed unexpectedly' }

const at = (now: Temporal.Instant, jitter = 0.5) => ({ now, jitter, unsureSeconds: 60 })

describe('a letter that is refused for the moment', () => {
  it('is tried for three days, then given up', () => {
    let now = start
    const waits: number[] = []
    for (let attempts = 1; attempts < 1000; attempts++) {
      const { settlement, failure } = afterAttempt({ ...letter, attempts }, later, rendered, at(now))
      if (settlement.state === 'failed') {
        expect(failure).toEqual({ code: 'recipient-refused', response: '451 4.7.1 later' })
        break
      }
      waits.push(now.until(settlement.nextTryAt).total('seconds'))
      now = settlement.nextTryAt
    }
    expect(waits.slice(0, 9)).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
    expect(start.until(now).total('hours')).toBeGreaterThan(71)
    expect(start.until(now).total('hours')).toBeLessThan(73)
  })

  it('does not come back together with the others', () => {
    const wait = (jitter: number) =>
      start
        .until(afterAttempt(letter, later, rendered, at(start, jitter)).settlement.nextTryAt)
        .total('seconds')
    expect([wait(0), wait(1)]).toEqual([24, 36])
  })
})

describe('a letter that meets no server', () => {
  it('keeps its attempts and its turn', () => {
    const result: SendResult = { kind: 'unreachable', code: 'auth', response: '535' }
    const { settlement, failure } = afterAttempt({ ...letter, attempts: 5 }, result, rendered, at(start))
    expect(settlement).toMatchObject({ state: 'queued', attempts: 4, nextTryAt: start, failureCode: 'auth' })
    expect(failure).toBeNull()
  })
})

describe('a doubtful letter', () => {
  it('is not looked for before the server had time to file it', () => {
    const { settlement } = afterAttempt(letter, lost, rendered, at(start))
    expect(settlement).toMatchObject({
      state: 'unsure',
      failureCode: 'unsure',
      nextTryAt: start.add({ minutes: 1 }),
    })
  })

  const look = (failureCode: string | null, verdict: 'sent' | 'absent' | 'unknown', attempts = 1) =>
    afterLook({ ...letter, state: 'unsure', failureCode, attempts }, verdict, at(start)).settlement

  it('is sent again only after two looks in vain', () => {
    expect(look('unsure', 'absent')).toMatchObject({ state: 'unsure', failureCode: 'absent' })
    expect(look('absent', 'absent')).toMatchObject({ state: 'queued', failureCode: null, nextTryAt: start })
  })

  it('is not sent in a circle to a server that drops every attempt', () => {
    expect(look('absent', 'absent', 3)).toMatchObject({
      state: 'queued',
      nextTryAt: start.add({ minutes: 2 }),
    })
    expect(look('absent', 'absent', 1000)).toMatchObject({ state: 'failed', failureCode: 'unsure' })
  })

  it('goes out twice at the most where nothing can be known', () => {
    expect(look('unsure', 'unknown')).toMatchObject({ state: 'queued', failureCode: 'resent' })
    expect(
      afterAttempt({ ...letter, failureCode: 'resent' }, lost, rendered, at(start)).settlement,
    ).toMatchObject({
      state: 'unsure',
      failureCode: 'resent',
    })
    expect(look('resent', 'absent')).toMatchObject({ state: 'unsure', failureCode: 'resent-absent' })
    expect(look('resent-absent', 'absent')).toMatchObject({ state: 'queued', failureCode: 'resent' })
    expect(look('resent-absent', 'unknown')).toMatchObject({ state: 'failed', failureCode: 'unsure' })
    expect(look('resent', 'unknown')).toMatchObject({ state: 'failed', failureCode: 'unsure' })
  })
})
