import { describe, expect, it } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import type { ViewSource } from '../../src/outbox/letter-view.ts'
import { ticketPageView } from '../../src/outbox/ticket-page-link.ts'
import { deskConfig } from '../intake/desk.ts'

const viewed = (http: { publicUrl?: string }, agent: string | null = 'anna') => {
  const { phone, ...rest } = deskConfig
  const config = configSchema.parse({ ...rest, http })
  const source = { config, createdAt: new Date('2026-11-24T09:00:00Z') } as ViewSource
  return ticketPageView({ agent, ticketNumber: '1000015' }, source)
}

describe('a letter to an agent of a desk without a hotline', () => {
  it("links to the ticket's page below the address of the pages, for 72 hours", () => {
    const { ticketPage, ticketPageUntil } = viewed({ publicUrl: 'https://desk.example.com/' })
    expect(ticketPage).toMatch(/^https:\/\/desk\.example\.com\/ticket\/1000015-[a-z0-9]+-[a-z2-9]{12}$/)
    expect(ticketPageUntil).toBe('2026-11-27T09:00:00Z')
  })

  it('links to nothing where no address is configured, or where nobody in particular reads it', () => {
    const none = { ticketPage: '', ticketPageUntil: '' }
    expect(viewed({})).toEqual(none)
    expect(viewed({ publicUrl: 'https://desk.example.com' }, null)).toEqual(none)
  })
})
