import { describe, expect, it } from 'vitest'
import { ackToken } from '../../../src/desk/promise/ack-token.ts'
import { readTicketPageToken, ticketPageToken } from '../../../src/desk/promise/ticket-page-token.ts'

const secret = 'a secret of enough characters for a test'
const now = Temporal.Instant.from('2026-11-24T09:00:00Z')
const expiresAt = now.add({ hours: 72 })
const anna = { key: 'anna' }
const token = ticketPageToken(secret, { agent: 'anna', number: '1004711', expiresAt })

describe('the link to the page of a ticket', () => {
  it('names ticket and agent up to its last second, and nothing afterwards', () => {
    const said = { agent: 'anna', number: '1004711' }
    expect(readTicketPageToken(secret, token, now, [{ key: 'bernd' }, anna])).toEqual(said)
    expect(readTicketPageToken(secret, token, expiresAt, [anna])).toEqual(said)
    expect(readTicketPageToken(secret, token, expiresAt.add({ seconds: 1 }), [anna])).toBeUndefined()
  })

  it('is good for nobody else, no other ticket and no other time', () => {
    expect(readTicketPageToken(secret, token, now, [{ key: 'bernd' }])).toBeUndefined()
    expect(readTicketPageToken('another secret', token, now, [anna])).toBeUndefined()
    expect(readTicketPageToken(secret, token.replace('1004711', '1004712'), now, [anna])).toBeUndefined()
    const [number, until, signed] = token.split('-')
    const later = (Number.parseInt(until ?? '', 36) + 1).toString(36)
    expect(readTicketPageToken(secret, `${number}-${later}-${signed}`, now, [anna])).toBeUndefined()
  })

  it('is none of another family', () => {
    const escalationId = '019ab2c4-0000-7000-8000-000000000000'
    const other = ackToken(secret, { agent: 'anna', escalationId, expiresAt })
    expect(readTicketPageToken(secret, other, now, [anna])).toBeUndefined()
  })

  it('is over where it was made before the day since which tokens of its holder count', () => {
    const since = (day: string) => [{ key: 'anna', tokensSince: Temporal.PlainDate.from(day) }]
    expect(readTicketPageToken(secret, token, now, since('2026-11-25'))).toBeUndefined()
    expect(readTicketPageToken(secret, token, now, since('2026-11-24'))).toBeDefined()
  })
})
