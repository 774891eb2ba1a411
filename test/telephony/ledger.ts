/** What a gateway has written down, and requests of the provider sent to it once more. */
import twilio from 'twilio'
import type { Database } from '../../src/store/database.ts'
import type { HotlineTest } from './hotline.ts'

/** Every row of every table, so that nothing can change unseen. Fractions of the same state compare equal as text. */
export async function dumpOf(database: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await database.$queryRaw<{ name: string }[]>`
    select table_name::text as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`
  const dumped = tables.map(async ({ name }) => {
    const rows = await database.$queryRawUnsafe<{ row: string }[]>(
      `select to_jsonb(t)::text as row from "${name}" t order by 1`,
    )
    return [name, rows.map(({ row }) => row)] as const
  })
  return Object.fromEntries(await Promise.all(dumped))
}

export interface ProviderRequest {
  /** As told to the provider: with the public address, and with a fragment. */
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

/** The signature that the provider would send, with the token of the hotline or another one. */
export function signatureOf(hotline: HotlineTest, { url, fields }: ProviderRequest, token?: string): string {
  const provider = hotline.config.phone?.providers.telephone
  if (provider?.kind !== 'twilio') throw new Error('the hotline is at Twilio')
  const [signed = ''] = url.split('#')
  return twilio.getExpectedTwilioSignature(token ?? provider.authToken, signed, { ...fields })
}

/** Posts it where the gateway really listens; without a signature of its own it has the right one. */
export async function send(
  hotline: HotlineTest,
  request: ProviderRequest,
  headers: Readonly<Record<string, string>> = { 'x-twilio-signature': signatureOf(hotline, request) },
): Promise<{ readonly status: number; readonly body: string }> {
  const { pathname, search } = new URL(request.url)
  const response = await fetch(hotline.url + pathname + search, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(request.fields).toString(),
  })
  return { status: response.status, body: await response.text() }
}

/** As the provider tells of a call to one of our numbers. */
export function callFields(sid: string, from: string, to: string, status: string): Record<string, string> {
  return {
    ...{ CallSid: sid, AccountSid: `AC${'0'.repeat(32)}`, ApiVersion: '2010-04-01', Direction: 'inbound' },
    ...{ From: from, To: to, Caller: from, Called: to, CallStatus: status },
  }
}
