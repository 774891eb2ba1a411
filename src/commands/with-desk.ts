/**
 * The desk for a command that acts: everything take-in needs, wired as a running gateway wires it, but without doors.
 * Letters go into the outbox and wait there for the gateway.
 */

import type { Config } from '../config/schema.ts'
import type { TakeInDeps } from '../intake/take-in.ts'
import { openLog } from '../log.ts'
import { type BlobStore, openBlobStore } from '../store/blobs.ts'
import { takeInDepsOf } from '../take-in-deps.ts'
import { CommandFailed } from './answer.ts'
import { type Place, withDatabase } from './with-database.ts'

export interface Desk {
  readonly config: Config
  readonly takeInDeps: TakeInDeps
  readonly blobs: BlobStore
}

/** Throws CommandFailed without a configuration file: the sandbox's desk exists only inside its own process. */
export async function withDesk<T>(place: Place, work: (desk: Desk) => Promise<T>): Promise<T> {
  const { config } = place
  if (!config) throw new CommandFailed('This needs a configuration file; name it with --config.')
  return withDatabase(place, async database => {
    const takeInDeps = takeInDepsOf(config, {
      database,
      now: () => Temporal.Now.instant(),
      nudge: () => {},
      // The command's answer is its only output; what take-in would log is in that answer.
      log: openLog('silent'),
    })
    return work({ config, takeInDeps, blobs: await openBlobStore(config.storage, config.data) })
  })
}
