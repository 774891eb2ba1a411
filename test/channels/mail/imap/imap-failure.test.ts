import { expect, it } from 'vitest'
import { imapFailure } from '../../../../src/channels/mail/imap/imap-failure.ts'
import { PermanentFailure, TransientFailure } from '../../../../src/desk/failure.ts'

/** What imapflow sets on its errors, and what we make of it. */
it.each([
  ['a refused login', { authenticationFailed: true, responseStatus: 'NO' }, 'auth', PermanentFailure],
  [
    'a login refused with a reason that stays',
    { authenticationFailed: true, serverResponseCode: 'AUTHENTICATIONFAILED' },
    'auth',
    PermanentFailure,
  ],
  [
    'a login refused with a reason that passes',
    { authenticationFailed: true, serverResponseCode: 'UNAVAILABLE', responseStatus: 'NO' },
    'protocol',
    TransientFailure,
  ],
  [
    'a line cut in the middle of a login',
    { authenticationFailed: true, code: 'NoConnection' },
    'network',
    TransientFailure,
  ],
  ['an expired certificate', { code: 'CERT_HAS_EXPIRED' }, 'tls', PermanentFailure],
  ['a certificate for another name', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'tls', PermanentFailure],
  ['an unknown issuer', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'tls', PermanentFailure],
  ['a server without STARTTLS', { tlsFailed: true }, 'tls', PermanentFailure],
  ['a missing folder', { mailboxMissing: true, responseStatus: 'NO' }, 'missing-folder', PermanentFailure],
  ['a greeting that never comes', { code: 'GREETING_TIMEOUT' }, 'timeout', TransientFailure],
  ['a refused command', { responseStatus: 'BAD' }, 'protocol', TransientFailure],
  ['a refused connection', { code: 'ECONNREFUSED' }, 'network', TransientFailure],
  ['a literal beyond the limit', { code: 'LiteralTooLarge' }, 'network', TransientFailure],
])('%s', (_what, evidence, code, kind) => {
  const failure = imapFailure(Object.assign(new Error('x'), evidence), 'test')
  expect(failure).toBeInstanceOf(kind)
  expect(failure.code).toBe(code)
})

it('passes on what has been told already', () => {
  const failure = new TransientFailure('storage', 'full')
  expect(imapFailure(failure, 'fetch')).toBe(failure)
})

it('never repeats what a server said to a login', () => {
  const error = Object.assign(new Error('x'), {
    authenticationFailed: true,
    responseText: 'bad: LOGIN anna geheim',
  })
  expect(imapFailure(error, 'login').message).not.toContain('geheim')
})
