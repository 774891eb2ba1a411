/** Logins with access tokens, at a real IMAP server that checks XOAUTH2 and at an SMTP server that does. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openSession } from '../../../../src/channels/mail/imap/open-session.ts'
import { openTokens, type TokenSource } from '../../../../src/channels/mail/oauth/token-source.ts'
import { everything, type HoodiecrowAccount, openHoodiecrow } from '../../../hoodiecrow.ts'
import { deskConfig } from '../../../intake/desk.ts'
import { startTokenServer, type TokenServer } from '../../../token-server.ts'

let account: HoodiecrowAccount
let server: TokenServer
let tokens: TokenSource
let dataFolder: string

beforeEach(async () => {
  account = await openHoodiecrow([...everything, 'SASL-IR', 'XOAUTH2'])
  server = await startTokenServer()
  dataFolder = await mkdtemp(join(tmpdir(), 'gateway-oauth-'))
  const auth = {
    kind: 'client-credentials' as const,
    tenant: 't',
    clientId: 'app',
    clientSecret: 's',
    tokenUrl: server.url,
  }
  tokens = openTokens(auth, { dataFolder, fetch, now: () => Temporal.Instant.from('2026-03-02T09:00:00Z') })
  return async () => {
    await account.close()
    await server.stop()
    await rm(dataFolder, { recursive: true })
  }
})

const grant = (token: string) => ({ body: { access_token: token, expires_in: 3600 } })

function options() {
  const { support } = deskConfig.mailboxes
  if (!support) throw new Error('the desk has no mailbox "support"')
  const imap = {
    ...support.imap,
    host: '127.0.0.1',
    port: account.port,
    tls: 'none' as const,
    user: account.user,
  }
  const nothing = () => undefined
  return {
    imap: { ...imap, password: undefined },
    readOnly: true,
    commandSeconds: 10,
    literalBytes: 1_000_000,
    onEnd: nothing,
    onExists: nothing,
  }
}

describe('a login by OAuth2', () => {
  it('opens the folder with the token that the server knows', async () => {
    account.accept('good')
    server.answer(grant('good'))
    const session = await openSession(options(), tokens)
    expect(session.uidValidity).toBeGreaterThan(0n)
    await session.leave()
  })

  it('with a fresh token that is refused needs a human', async () => {
    account.accept('another')
    server.answer(grant('good'))
    await expect(openSession(options(), tokens)).rejects.toMatchObject({
      name: 'PermanentFailure',
      code: 'auth',
    })
  })

  it('with a token that was revoked is tried again with a new one', async () => {
    account.accept('good')
    server.answer(grant('good'), grant('newer'))
    await (await openSession(options(), tokens)).leave()
    account.accept('newer')
    await expect(openSession(options(), tokens)).rejects.toMatchObject({
      name: 'TransientFailure',
      code: 'auth',
    })
    await (await openSession(options(), tokens)).leave()
    expect(server.asked).toHaveLength(2)
  })

  it('needs a human where the consent is gone, and does not bother the mail server', async () => {
    server.answer({ status: 400, body: { error: 'invalid_grant' } })
    await expect(openSession(options(), tokens)).rejects.toMatchObject({
      name: 'PermanentFailure',
      code: 'auth',
    })
  })
})
