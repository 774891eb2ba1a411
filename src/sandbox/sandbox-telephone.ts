import { randomUUID } from 'node:crypto'
import type { ExampleCustomer } from '../config/example-mails.ts'
import type { Language } from '../desk/ticket.ts'
import { type Handset, openHandset } from './handset.ts'
import { keptSecret, type SandboxConfig, type SandboxPhone, telephoneAccount } from './sandbox-config.ts'
import type { NetworkNumber } from './telephone/exchange-room.ts'
import type { NetworkFault } from './telephone/faults.ts'
import type { LivePhone } from './telephone/live-phone.ts'
import { anyOther, openTelephoneNetwork } from './telephone/telephone-network.ts'
import type { NetText } from './telephone/texts.ts'
import { openRealClock } from './telephone/virtual-clock.ts'

/** The telephone network of the sandbox with the telephones that a person plays: the caller's and every agent's. */
export interface SandboxTelephone {
  readonly caller: Handset
  readonly agents: readonly Handset[]
  readonly callers: readonly CallerChoice[]
  readonly hotlines: readonly Hotline[]
  /** The caller's telephone rings a hotline, with that number shown. False where it is engaged, or where there is no such number. */
  place(from: string, to: string): boolean
  /** The provider's ids of the calls that came in at the hotlines, oldest first. */
  callsPlaced(): readonly string[]
  /** Text messages that arrived at the caller's telephone, oldest first. */
  texts(): readonly NetText[]
  /** What the gateway did that a provider would not take. */
  faults(): readonly NetworkFault[]
  stop(): Promise<void>
}

export interface CallerChoice {
  readonly number: string
  readonly name: string
}

export interface Hotline {
  readonly number: string
  readonly office: string
  readonly language: Language
}

export interface TelephoneSettings {
  readonly folder: string
  readonly gatewayUrl: string
  readonly now: () => Temporal.Instant
  /** Seconds of the network in one of this machine. */
  readonly speed: number
  /** Whoever of them has a number can ring from it. */
  readonly customers?: readonly Pick<ExampleCustomer, 'name' | 'phone'>[]
}

/** Numbers that are kept free for examples, and what arrives where a number is withheld. */
const anybody: readonly CallerChoice[] = [
  { number: '+491713920099', name: 'a mobile' },
  { number: '+494066969900', name: 'a company’s switchboard' },
  { number: '+447700900123', name: 'a British mobile' },
  { number: 'anonymous', name: 'number withheld' },
]

/**
 * Opens the network and asks for the configuration that belongs to it. Every number that is not an agent's rings at the
 * caller's telephone: whoever withholds the number may key in any. Its ids are new with every start, for the gateway
 * remembers those of the last one.
 */
export async function openSandboxTelephone(
  { folder, gatewayUrl, now, speed, customers = [] }: TelephoneSettings,
  configure: (phone: SandboxPhone) => SandboxConfig,
): Promise<{ readonly config: SandboxConfig; readonly telephone: SandboxTelephone }> {
  const known = customers.flatMap(({ name, phone }) => (phone === undefined ? [] : { number: phone, name }))
  const callers = [...known, ...anybody]
  const clock = openRealClock({ start: now(), speed })
  const authToken = keptSecret(folder, 'phone-token')
  const numbers: NetworkNumber[] = []
  const network = await openTelephoneNetwork({
    ...{ accountSid: telephoneAccount, authToken, clock, numbers, gatewayUrl },
    publicUrl: gatewayUrl,
    seed: randomUUID(),
  })
  const config = configure({ publicUrl: gatewayUrl, apiUrl: network.url, authToken })
  const lines = Object.values(config.phone?.lines ?? {})
  numbers.push(...lines.map(({ number, provider }) => setUp(number, `${gatewayUrl}/phone/${provider}`)))
  const caller = openHandset('caller', 'Caller')
  const agents = Object.entries(config.agents).flatMap(([key, { name, phone }]) => {
    if (!phone) return []
    const handset = openHandset(key, name)
    network.connectLive(phone, ringing(handset))
    return [handset]
  })
  network.connectLive(anyOther, ringing(caller))
  const telephone: SandboxTelephone = {
    ...{ caller, agents, callers },
    hotlines: lines.map(({ number, office, language = 'de' }) => ({
      ...{ number, language },
      office: config.offices[office]?.name ?? office,
    })),
    place(from, to) {
      const isKnown = callers.some(({ number }) => number === from)
      if (!isKnown || !lines.some(({ number }) => number === to) || caller.state() !== 'idle') return false
      return caller.take(network.placeLive(from, to), to)
    },
    callsPlaced: () =>
      network.calls().flatMap(({ direction, sid }) => (direction === 'inbound' ? [sid] : [])),
    texts: () => network.texts().filter(({ status }) => status === 'delivered'),
    faults: () => network.faults,
    async stop() {
      clock.stop()
      await network.close()
    },
  }
  return { config, telephone }
}

/** As `gateway phone setup` would set a number up. */
function setUp(number: string, base: string): NetworkNumber {
  const [voiceUrl, fallbackUrl, statusCallback] = [`${base}/in`, `${base}/fallback`, `${base}/status`]
  return { number, voiceUrl, fallbackUrl, statusCallback }
}

/** A second call to a telephone that is in use finds it engaged. */
function ringing(handset: Handset): (phone: LivePhone) => void {
  return phone => {
    const stop = phone.watch(() => {
      if (phone.state() !== 'ringing') return
      stop()
      if (!handset.take(phone, null)) phone.decline()
    })
  }
}
