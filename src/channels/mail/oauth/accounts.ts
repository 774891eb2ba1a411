import type { Config } from '../../../config/schema.ts'
import type { OAuthConfig } from './token-request.ts'
import { openTokens, type TokenDeps, type TokenSource } from './token-source.ts'

/** The token sources of a configuration. Accounts with the same login share one, or rotation would set them at odds. */
export interface Accounts {
  readonly mailboxes: ReadonlyMap<string, TokenSource>
  readonly smtp: TokenSource | undefined
}

export function openAccounts(config: Pick<Config, 'mailboxes' | 'smtp'>, deps: TokenDeps): Accounts {
  const sources = new Map<string, TokenSource>()
  const sourceFor = (auth: OAuthConfig): TokenSource => {
    const { secretExpires: _, ...login } = auth
    const name = JSON.stringify(login)
    const source = sources.get(name) ?? openTokens(auth, deps)
    sources.set(name, source)
    return source
  }
  const mailboxes = Object.entries(config.mailboxes).flatMap(([key, { imap }]) =>
    imap.auth ? [[key, sourceFor(imap.auth)] as const] : [],
  )
  return { mailboxes: new Map(mailboxes), smtp: config.smtp.auth && sourceFor(config.smtp.auth) }
}
