import { describe, expect, it } from 'vitest'
import { callNowToken, readCallNowToken } from '../../../src/desk/phone/call-now-token.ts'
import { ackLinkHours, ackToken, readAckToken } from '../../../src/desk/promise/ack-token.ts'

const secret = 'a secret of at least thirty-two characters'
const now = Temporal.Instant.from('2026-11-24T09:00:00Z')
const escalationId = '0198c0de-0000-4000-8000-000000000001'
const expiresAt = now.add({ hours: ackLinkHours })
const token = ackToken(secret, { agent: 'clara', escalationId, expiresAt })
const holders = [{ key: 'anna' }, { key: 'clara' }].map(one => ({ ...one, tokensSince: undefined }))

describe('the link of an escalation', () => {
  it('names its person and its escalation, for as long as it lasts', () => {
    expect(readAckToken(secret, token, now, holders)).toEqual({ agent: 'clara', escalationId })
    expect(readAckToken(secret, token, expiresAt, holders)).toBeDefined()
    expect(readAckToken(secret, token, expiresAt.add({ seconds: 1 }), holders)).toBeUndefined()
  })

  it('is worthless when anything about it was changed, or made for somebody who has gone', () => {
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === '3' ? '4' : '3'
      const forged = token.slice(0, at) + other + token.slice(at + 1)
      expect(readAckToken(secret, forged, now, holders)).toBeUndefined()
    }
    expect(readAckToken(secret, token, now, holders.slice(0, 1))).toBeUndefined()
    expect(readAckToken(`${secret}!`, token, now, holders)).toBeUndefined()
  })

  it('is revoked with the other tokens of its person', () => {
    const since = (day: string) => [{ key: 'clara', tokensSince: Temporal.PlainDate.from(day) }]
    expect(readAckToken(secret, token, now, since('2026-11-24'))).toBeDefined()
    expect(readAckToken(secret, token, now, since('2026-11-25'))).toBeUndefined()
  })

  it('calls nobody, and no "call now" link acknowledges', () => {
    const call = callNowToken(secret, { agent: 'clara', callbackId: escalationId, expiresAt })
    expect(readAckToken(secret, call, now, holders)).toBeUndefined()
    expect(readCallNowToken(secret, token, now, holders)).toBeUndefined()
  })
})
