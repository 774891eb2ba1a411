import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { crossChecks } from '../../src/config/cross-checks.ts'
import { configSchema } from '../../src/config/schema.ts'
import { judgeNumber } from '../../src/desk/phone/destination.ts'
import { lineFor, numberRulesOf } from '../../src/desk/phone/lines.ts'
import { Accounts } from '../../src/sandbox/accounts.ts'
import { keptSecret, sandboxConfig } from '../../src/sandbox/sandbox-config.ts'

const now = () => Temporal.Instant.from('2026-11-24T11:00:00Z')
const ports = { host: '127.0.0.1', imapPort: 1143, smtpPort: 1025 }
const phone = {
  publicUrl: 'http://127.0.0.1:8025',
  apiUrl: 'http://127.0.0.1:8026',
  authToken: 'f'.repeat(32),
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
})
afterEach(() => rm(folder, { recursive: true }))

const configured = () =>
  configSchema.parse(sandboxConfig(folder, new Accounts(join(folder, 'mail'), now), ports, phone))

describe('the telephone of the sandbox', () => {
  it('is a configuration without a fault', () => {
    expect(crossChecks(configured())).toEqual([])
  })

  it('has a German hotline with an extension, and an English line', () => {
    const config = configured()
    expect([
      lineFor(config, '+494066969123'),
      lineFor(config, '+494066969123195'),
      lineFor(config, '+442079460123'),
    ]).toEqual([
      { key: 'hotline', extension: null },
      { key: 'hotline', extension: '195' },
      { key: 'uk', extension: null },
    ])
  })

  it('lets customers be rung at numbers that are kept free for examples', () => {
    const rules = numberRulesOf(configured())
    expect(
      ['+494066969777', '+491713920077', '+442079460777'].map(number => judgeNumber(number, rules).allowed),
    ).toEqual([true, true, true])
  })

  it('has an English agent who stays one after a restart', () => {
    configured()
    const accounts = new Accounts(join(folder, 'mail'), now)
    expect(accounts.find('emma.clarke@example.com')?.role).toBe('customer')
    sandboxConfig(folder, accounts, ports, phone)
    expect(accounts.find('emma.clarke@example.com')).toMatchObject({ role: 'agent', name: 'Emma Clarke' })
  })

  it('keeps a token over a restart', () => {
    const token = keptSecret(folder, 'phone-token')
    expect(token).toMatch(/^[0-9a-f]{64}$/)
    expect([keptSecret(folder, 'phone-token'), keptSecret(folder)]).toEqual([
      token,
      expect.not.stringMatching(token),
    ])
  })

  it('is not there where there is no telephone', () => {
    const config = sandboxConfig(folder, new Accounts(join(folder, 'mail'), now), ports)
    expect([config.phone, Object.keys(config.agents)]).toEqual([undefined, ['jonas']])
  })
})
