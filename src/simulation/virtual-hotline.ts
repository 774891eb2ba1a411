/**
 * The real telephone part in a time of its own: our door, rules, ledger and loops against the telephone network of the
 * sandbox, over real HTTP with real signatures, while the clock moves from event to event. A week at the hotline takes
 * minutes, and the same seed takes the same way. Tests, transcripts and simulations all stand on this.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import express from 'express'
import { apiRouter } from '../channels/api/router.ts'
import { callNowRoutes } from '../channels/phone/call-now/routes.ts'
import { openPhoneDoor, type PhoneDoor } from '../channels/phone/phone-door.ts'
import { addressesOf } from '../channels/phone/twilio/addresses.ts'
import { webPages } from '../channels/web/pages.ts'
import { officesOf } from '../config/office-calendar.ts'
import type { Config } from '../config/schema.ts'
import type { CallEvent } from '../desk/phone/call-event.ts'
import { trunksOf } from '../desk/phone/lines.ts'
import type { CallDeps } from '../intake/calls/call-deps.ts'
import { reconcileCalls } from '../intake/calls/reconcile.ts'
import { workRecordings } from '../intake/calls/recordings.ts'
import { takeInCall } from '../intake/calls/take-in-call.ts'
import { recordTextStatus } from '../intake/calls/texts.ts'
import { wakeCallbacks } from '../intake/calls/wake-callbacks.ts'
import type { Log } from '../log.ts'
import { sendTexts } from '../outbox/texts/send-texts.ts'
import { providersOf, textDepsOf } from '../phone.ts'
import type { NetworkNumber } from '../sandbox/telephone/exchange-room.ts'
import { openTelephoneNetwork, type TelephoneNetwork } from '../sandbox/telephone/telephone-network.ts'
import { type NetworkClock, openClock } from '../sandbox/telephone/virtual-clock.ts'
import type { BlobStore } from '../store/blobs.ts'
import { type Database, isDatabaseAway, openDatabase } from '../store/database.ts'

export interface HotlineSettings {
  readonly start: Temporal.Instant
  readonly seed: string
  readonly databaseUrl: string
  /** For the spool. */
  readonly folder: string
  readonly blobs: BlobStore
  readonly log: Log
  /** Between two comparisons of the provider's list of calls with ours; 5 where it is left out. */
  readonly compareMinutes?: number
  /** What else runs on this clock: does what is due, and says when the next is. */
  readonly rounds?: readonly Round[]
  /** The configuration, once the addresses of provider and gateway are known. */
  readonly configure: (addresses: HotlineAddresses) => Config
  /** Of every number, in place of ours: one that lives elsewhere. */
  readonly fallbackUrl?: string
  /** In place of ours; gets ours. */
  readonly takeIn?: (
    event: CallEvent,
    ours: typeof takeInCall,
    deps: CallDeps,
  ) => ReturnType<typeof takeInCall>
}

export type Round = (deps: CallDeps) => Promise<{ readonly nextAt: Temporal.Instant | null }>

export interface HotlineAddresses {
  readonly publicUrl: string
  readonly apiUrl: string
  readonly accountSid: string
  readonly authToken: string
}

export interface VirtualHotline {
  readonly config: Config
  readonly database: Database
  readonly network: TelephoneNetwork
  readonly clock: NetworkClock
  readonly door: PhoneDoor
  readonly deps: CallDeps
  /** Where a browser or a tester's request really reaches the gateway. */
  readonly url: string
  /** Lets time pass until then, and everything happen that is due on the way. */
  runUntil(until: Temporal.Instant): Promise<void>
  /** Does what is due now, without letting time pass. */
  settle(): Promise<void>
  close(): Promise<void>
}

const accountSid = `AC${'0'.repeat(32)}`
const authToken = 'the-token-of-the-virtual-hotline'
/** A name that only signatures know: nothing in this world may depend on the address that is really connected to. */
const publicUrl = 'https://gateway.example.com'
/** What is due at one moment may make more due; a loop that never ends is a fault to be seen. */
const mostRounds = 1000

export async function openVirtualHotline(settings: HotlineSettings): Promise<VirtualHotline> {
  const { start, seed, log } = settings
  const clock = openClock(start)
  const now = () => clock.now()
  const app = express()
  const server = createServer(app)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const numbers: NetworkNumber[] = []
  const network = await openTelephoneNetwork({
    ...{ accountSid, authToken, clock, publicUrl, numbers, seed },
    gatewayUrl: url,
  })
  const config = settings.configure({ publicUrl, apiUrl: network.url, accountSid, authToken })
  numbers.push(...numbersOf(config, settings.fallbackUrl))
  const database = openDatabase(settings.databaseUrl, 6)
  let stirred = true
  const deps: CallDeps = {
    ...{ config, database, now, log },
    offices: officesOf(config, start),
    providers: providersOf(config),
    nudge: () => {},
    wake: () => {
      stirred = true
    },
    beside: work => void clock.during(work),
  }
  const door = await openPhoneDoor({
    ...{ config, now, log },
    takeIn: event => (settings.takeIn ? settings.takeIn(event, takeInCall, deps) : takeInCall(deps, event)),
    onText: status => recordTextStatus(deps, status),
    after: (milliseconds, work) => {
      const appointment = clock.at(now().add({ milliseconds }), work)
      return () => appointment.cancel()
    },
    spoolFolder: join(settings.folder, 'phone-spool'),
  })
  app.use(callNowRoutes(deps))
  app.use(apiRouter({ ...deps, blobs: settings.blobs }))
  app.use('/phone', door.router)
  app.use(webPages(deps))

  async function settle(): Promise<void> {
    if (door.waiting() > 0) await door.replay()
    for (let round = 0; round < mostRounds; round++) {
      const callbacks = await wakeCallbacks(deps)
      const texts = await sendTexts(textDepsOf(deps))
      const recordings = await workRecordings({ ...deps, blobs: settings.blobs })
      const others: Awaited<ReturnType<Round>>[] = []
      for (const other of settings.rounds ?? []) others.push(await other(deps))
      const next = [callbacks, texts, recordings, ...others].flatMap(({ nextAt }) => nextAt ?? [])
      if (next.every(at => Temporal.Instant.compare(at, now()) > 0)) return appoint(next)
    }
    throw new Error(`more is due at ${now()} than ${mostRounds} rounds can do`)
  }

  let appointed: { readonly at: Temporal.Instant; cancel(): void } | undefined
  /** Time stops where the next row is due, though nobody telephones. */
  function appoint(instants: readonly Temporal.Instant[]): void {
    const [first] = instants.toSorted(Temporal.Instant.compare)
    appointed?.cancel()
    appointed = first && { at: first, cancel: clock.at(first, () => void deps.wake()).cancel }
  }

  /** Most moments of a call are nothing to the loops: as in life they sleep until woken, or until something is due. */
  const settleIfWoken = async () => {
    if (!stirred && door.waiting() === 0) return
    stirred = false
    await settle()
  }

  /** Like the gateway's loop, which comes again when the database was away. */
  async function compare(): Promise<void> {
    try {
      await reconcileCalls(deps)
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
      stirred = true
    }
  }

  let comparing: (() => void) | undefined
  function compareRegularly(): void {
    const appointment = clock.at(now().add({ minutes: settings.compareMinutes ?? 5 }), () => {
      deps.wake()
      void clock.during(compare()).then(compareRegularly)
    })
    comparing = () => appointment.cancel()
  }
  compareRegularly()

  return {
    ...{ config, database, network, clock, door, deps, url, settle },
    runUntil(until) {
      deps.wake()
      return network.run({ until, settle: settleIfWoken })
    },
    async close() {
      comparing?.()
      appointed?.cancel()
      await network.close()
      server.close()
      server.closeAllConnections()
      await door.stop()
      await database.$disconnect()
    },
  }
}

/** Every line and every extension behind it, set up at the provider as `gateway phone setup` says. */
function numbersOf({ phone }: Config, fallbackUrl?: string): NetworkNumber[] {
  return Object.values(phone?.lines ?? {}).flatMap(line => {
    const { arrived, fallback, status } = addressesOf(publicUrl, line.provider)
    const behind = Object.keys(line.extensions)
    const numbers = [line.number, ...trunksOf(line).flatMap(trunk => behind.map(digits => trunk + digits))]
    const urls = { voiceUrl: arrived, fallbackUrl: fallbackUrl ?? fallback, statusCallback: status }
    return numbers.map(one => ({ ...urls, number: one }))
  })
}
