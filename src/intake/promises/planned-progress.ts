import type { Tx } from '../../store/database.ts'
import { tellResult } from './closing.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { sendUpdate } from './status-update.ts'

/** What agents' mails have customers told, in the transaction that takes those mails in. */
export type PlannedProgress =
  | {
      readonly kind: 'update'
      readonly ticketId: string
      readonly done: string
      readonly next: string
      readonly by: string | null
      readonly automatic: boolean
    }
  | {
      readonly kind: 'result'
      readonly ticketId: string
      readonly by: string
      /** The agent's own words have told it. */
      readonly isTold: boolean
      /** It is closed now, so that its customer may be asked how it went. */
      readonly asks: boolean
    }

/** After everything else of the mails is written: what is told are the facts as they stand then. */
export async function recordProgress(
  tx: Tx,
  deps: PromiseDeps,
  planned: readonly PlannedProgress[],
  now: Temporal.Instant,
): Promise<void> {
  for (const one of planned)
    if (one.kind === 'update') await sendUpdate(tx, deps, { ...one, now })
    else await tellResult(tx, deps, { ...one, now })
}
