import type { NodemailerError, SMTPTransportOptions, XOAuth2Options } from 'nodemailer'
import type { Config } from '../config/schema.ts'
import { PermanentFailure, TransientFailure } from '../desk/failure.ts'
import type { SendResult } from './smtp-result.ts'

/** Access tokens for an account that logs in by OAuth2 instead of a password. */
export interface AccessTokens {
  token(): Promise<string>
  /** The server refused this one. */
  forget(token: string): boolean
}

export interface SmtpLogin {
  readonly options: { readonly auth?: NonNullable<SMTPTransportOptions['auth']> }
  /** What a failed login is when it failed before the SMTP server was asked: for want of a token. */
  resultOf(error: NodemailerError): SendResult | undefined
}

/** An instant long past, in milliseconds: nodemailer is to keep no token, for the cache is ours. */
const alreadyOver = 1

/** The login as nodemailer wants it; none where no user is named. */
export function smtpLogin(
  { user, password }: Pick<Config['smtp'], 'user' | 'password'>,
  tokens: AccessTokens | undefined,
): SmtpLogin {
  if (user === undefined) return { options: {}, resultOf: () => undefined }
  if (!tokens) return { options: { auth: { user, pass: password ?? '' } }, resultOf: () => undefined }
  let last: string | undefined
  let trouble: TransientFailure | PermanentFailure | undefined
  const provisionCallback: NonNullable<XOAuth2Options['provisionCallback']> = (_user, renew, done) => {
    // nodemailer asks a second time after a refusal.
    if (renew && last !== undefined) tokens.forget(last)
    tokens.token().then(
      token => {
        last = token
        trouble = undefined
        done(null, token, alreadyOver)
      },
      (error: Error) => {
        const known = error instanceof TransientFailure || error instanceof PermanentFailure
        trouble = known ? error : new TransientFailure('network', 'no access token is to be had', error)
        // A copy: nodemailer writes codes of its own on the error it is given.
        done(new Error(trouble.message))
      },
    )
  }
  return {
    options: { auth: { type: 'OAuth2', user, provisionCallback } },
    resultOf: error =>
      error.code === 'EAUTH' && error.responseCode === undefined && trouble
        ? { kind: 'unreachable', code: trouble.code, response: trouble.message }
        : undefined,
  }
}
