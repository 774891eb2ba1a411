import type { MailboxConfig } from '../../../config/schema.ts'

/** How access tokens for an account are had, as configured. */
export type OAuthConfig = NonNullable<MailboxConfig['imap']['auth']>

/** One POST to a token endpoint (RFC 6749, 3.2). */
export interface TokenRequest {
  readonly url: string
  readonly form: URLSearchParams
}

/** Everything the application was granted for Exchange Online; the only scope this grant knows. */
const applicationScope = 'https://outlook.office365.com/.default'
/** offline_access, or the answer would hold no newer refresh token and the old one would die of age. */
const personScope =
  'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access'

/** RFC 6749, 4.4 and 6. `refreshToken` is the newest one known, for the grant that has one. */
export function tokenRequest(auth: OAuthConfig, refreshToken: string | undefined): TokenRequest {
  const form = new URLSearchParams({ client_id: auth.clientId })
  if (auth.clientSecret !== undefined) form.set('client_secret', auth.clientSecret)
  if (auth.kind === 'client-credentials') {
    form.set('grant_type', 'client_credentials')
    form.set('scope', auth.scope ?? applicationScope)
    return { url: auth.tokenUrl ?? microsoft(auth.tenant), form }
  }
  form.set('grant_type', 'refresh_token')
  form.set('refresh_token', refreshToken ?? auth.refreshToken)
  // Google grants again what was granted once; only a narrower scope would be worth naming.
  const scope = auth.scope ?? (auth.provider === 'microsoft' ? personScope : undefined)
  if (scope !== undefined) form.set('scope', scope)
  const usual = auth.provider === 'google' ? 'https://oauth2.googleapis.com/token' : microsoft(auth.tenant)
  return { url: auth.tokenUrl ?? usual, form }
}

function microsoft(tenant: string): string {
  return `https://login.microsoftonline.com/${encodeURIComponent(tenant)}/oauth2/v2.0/token`
}
