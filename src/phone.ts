/**
 * The telephone part of a running gateway: providers, the door that their requests come in at, and the loops that ring,
 * send and fetch what is due. Nothing of it is started without a `phone` section in the configuration.
 */
import { join } from 'node:path'
import express, { type Router } from 'express'
import { reconcileCallsRegularly } from './channels/clock/call-reconciliation.ts'
import { wakeCallbacksWhenDue } from './channels/clock/callbacks.ts'
import type { DueLoops } from './channels/clock/due-loops.ts'
import { forgetPayloadsNightly, workRecordingsWhenDue } from './channels/clock/recordings.ts'
import { sendTextsWhenDue } from './channels/clock/texts.ts'
import { callNowRoutes } from './channels/phone/call-now/routes.ts'
import { ctiProvider } from './channels/phone/cti/provider.ts'
import { openPhoneDoor } from './channels/phone/phone-door.ts'
import { sipgateProvider } from './channels/phone/sipgate/provider.ts'
import { twilioProvider } from './channels/phone/twilio/provider.ts'
import type { ProviderConfig } from './config/phone-schema.ts'
import type { Config } from './config/schema.ts'
import type { PhoneProvider } from './desk/phone/provider.ts'
import { hangUpCalls } from './intake/calls/after-event.ts'
import type { CallDeps } from './intake/calls/call-deps.ts'
import { forgetPayloads } from './intake/calls/payloads.ts'
import { reconcileCalls } from './intake/calls/reconcile.ts'
import { workRecordings } from './intake/calls/recordings.ts'
import { takeInCall } from './intake/calls/take-in-call.ts'
import { recordTextStatus, textFailed } from './intake/calls/texts.ts'
import { callCounters } from './metrics.ts'
import { sendTexts, type TextDeps } from './outbox/texts/send-texts.ts'
import type { BlobStore } from './store/blobs.ts'
import type { Jobs } from './store/jobs.ts'
import { type ExaminedPhone, readPhonePromises } from './watch/phone-health.ts'

export interface PhoneOptions {
  readonly deps: Omit<CallDeps, 'providers'>
  /** Its own are added; `deps.wake` rings for all of them. */
  readonly loops: DueLoops
  readonly blobs: BlobStore
  readonly jobs: Jobs
  /** Whose nights are quiet. */
  readonly timeZone: string
}

/** The telephone part, running. */
export interface Phone extends ExaminedPhone {
  /** To be mounted at the root: providers' webhooks and agents' "call now" pages, all below /phone. */
  readonly router: Router
  readonly deps: CallDeps
  /** A mail promised calls or ended promised ones; `hangUps` are ringing for nothing now. */
  callbacksChanged(hangUps: readonly string[]): void
  stop(): Promise<void>
}

/** Starts what the configuration's telephone section asks for. Throws where the spool's folder cannot be written. */
export async function startPhone({
  deps: given,
  loops,
  blobs,
  jobs,
  timeZone,
}: PhoneOptions): Promise<Phone> {
  const deps: CallDeps = { ...given, providers: providersOf(given.config) }
  const { config, database, now, log } = deps
  const door = await openPhoneDoor({
    ...{ config, now, log, after: inRealTime },
    takeIn: async event => {
      const taken = await takeInCall(deps, event)
      callCounters.count(event.provider, event.kind, taken)
      return taken
    },
    onText: status => recordTextStatus(deps, status),
    spoolFolder: join(config.data, 'phone-spool'),
  })
  loops.add(
    wakeCallbacksWhenDue(deps),
    sendTextsWhenDue(() => sendTexts(textDepsOf(deps)), { now, log }),
    workRecordingsWhenDue(() => workRecordings({ ...deps, blobs }), { now, log }),
  )
  const comparing = reconcileCallsRegularly(() => reconcileCalls(deps), { now, log })
  await forgetPayloadsNightly(jobs, timeZone, () => forgetPayloads(deps), log)
  const dialling = [...deps.providers.values()].filter(({ can }) => can.dials).map(({ key }) => key)
  const router = express.Router()
  router.use(callNowRoutes(deps))
  router.use('/phone', door.router)
  return {
    router,
    deps,
    door: door.state,
    promises: () => readPhonePromises(database, dialling, now()),
    callbacksChanged(hangUps) {
      deps.wake()
      hangUpCalls(deps, hangUps)
    },
    async stop() {
      await comparing.stop()
      await door.stop()
    },
  }
}

export function textDepsOf(deps: CallDeps): TextDeps {
  return { ...deps, onFailed: (tx, text, reason) => textFailed(tx, deps, text, reason, deps.now()) }
}

function inRealTime(milliseconds: number, work: () => void): () => void {
  const timer = setTimeout(work, milliseconds)
  return () => clearTimeout(timer)
}

/** What the configuration's providers can be asked to do, by their keys. */
export function providersOf({ phone }: Config): ReadonlyMap<string, PhoneProvider> {
  const open = (key: string, provider: ProviderConfig): PhoneProvider => {
    switch (provider.kind) {
      case 'twilio':
        return twilioProvider(key, provider, phone?.publicUrl ?? '')
      case 'sipgate':
        return sipgateProvider(key)
      case 'cti':
        return ctiProvider(key)
    }
  }
  return new Map(Object.entries(phone?.providers ?? {}).map(([key, provider]) => [key, open(key, provider)]))
}
