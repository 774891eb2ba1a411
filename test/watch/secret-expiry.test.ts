import { describe, expect, it } from 'vitest'
import { examine } from '../../src/health.ts'
import { expiringSecrets } from '../../src/watch/secret-expiry.ts'
import { deskConfig } from '../intake/desk.ts'

const login = { kind: 'client-credentials', tenant: 't', clientId: 'c', clientSecret: 's' } as const
const config = {
  mailboxes: {},
  smtp: { ...deskConfig.smtp, auth: { ...login, secretExpires: '2026-06-30' } },
}
const at = (day: string) => Temporal.Instant.from(`${day}T12:00:00Z`)

describe('a client secret', () => {
  it.each([
    ['2026-06-15', []],
    ['2026-06-16', ['the client secret of smtp ends on 2026-06-30, in 14 days; make a new one before']],
    ['2026-07-01', ['the client secret of smtp ended on 2026-06-30']],
  ])('is warned about on %s: %j', (day, says) => {
    expect(expiringSecrets(config, at(day)).map(trouble => trouble.says.en)).toEqual(says)
  })

  it('that ends soon is a warning of health, which is ready all the same', async () => {
    const state = { queued: 0, unsure: 0, failed: 0, inFlight: 0, oldestQueuedAt: null, lastError: null }
    const gateway = {
      mailboxes: new Map(),
      delivery: { state: async () => state },
      overdueJobSeconds: async () => 0,
      config,
    }
    const { health } = await examine(gateway, at('2026-06-20'))
    expect(health).toMatchObject({
      ready: true,
      troubles: [],
      warnings: [expect.stringContaining('in 10 days')],
    })
  })
})
