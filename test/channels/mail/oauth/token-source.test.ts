import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openAccounts } from '../../../../src/channels/mail/oauth/accounts.ts'
import type { OAuthConfig } from '../../../../src/channels/mail/oauth/token-request.ts'
import { openTokens, type TokenSource } from '../../../../src/channels/mail/oauth/token-source.ts'
import { deskConfig } from '../../../intake/desk.ts'
import { startTokenServer, type TokenServer } from '../../../token-server.ts'

let server: TokenServer
let dataFolder: string
let now = Temporal.Instant.from('2026-03-02T09:00:00Z')

beforeEach(async () => {
  server = await startTokenServer()
  dataFolder = await mkdtemp(join(tmpdir(), 'gateway-oauth-'))
  now = Temporal.Instant.from('2026-03-02T09:00:00Z')
  return async () => {
    await server.stop()
    await rm(dataFolder, { recursive: true })
  }
})

const application = (): OAuthConfig => ({
  kind: 'client-credentials',
  tenant: 'example.com',
  clientId: 'app',
  clientSecret: 'hush',
  tokenUrl: server.url,
})

const person = (refreshToken = 'first'): OAuthConfig => ({
  kind: 'refresh-token',
  provider: 'microsoft',
  tenant: 'common',
  clientId: 'app',
  refreshToken,
  tokenUrl: server.url,
})

const open = (auth: OAuthConfig): TokenSource => openTokens(auth, { dataFolder, fetch, now: () => now })
const grant = (token: string, seconds = 3600, refresh?: string) => ({
  body: { access_token: token, expires_in: seconds, token_type: 'Bearer', refresh_token: refresh },
})

describe('an access token', () => {
  it('is asked for once, shared by all who ask at once, and renewed five minutes before its end', async () => {
    server.answer(grant('one'), grant('two'))
    const tokens = open(application())
    expect(await Promise.all([tokens.token(), tokens.token()])).toEqual(['one', 'one'])
    now = now.add({ seconds: 3299 })
    expect(await tokens.token()).toBe('one')
    now = now.add({ seconds: 1 })
    expect(await tokens.token()).toBe('two')
    expect(server.asked.map(form => Object.fromEntries(form))).toEqual(
      Array(2).fill({
        client_id: 'app',
        client_secret: 'hush',
        grant_type: 'client_credentials',
        scope: 'https://outlook.office365.com/.default',
      }),
    )
  })

  it('that lives shorter than the head start is used for half of its life', async () => {
    server.answer(grant('one', 60), grant('two', 60))
    const tokens = open(application())
    await tokens.token()
    now = now.add({ seconds: 29 })
    expect(await tokens.token()).toBe('one')
    now = now.add({ seconds: 2 })
    expect(await tokens.token()).toBe('two')
  })

  it('that a server refuses is asked for anew where it had worked before, and not where it was fresh', async () => {
    server.answer(grant('one'), grant('two'))
    const tokens = open(application())
    await tokens.token()
    await tokens.token()
    expect(tokens.forget('one')).toBe(true)
    expect(await tokens.token()).toBe('two')
    expect(tokens.forget('two')).toBe(false)
  })
})

describe('a refresh token', () => {
  it('that was rotated is kept for the next start, for nobody else to read', async () => {
    server.answer(grant('one', 3600, 'second'), grant('two', 3600))
    await open(person()).token()
    const [name = ''] = await readdir(join(dataFolder, 'oauth'))
    const file = join(dataFolder, 'oauth', name)
    expect(await readFile(file, 'utf8')).toBe('second')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await open(person()).token()
    expect(server.asked.map(form => form.get('refresh_token'))).toEqual(['first', 'second'])
  })

  it('that a human configures anew wins over the saved one', async () => {
    server.answer(grant('one', 3600, 'second'))
    await open(person()).token()
    await open(person('consented again')).token()
    expect(server.asked.at(-1)?.get('refresh_token')).toBe('consented again')
  })

  it('asks Microsoft for offline access, without which it would die of age', async () => {
    server.answer(grant('one'))
    await open(person()).token()
    expect(server.asked[0]?.get('scope')).toContain('offline_access')
  })
})

describe('a failure', () => {
  it.each([
    [
      400,
      { error: 'invalid_grant', error_description: 'AADSTS700082: hush expired' },
      'PermanentFailure',
      'auth',
    ],
    [401, { error: 'invalid_client' }, 'PermanentFailure', 'auth'],
    [400, { error: 'temporarily_unavailable' }, 'TransientFailure', 'protocol'],
    [429, { error: 'invalid_grant' }, 'TransientFailure', 'protocol'],
    [503, '<html>', 'TransientFailure', 'protocol'],
    [200, { token: 'what?' }, 'TransientFailure', 'protocol'],
    [302, {}, 'TransientFailure', 'network'],
  ])('of the token server, %i with %j, is a %s', async (status, body, name, code) => {
    server.answer({ status, body })
    const failing = open(application()).token()
    await expect(failing).rejects.toMatchObject({ name, code })
    await expect(failing).rejects.not.toThrow('hush')
  })

  it('to reach it is transient, and does not keep the next attempt from working', async () => {
    server.answer(grant('one'))
    let down = true
    const flaky = async (url: string, init: RequestInit) => {
      if (down) throw new TypeError('fetch failed')
      return fetch(url, init)
    }
    const tokens = openTokens(application(), { dataFolder, fetch: flaky, now: () => now })
    await expect(tokens.token()).rejects.toMatchObject({ name: 'TransientFailure', code: 'network' })
    down = false
    expect(await tokens.token()).toBe('one')
  })
})

describe('accounts', () => {
  it('with the same login share their tokens, or rotation would set them at odds', () => {
    const { support } = deskConfig.mailboxes
    if (!support) throw new Error('the desk has no mailbox "support"')
    const imap = { ...support.imap, auth: person() }
    const config = {
      mailboxes: { support: { ...support, imap } },
      smtp: { ...deskConfig.smtp, auth: { ...person(), secretExpires: '2027-01-01' } },
    }
    const accounts = openAccounts(config, { dataFolder, fetch, now: () => now })
    expect(accounts.smtp).toBe(accounts.mailboxes.get('support'))
  })
})
