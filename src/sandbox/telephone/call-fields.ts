import type { NetworkNumber } from './exchange-room.ts'
import type { Leg } from './net-call.ts'

/** The fields that come with every request about a call. */
export function callFields(accountSid: string, { call, extras }: Leg): Record<string, string> {
  return {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: call.sid,
    CallStatus: call.status,
    Direction: call.direction,
    From: call.from,
    To: call.to,
    Caller: call.from,
    Called: call.to,
    ...places('From', call.from),
    ...places('To', call.to),
    ...places('Caller', call.from),
    ...places('Called', call.to),
    ...(call.parentSid ? { ParentCallSid: call.parentSid } : {}),
    ...extras,
  }
}

/** Empty outside of North America but for the country. Withheld numbers have none at all. */
function places(side: string, number: string): Record<string, string> {
  const country = number.startsWith('+49') ? 'DE' : number.startsWith('+44') ? 'GB' : ''
  if (country === '') return {}
  return { [`${side}Country`]: country, [`${side}City`]: '', [`${side}State`]: '', [`${side}Zip`]: '' }
}

/** `Sat, 21 Nov 2026 08:00:00 +0000`: RFC 2822 as the provider writes it. */
export function rfc2822(instant: Temporal.Instant): string {
  return new Date(instant.epochMilliseconds).toUTCString().replace('GMT', '+0000')
}

/** Where to ask when a document cannot be had: that of the number which the call came in on. */
export function numberOf(numbers: readonly NetworkNumber[], number: string): NetworkNumber | undefined {
  return numbers.find(one => one.number === number)
}
