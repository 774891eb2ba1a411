import express, { type Router } from 'express'
import type { Config } from '../../config/schema.ts'
import { TransientFailure } from '../../desk/failure.ts'
import type { CallEvent } from '../../desk/phone/call-event.ts'
import type { TakeInCall } from '../../intake/calls/call-deps.ts'
import type { Log } from '../../log.ts'
import { isDatabaseAway } from '../../store/database-errors.ts'
import { openClips } from './clips/clips.ts'
import { neededClips } from './clips/needed-clips.ts'
import { ctiRoutes } from './cti/cti-routes.ts'
import type { After } from './deadline.ts'
import {
  type DoorContext,
  type DoorFigures,
  isUnknownYet,
  noFigures,
  refusedLately,
  type TextStatus,
} from './door-context.ts'
import { withoutSlash } from './public-url.ts'
import { keepRejected } from './rejected-lines.ts'
import { sipgateRoutes } from './sipgate/sipgate-routes.ts'
import { openSpool, type Replayed, type TakeInLate } from './spool.ts'
import { twilioRoutes } from './twilio/routes.ts'

export interface PhoneDoorDeps {
  readonly config: Config
  readonly takeIn: TakeInCall
  /** What a provider says of a text that we sent. If it rejects, the provider is asked to say it again. */
  readonly onText: (status: TextStatus) => Promise<void>
  readonly now: () => Temporal.Instant
  readonly after: After
  /** Local: it is what is left when the database is away. */
  readonly spoolFolder: string
  readonly log: Log
}

/** Of all providers together, for whoever watches. */
export interface PhoneDoorState {
  /** Requests whose signature was missing or wrong, in the last minutes (at most sixty). */
  refusedSignatures(sinceMinutes: number): number
  /** Requests that wait in the spool. */
  readonly spooled: number
  /** Since the start: answers that took longer than a caller should wait. */
  readonly softDeadlines: number
  /** Since the start: safe answers, because time was up or something failed. */
  readonly hardDeadlines: number
  /** Since the start: genuine requests that nothing came of, by why. */
  readonly ignored: Readonly<Record<'unknown' | 'invalid' | 'not-ours', number>>
  /** Requests that were set aside, for a human to look at. */
  readonly rejected: number
  /** Recordings that callers need and that cannot be played, in number. */
  readonly missingClips: number
}

export interface PhoneDoor {
  /** Everything below /phone/<provider>; to be mounted at /phone. */
  readonly router: Router
  /** Takes in what the spool holds, as far as the database is there. Also done by itself, every five seconds. */
  replay(): Promise<Replayed>
  /** Since the start, by provider. */
  figures(): ReadonlyMap<string, Readonly<DoorFigures>>
  /** Requests that wait in the spool. */
  waiting(): number
  readonly state: PhoneDoorState
  /** After this nothing is taken in any more; what was under way has ended. The listener has to be closed before. */
  stop(): Promise<void>
}

const secondsBetweenReplays = 5
const hoursUntilKnown = 24

/** The way in for whoever carries our calls. Throws where the spool's folder cannot be written. */
export async function openPhoneDoor(deps: PhoneDoorDeps): Promise<PhoneDoor> {
  const spool = await openSpool({ folder: deps.spoolFolder, now: deps.now })
  const figures = new Map<string, DoorFigures>()
  const clips = { missing: 0 }
  const rejected = { lines: 0 }
  const underWay = new Set<Promise<unknown>>()
  const router = express.Router({ caseSensitive: true })
  const { phone } = deps.config
  if (phone) {
    for (const [providerKey, config] of Object.entries(phone.providers)) {
      const counted = noFigures()
      figures.set(providerKey, counted)
      const ctx: DoorContext = {
        ...deps,
        providerKey,
        config,
        phone,
        publicUrl: withoutSlash(phone.publicUrl),
        spool,
        figures: counted,
        track,
      }
      router.use(`/${providerKey}`, await routesOf(ctx, deps.config, clips))
    }
  }

  function track(work: Promise<unknown>): void {
    const ended = work.catch(() => {}).finally(() => underWay.delete(ended))
    underWay.add(ended)
  }

  function sum(of: (one: DoorFigures) => number): number {
    return [...figures.values()].reduce((all, one) => all + of(one), 0)
  }

  async function takeInLate(event: CallEvent): ReturnType<TakeInLate> {
    try {
      await deps.takeIn(event)
      return 'taken'
    } catch (error) {
      const age = event.at.until(deps.now()).total('hours')
      // The comparison with the provider's list finds a call that began while we were away.
      if (isUnknownYet(error) && age < hoursUntilKnown) return 'later'
      if (!isUnknownYet(error) && (isDatabaseAway(error) || error instanceof TransientFailure)) return 'wait'
      const told = { provider: event.provider, call: event.providerId, kind: event.kind, err: error }
      deps.log.error(
        told,
        'a request out of the spool cannot be taken in: it is set aside, a human has to look',
      )
      return 'never'
    }
  }

  async function replay(): Promise<Replayed> {
    const round = await spool.replay(takeInLate)
    if (round.replayed + round.rejected > 0) deps.log.info(round, 'requests out of the spool were taken in')
    return round
  }

  /** The spool is on this machine, so each gateway looks after its own. */
  async function lookAtRejected(): Promise<void> {
    const since = deps.now().subtract({ hours: 24 * (phone?.payloadDays ?? 30) })
    rejected.lines = await keepRejected(deps.spoolFolder, since)
  }

  let stopped = false
  let cancel = (): void => {}
  function turn(): void {
    const round = (spool.waiting() > 0 ? replay() : Promise.resolve()).then(lookAtRejected)
    track(round)
    round
      .catch((error: unknown) => deps.log.error({ err: error }, 'the spool cannot be read'))
      .finally(() => {
        if (!stopped) cancel = deps.after(secondsBetweenReplays * 1000, turn)
      })
  }
  turn()

  return {
    router,
    replay,
    figures: () => figures,
    waiting: spool.waiting,
    state: {
      refusedSignatures: minutes => sum(one => refusedLately(one, minutes, deps.now())),
      get spooled() {
        return spool.waiting()
      },
      get softDeadlines() {
        return sum(one => one.slow)
      },
      get hardDeadlines() {
        return sum(one => one.late + one.failed)
      },
      get ignored() {
        return {
          unknown: sum(one => one.unknown),
          invalid: sum(one => one.invalid),
          'not-ours': sum(one => one.notOurs),
        }
      },
      get rejected() {
        return rejected.lines
      },
      get missingClips() {
        return clips.missing
      },
    },
    async stop() {
      stopped = true
      cancel()
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

async function routesOf(ctx: DoorContext, whole: Config, found: { missing: number }): Promise<Router> {
  const { config, providerKey } = ctx
  switch (config.kind) {
    case 'twilio':
      return twilioRoutes({ ...ctx, config })
    case 'sipgate': {
      const clips = await openClips(config.clips, neededClips(whole, providerKey))
      for (const fault of clips.faults)
        ctx.log.error({ provider: providerKey, ...fault }, 'a recording that callers need cannot be played')
      const missing = clips.missing.map(({ clip }) => clip)
      if (missing.length > 0)
        ctx.log.error(
          { provider: providerKey, missing: missing.length, first: missing.slice(0, 5) },
          'recordings that callers need are missing; "gateway phone clips" lists them',
        )
      found.missing += missing.length + clips.faults.length
      return sipgateRoutes({ ...ctx, config }, { secret: whole.secret, clips })
    }
    case 'cti':
      return ctiRoutes({ ...ctx, config })
  }
}
