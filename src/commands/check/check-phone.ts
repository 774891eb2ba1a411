/** Would a call arrive, be understood and be put through? Nobody is rung, and nothing at a provider is changed. */
import { openClips } from '../../channels/phone/clips/clips.ts'
import { neededClips } from '../../channels/phone/clips/needed-clips.ts'
import { twilioProvider } from '../../channels/phone/twilio/provider.ts'
import { type SelfTest, selfTest } from '../../channels/phone/twilio/self-test.ts'
import { voiceFaults } from '../../channels/phone/twilio/voices.ts'
import type { PhoneConfig, ProviderConfig } from '../../config/phone-schema.ts'
import type { Config } from '../../config/schema.ts'
import { PermanentFailure, TransientFailure } from '../../desk/failure.ts'
import { lineFindings, textsFinding } from './check-lines.ts'
import type { Finding } from './finding.ts'
import { maskedMessage } from './masked-message.ts'

type Twilio = Extract<ProviderConfig, { readonly kind: 'twilio' }>

/** All providers, then all lines. */
export async function checkPhone(config: Config, now: Temporal.Instant): Promise<readonly Finding[]> {
  const { phone } = config
  if (!phone) return []
  const providers = await Promise.all(
    Object.entries(phone.providers).map(([key, provider]) =>
      checkProvider(config, phone, key, provider, now),
    ),
  )
  return [...providers.flat(), ...lineFindings(config), ...textsFinding(phone)]
}

async function checkProvider(
  config: Config,
  phone: PhoneConfig,
  key: string,
  provider: ProviderConfig,
  now: Temporal.Instant,
): Promise<readonly Finding[]> {
  const what = `telephone ${key}`
  switch (provider.kind) {
    case 'twilio':
      return [
        await loginFinding(what, phone, key, provider, now),
        ...voiceFaults(provider.voices).map(found => ({ what: `${what}, voices`, ok: false, found })),
        await addressFinding(config, phone, key, provider),
      ]
    case 'sipgate':
      return [await clipsFinding(what, config, key, provider.clips)]
    case 'cti':
      return [
        { what, ok: true, found: 'sends us events; "gateway phone setup" prints the address to enter there' },
      ]
  }
}

/** Asks for the calls of the last minute, which costs nothing and needs the same login as ringing. */
async function loginFinding(
  what: string,
  phone: PhoneConfig,
  key: string,
  provider: Twilio,
  now: Temporal.Instant,
): Promise<Finding> {
  const number = Object.values(phone.lines).find(line => line.provider === key)?.number
  if (number === undefined) return { what, ok: true, found: 'no line uses it, so that it was not tried' }
  try {
    await twilioProvider(key, provider, phone.publicUrl).listCalls(number, now.subtract({ minutes: 1 }), now)
    return { what, ok: true, found: `logged in as ${provider.accountSid}` }
  } catch (error) {
    if (!(error instanceof TransientFailure || error instanceof PermanentFailure)) throw error
    return {
      what,
      ok: false,
      found: maskedMessage(error, provider.authToken, provider.previousAuthToken),
      advice: `check phone.providers.${key}: accountSid, authToken, region and edge belong together`,
    }
  }
}

/** The way in through the public address ends at a gateway: where none runs yet, there is nothing to be told. */
async function addressFinding(
  config: Config,
  phone: PhoneConfig,
  key: string,
  provider: Twilio,
): Promise<Finding> {
  const what = `telephone ${key}, address`
  if (!(await runsHere(config)))
    return {
      what,
      ok: true,
      found: `${phone.publicUrl} was not tried, because no gateway runs here; check again once it does`,
    }
  const result = await selfTest(phone.publicUrl, key, provider)
  if (result.ok) return { what, ok: true, found: `a signed request to ${phone.publicUrl} arrives here` }
  const { found, advice } = wordsFor(result, phone.publicUrl)
  return { what, ok: false, found, advice }
}

async function runsHere({ http: { host, port } }: Config): Promise<boolean> {
  const local = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  try {
    const url = `http://${local.includes(':') ? `[${local}]` : local}:${port}/healthz`
    return (await fetch(url, { signal: AbortSignal.timeout(3000) })).ok
  } catch (error) {
    // What fetch throws for a port that nobody listens on, and for one that does not answer in time.
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError'))
      return false
    throw error
  }
}

function wordsFor(
  result: Exclude<SelfTest, { readonly ok: true }>,
  publicUrl: string,
): { readonly found: string; readonly advice: string } {
  switch (result.why) {
    case 'unreachable':
      return {
        found: `${publicUrl} does not answer (${result.detail})`,
        advice: 'check phone.publicUrl, its name and certificate, and whether a firewall is in between',
      }
    case 'signature':
      return {
        found: `${publicUrl} leads here, but the signature does not fit the address`,
        advice:
          'write phone.publicUrl exactly as the provider has it, path included; a proxy must not change the path',
      }
    case 'redirected':
      return {
        found: `${publicUrl} sends on to ${result.to}`,
        advice: 'write the address that it ends at into phone.publicUrl: a signature is for one address',
      }
    case 'another':
      return {
        found: `${publicUrl} answers with ${result.status}, and not as this gateway does`,
        advice: 'check that the proxy passes /phone on to this gateway',
      }
  }
}

async function clipsFinding(what: string, config: Config, key: string, folder: string): Promise<Finding> {
  const needed = neededClips(config, key)
  const { missing, faults } = await openClips(folder, needed)
  const found = `${needed.length - missing.length - faults.length} of ${needed.length} recordings in ${folder} can be played`
  if (missing.length === 0 && faults.length === 0) return { what, ok: true, found }
  const advice = '"gateway phone clips --check" lists what is missing or of the wrong format'
  return { what, ok: false, found, advice }
}
