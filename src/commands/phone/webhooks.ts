/** The addresses that have to be entered at who carries our calls, line by line. */
import { withoutSlash } from '../../channels/phone/public-url.ts'
import { addressesOf } from '../../channels/phone/twilio/addresses.ts'
import type { Config } from '../../config/schema.ts'
import { variableFor } from '../../config/secrets.ts'

export interface LineWebhooks {
  readonly line: string
  /** E.164 */
  readonly number: string
  readonly provider: string
  /** What a field is called at the provider, and what belongs into it. No secret is in it. */
  readonly entries: readonly { readonly field: string; readonly value: string }[]
}

export function webhooksOf({ phone }: Pick<Config, 'phone'>): readonly LineWebhooks[] {
  if (!phone) return []
  const publicUrl = withoutSlash(phone.publicUrl)
  return Object.entries(phone.lines).map(([line, { number, provider }]) => ({
    ...{ line, number, provider },
    entries: entriesOf(provider, phone.providers[provider]?.kind, publicUrl),
  }))
}

function entriesOf(provider: string, kind: string | undefined, publicUrl: string): LineWebhooks['entries'] {
  switch (kind) {
    case 'twilio': {
      const { arrived, status } = addressesOf(publicUrl, provider)
      return [
        { field: 'A call comes in (HTTP POST)', value: arrived },
        { field: 'Primary handler fails (HTTP GET)', value: 'where you host fallback.xml' },
        { field: 'Call status changes (HTTP POST)', value: status },
      ]
    }
    case 'sipgate':
      return [{ field: 'URL for incoming calls', value: `${publicUrl}/phone/${provider}` }]
    case 'cti': {
      const variable = variableFor(['phone', 'providers', provider, 'token'])
      return [{ field: 'URL for call events', value: `${publicUrl}/phone/${provider}/<${variable}>` }]
    }
    default:
      return []
  }
}
