import type { InboundMail } from '../desk/inbound.ts'
import { inTransaction, type Tx } from '../store/database.ts'
import type { Inbound as Row } from '../store/generated/client.ts'
import { decideAndRecord, type TakeInDeps, type TakenIn } from './take-in.ts'

/** Position and bytes of a mail that was taken in, for whoever reads it again. */
export interface KeptMail {
  readonly rawSha256: string
  readonly size: number
  readonly receivedAt: Temporal.Instant
  readonly position: InboundMail['position']
}

export async function quarantinedMail(
  deps: Pick<TakeInDeps, 'database'>,
  id: bigint,
): Promise<KeptMail | undefined> {
  const row = await deps.database.inbound.findUnique({ where: { id } })
  return row?.outcome === 'quarantine' ? keptMail(row) : undefined
}

export function keptMail(row: Row): KeptMail {
  const { mailbox, folder, uidValidity, uid, rawSha256, size, receivedAt } = row
  return {
    rawSha256,
    size: Number(size),
    receivedAt: Temporal.Instant.fromEpochMilliseconds(receivedAt.getTime()),
    position: { mailbox, folder, uidValidity, uid },
  }
}

/**
 * Takes a quarantined mail in again, after it has been read anew by the caller: the quarantined row gives way to a new
 * one in the same transaction, or stays as it was when deciding fails again (the error is thrown). A mail that two
 * people release at once is released once.
 */
export async function retryQuarantined(deps: TakeInDeps, id: bigint, mail: InboundMail): Promise<TakenIn> {
  const now = deps.now()
  const { taken, letters, callbacks } = await inTransaction(deps.database, async tx => {
    await removeQuarantined(tx, id)
    return decideAndRecord(deps, tx, [mail], now)
  })
  if (letters > 0) deps.nudge()
  if (callbacks) deps.callbacksChanged?.(callbacks.hangUps)
  const [one] = taken
  if (!one) throw new Error(`inbound ${id} was not taken in again`)
  return one
}

async function removeQuarantined(tx: Tx, id: bigint): Promise<void> {
  const { count } = await tx.inbound.deleteMany({ where: { id, outcome: 'quarantine' } })
  if (count === 0) throw new Error(`inbound ${id} is not in quarantine`)
}
