import type { CallerScript, PartyScript, Step } from './actors.ts'
import { openChance } from './chance.ts'
import { placeInward } from './exchange.ts'
import type { ExchangeRoom, NetworkNumber } from './exchange-room.ts'
import type { NetworkFault } from './faults.ts'
import { type Knobs, openKnobs } from './knobs.ts'
import { type LivePhone, livePhone } from './live-phone.ts'
import { isOver, type NetCall } from './net-call.ts'
import { type NetRecording, openRecordings } from './recordings.ts'
import { openRestApi } from './rest-api.ts'
import { reachOf, type ScriptedPhone, scriptedPhone } from './scripted-phone.ts'
import { type NetText, openTexts } from './texts.ts'
import { printTranscript } from './transcript.ts'
import type { NetworkClock, RunOptions } from './virtual-clock.ts'
import { type Delivery, openWebhookSender } from './webhook-sender.ts'

export interface NetworkSettings {
  readonly accountSid: string
  readonly authToken: string
  readonly clock: NetworkClock
  /** Where the gateway really listens, and what its URLs begin with (and are signed with). Neither ends with a slash. */
  readonly gatewayUrl: string
  readonly publicUrl: string
  readonly numbers: readonly NetworkNumber[]
  /** The same seed and the same answers make the same run. */
  readonly seed: string
}

export interface TelephoneNetwork {
  readonly clock: NetworkClock
  /** The REST side's address. */
  readonly url: string
  readonly knobs: Knobs
  /** What the gateway did wrong. */
  readonly faults: readonly NetworkFault[]
  /** Who is behind a number from now on: one party, or another at every call, the last one staying. */
  connect(number: string, ...parties: readonly PartyScript[]): void
  /** Somebody rings one of the gateway's numbers. It begins when the clock goes on. */
  call(script: CallerScript, to: string): NetCall
  /** Lets time pass until nothing is left to happen, or until then. */
  run(options?: RunOptions): Promise<void>
  /** Every call, those that Dial made as well, oldest first. */
  calls(): readonly NetCall[]
  texts(): readonly NetText[]
  recordings(): readonly NetRecording[]
  /** Every arrival at the gateway with its answer. */
  deliveries(): readonly Delivery[]
  /** What happened on a call and on the legs that it dialled. */
  transcript(call: NetCall): string
  /** Steps of a call's party that never came: its words were not heard. */
  stepsLeft(call: NetCall): readonly Step[]
  /** A person rings one of the gateway's numbers. */
  placeLive(from: string, to: string): LivePhone
  /**
   * Calls to that number ring at a person's telephone, of which `incoming` is told; `anyOther`: to every number that
   * nobody else is behind.
   */
  connectLive(number: string | typeof anyOther, incoming: (phone: LivePhone) => void): void
  close(): Promise<void>
}

export const anyOther = Symbol('any other number')

/** A telephone network that behaves like Twilio towards the gateway. Resolves once its REST side listens. */
export async function openTelephoneNetwork(settings: NetworkSettings): Promise<TelephoneNetwork> {
  const { accountSid, authToken, clock, numbers, seed } = settings
  const chance = openChance(seed)
  const knobs = openKnobs()
  const parties = new Map<string, PartyScript[]>()
  const live = new Map<string | typeof anyOther, (phone: LivePhone) => void>()
  const phones = new Map<string, ScriptedPhone>()
  const calls: NetCall[] = []
  const faults: NetworkFault[] = []
  let url = ''

  /** Somebody speaks there, or it rings there already. */
  const engaged = (number: string, but: string) =>
    calls.some(
      call => !isOver(call) && call.startedAt && call.sid !== but && [call.from, call.to].includes(number),
    )

  const room: ExchangeRoom = {
    accountSid,
    clock,
    chance,
    knobs,
    numbers,
    faults,
    calls,
    legs: new Map(),
    sender: openWebhookSender(settings, clock, chance, knobs),
    recordings: openRecordings(accountSid, chance, () => url),
    phoneBehind(number, row) {
      const incoming = live.get(number) ?? (parties.has(number) ? undefined : live.get(anyOther))
      if (incoming) {
        const phone = livePhone(row, number)
        const reach = () => (engaged(number, row) ? 'busy' : 'free')
        incoming(phone)
        return { phone, reach }
      }
      const queue = parties.get(number) ?? []
      const script = (queue.length > 1 ? queue.shift() : queue[0]) ?? nobody(number)
      const phone = scriptedPhone(script, clock, chance.row(row))
      phones.set(row, phone)
      const reach = () => (!script.manyLines && engaged(number, row) ? 'busy' : reachOf(script))
      return { phone, reach }
    },
  }
  const texts = openTexts(room)
  const rest = await openRestApi(room, texts, authToken)
  url = rest.url

  return {
    clock,
    url,
    knobs,
    faults,
    connect: (number, ...row) => void parties.set(number, [...row]),
    call(script, to) {
      const phone = scriptedPhone(script, clock, chance.row(`caller ${calls.length}`))
      const call = placeInward(room, phone, script, to)
      phones.set(call.sid, phone)
      return call
    },
    run: options => clock.run(options),
    calls: () => calls,
    texts: () => texts.all,
    recordings: () => room.recordings.all(),
    deliveries: () => room.sender.deliveries,
    transcript: call => printTranscript(call.transcript),
    stepsLeft: call => phones.get(call.sid)?.left() ?? [],
    placeLive(from, to) {
      const phone = livePhone(chance.sid('live'), from)
      placeInward(room, phone, { from }, to)
      return phone
    },
    connectLive: (number, incoming) => void live.set(number, incoming),
    close: () => rest.close(),
  }
}

/** A well-formed number that does not exist. */
function nobody(number: string): PartyScript {
  return { name: number, pickUp: 'unknown-number', steps: [] }
}
