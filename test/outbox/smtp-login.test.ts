/** Sending with an access token, at an SMTP server that checks XOAUTH2. */
import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { beforeEach, expect, it } from 'vitest'
import { PermanentFailure, TransientFailure } from '../../src/desk/failure.ts'
import { type OutgoingMail, openSmtp } from '../../src/outbox/smtp.ts'
import type { AccessTokens } from '../../src/outbox/smtp-login.ts'
import { testConfig } from './test-config.ts'

let port = 0
let accepted = 'good'
const seen: string[] = []

beforeEach(async () => {
  accepted = 'good'
  seen.length = 0
  const server = new SMTPServer({
    authMethods: ['XOAUTH2'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth({ accessToken, username }, _session, answer) {
      seen.push(String(accessToken))
      if (accessToken === accepted) answer(null, { user: username ?? '' })
      else answer(null, { data: { status: '401', schemes: 'bearer', scope: 'mail' } })
    },
    onData(stream, _session, answer) {
      stream.resume()
      stream.on('end', () => answer())
    },
  })
  server.on('error', () => {})
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  port = typeof address === 'object' && address ? address.port : 0
  return () => new Promise<void>(resolve => server.close(() => resolve()))
})

const mail: OutgoingMail = {
  from: 'support@example.com',
  to: 'erika@example.com',
  subject: 'x',
  text: 'y',
  messageId: '<x@example.com>',
}

async function send(tokens: AccessTokens) {
  const transport = openSmtp(testConfig({ port, user: 'support' }).smtp, 2, tokens)
  try {
    return await transport.send(mail)
  } finally {
    transport.close(true)
  }
}

it('logs in with the access token', async () => {
  const result = await send({ token: async () => 'good', forget: () => false })
  expect(result).toMatchObject({ kind: 'sent' })
  expect(seen).toEqual(['good'])
})

it('asks for another token when the server refuses one', async () => {
  accepted = 'newer'
  const forgotten: string[] = []
  const tokens = {
    token: async () => (forgotten.length === 0 ? 'good' : 'newer'),
    forget: (token: string) => forgotten.push(token) > 0,
  }
  expect(await send(tokens)).toMatchObject({ kind: 'sent' })
  expect(seen).toEqual(['good', 'newer'])
  expect(forgotten).toEqual(['good'])
})

it.each([
  [new PermanentFailure('auth', 'the token server refused: invalid_grant'), 'auth'],
  [new TransientFailure('network', 'the token server cannot be reached'), 'network'],
])('is unreachable for want of a token, and no letter pays for it: %s', async (failure, code) => {
  const result = await send({
    token: async () => {
      throw failure
    },
    forget: () => false,
  })
  expect(result).toEqual({ kind: 'unreachable', code, response: failure.message })
  expect(seen).toEqual([])
})
