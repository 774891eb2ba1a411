import type { Config } from '../config/schema.ts'
import { TransientFailure } from '../desk/failure.ts'
import { type Log, maskAddress } from '../log.ts'
import type { Database, Tx } from '../store/database.ts'
import type { Letter } from '../store/generated/client.ts'
import type { Locks } from '../store/locks.ts'
import { type After, inRealTime, openClockwork, openQuiet } from './clockwork.ts'
import { countLetters, type DeliveryState, openTroubleBook, type TroubleBook } from './delivery-state.ts'
import { clearDoubts, inheritFromTheDead } from './doubts.ts'
import type { Moment } from './outcome.ts'
import { openPipeline } from './pipeline.ts'
import type { SentLookup } from './sent-lookup.ts'
import type { Failure, Outcome } from './settle.ts'
import { openSettler } from './settler.ts'
import type { OutgoingMail, Transport } from './smtp.ts'

/**
 * Delivery: takes letters from the outbox and hands them to the mail server, at least once and as near to exactly once
 * as the protocol allows. queued -> sending -> sent, or back to queued, or unsure, or failed; `outcome.ts` holds the
 * policy, this file the wiring and the clockwork.
 */
export interface DeliveryDeps {
  readonly database: Database
  readonly locks: Locks
  readonly config: Config
  readonly compose: (letter: Letter) => OutgoingMail | Promise<OutgoingMail>
  readonly transport: Transport
  readonly lookUp: SentLookup
  /** A letter was given up; runs in the transaction that says so. Must not write to the recipient that failed. */
  readonly onFailed: (tx: Tx, letter: Letter, failure: Failure) => Promise<void>
  readonly now: () => Temporal.Instant
  readonly log: Log
  /** For fault tests: told at each step, may stop the world. */
  readonly step?: (name: DeliveryStep, letter: Letter) => void | Promise<void>
  readonly after?: After
  /** 0..1, spreads retries. */
  readonly jitter?: () => number
}

export type DeliveryStep = 'claimed' | 'before-send' | 'after-send' | 'marked'

export interface Delivery {
  /** Something was put into the outbox by this process: do not wait for the sweep. */
  nudge(): void
  /** Resolves when nothing is under way and nothing due is known; letters held back by a pause, or waiting for a retry, are not waited for. */
  drained(): Promise<void>
  state(): Promise<DeliveryState>
  /** Lets what is under way end, for `stopSeconds` at the most. */
  stop(): Promise<void>
}

/** Rounds are five seconds apart; whether other processes live is asked at every third. */
const roundsBetweenInheriting = 3
const stopSeconds = 20

/** Starts delivering at once. The transport is the delivery's own from here on: `stop` closes it. */
export function startDelivery(deps: DeliveryDeps): Delivery {
  const after = deps.after ?? inRealTime
  const trouble = openTroubleBook(deps.now, deps.log)
  const { pipeline, settler, clockwork, drained, finished } = assemble(deps, after, trouble)
  return {
    nudge: pipeline.pump,
    drained,
    state: async () => ({
      ...(await countLetters(deps.database)),
      inFlight: pipeline.inFlight(),
      lastError: trouble.last(),
    }),
    async stop() {
      clockwork.stop()
      pipeline.halt()
      const cancelForce = after(stopSeconds * 1000, () => deps.transport.close(true))
      const cancelWaiting = after(2 * stopSeconds * 1000, settler.halt)
      await finished()
      cancelForce()
      cancelWaiting()
      deps.transport.close()
    },
  }
}

/** Claiming and sending, writing down, looking up and the clock: each knows only what it is given here. */
function assemble(deps: DeliveryDeps, after: After, trouble: TroubleBook) {
  const jitter = deps.jitter ?? Math.random
  const { unsureSeconds } = deps.config.smtp
  const moment = (): Moment => ({ now: deps.now(), jitter: jitter(), unsureSeconds })
  const drained = openQuiet(() => pipeline.quiet() && !clockwork.busy() && !settler.writing())
  const finished = openQuiet(() => pipeline.quiet() && !clockwork.busy() && settler.pending() === 0)
  const onChange = (): void => {
    drained.check()
    finished.check()
  }
  const onTrouble = trouble.report
  const standing = openStanding(deps.locks, onTrouble)
  const settler = openSettler({
    database: deps.database,
    claimant: deps.locks.instanceId,
    onFailed: deps.onFailed,
    onSettled: outcomes => tell(deps, outcomes),
    onTrouble,
    onChange,
    after,
  })
  const shared = { delivery: deps, moment, settle: settler.add }
  const pipeline = openPipeline({
    ...shared,
    after,
    mayClaim: standing.good,
    onResult: trouble.learn,
    onTrouble,
    onChange,
  })
  const clockwork = openClockwork({
    after,
    onTrouble,
    onChange,
    async round(count) {
      await standing.regain()
      pipeline.pump()
      if (count % roundsBetweenInheriting === 0) await inheritFromTheDead(shared)
      await clearDoubts(shared)
    },
  })
  return { pipeline, settler, clockwork, drained: drained.reached, finished: finished.reached }
}

/**
 * Whether others still take this process for alive. Without its lock they inherit its letters, and claiming more would
 * send them twice; what is under way may end, for proof that a letter was sent counts in any case.
 */
function openStanding(locks: Locks, onTrouble: (error: unknown) => void) {
  let lost = false
  locks.onLost(() => {
    lost = true
    onTrouble(new TransientFailure('database', 'the lock of this process is lost: no letters are claimed'))
  })
  return {
    good: () => !lost,
    async regain(): Promise<void> {
      if (lost) lost = !(await locks.isAlive(locks.instanceId))
    },
  }
}

/** Each end of a letter's way is logged once, after it is in the database. */
async function tell(deps: DeliveryDeps, outcomes: readonly Outcome[]): Promise<void> {
  for (const { letter, settlement, failure } of outcomes) {
    const facts = { letter: letter.id, kind: letter.kind, to: maskAddress(letter.recipient) }
    if (failure) deps.log.error({ ...facts, code: failure.code }, 'letter given up')
    else if (settlement.state === 'sent') deps.log.info(facts, 'letter sent')
    else
      deps.log.warn(
        { ...facts, state: settlement.state, code: settlement.failureCode },
        'letter not sent yet',
      )
    if (deps.step) await deps.step('marked', letter)
  }
}
