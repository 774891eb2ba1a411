/** The shape of a login by OAuth2: how access tokens are had for a mailbox or for the SMTP server. */
import { z } from 'zod'
import { day, secret, text } from './words.ts'

const tokenUrl = z
  .url({ protocol: /^https?$/ })
  .meta({ allowed: 'a URL such as https://login.example.com/token' })
  .optional()
  .describe("Where tokens are had, if not at the provider's usual place; https, or a loopback host.")

const secretExpires = day
  .optional()
  .describe('Day on which the client secret ends; health warns and an alarm is sent 14 days before.')

const scope = text.optional().describe('Scope to ask for, where the usual one does not fit.')

export const oauth = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z
      .literal('client-credentials')
      .describe('Microsoft 365: the gateway logs in as an application of the tenant.'),
    tenant: text.describe('Tenant: its id or domain.'),
    clientId: text.describe('Id of the application.'),
    clientSecret: secret.describe('Secret of the application.'),
    secretExpires,
    scope,
    tokenUrl,
  }),
  z.strictObject({
    kind: z.literal('refresh-token').describe('The gateway acts for a person who has consented once.'),
    provider: z.enum(['microsoft', 'google']).describe('Whose mail it is.'),
    tenant: text.default('common').describe('Tenant, at Microsoft.'),
    clientId: text.describe('Id of the application.'),
    clientSecret: secret.optional().describe('Secret of the application, if it has one.'),
    refreshToken: secret.describe('The token had by consenting; a newer one from the server wins over it.'),
    secretExpires,
    scope,
    tokenUrl,
  }),
])

export type OAuthConfig = z.output<typeof oauth>
