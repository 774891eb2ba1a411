import type { Letter } from '../store/generated/client.ts'
import { claimDoubtful, doubtLettersOf, lastSentBefore, otherClaimants } from './claim.ts'
import type { DeliveryDeps } from './deliver.ts'
import { afterLook, lookAgain, lookedInVain, type Moment } from './outcome.ts'
import type { Verdict } from './sent-lookup.ts'
import type { Outcome } from './settle.ts'

/** What the clearing of doubts works with. */
export interface DoubtDeps {
  readonly delivery: DeliveryDeps
  readonly moment: () => Moment
  readonly settle: (outcome: Outcome) => void
}

const largestBatch = 25

/** Longer than a batch of looks takes against a slow server; after it another process may look for these letters. */
const leaseMinutes = 10

/** A round ends after so many batches, so that other work of the round gets its turn. */
const mostBatches = 20

/** Looks for the doubtful letters that are due. When looking is impossible now, they stay doubtful and it throws. */
export async function clearDoubts(deps: DoubtDeps): Promise<void> {
  for (let left = mostBatches; left > 0; left--) if ((await clearBatch(deps)) < largestBatch) return
}

async function clearBatch({ delivery, moment, settle }: DoubtDeps): Promise<number> {
  const now = delivery.now()
  const lease = now.add({ minutes: leaseMinutes })
  const letters = await claimDoubtful(delivery.database, delivery.locks.instanceId, now, lease, largestBatch)
  for (const [index, letter] of letters.entries()) {
    try {
      settle(afterLook(letter, await look(letter, delivery), moment()))
    } catch (error) {
      for (const left of letters.slice(index)) settle(lookAgain(left, moment()))
      throw error
    }
  }
  return letters.length
}

/**
 * Before "not there" is believed for good, the folder has to show that it is fed at all: many servers file nothing by
 * themselves, and then every doubtful letter would be repeated until somebody notices the copies.
 */
async function look(letter: Letter, { database, lookUp, config, now }: DeliveryDeps): Promise<Verdict> {
  const verdict = await lookUp(letter.messageId)
  if (verdict !== 'absent' || !lookedInVain(letter)) return verdict
  const filedBefore = now().subtract({ seconds: config.smtp.unsureSeconds })
  const known = await lastSentBefore(database, filedBefore)
  return known !== undefined && (await lookUp(known)) === 'sent' ? 'absent' : 'unknown'
}

/** Letters in the hands of processes that live no more become doubtful, to be looked for like any other. */
export async function inheritFromTheDead({ delivery, moment }: DoubtDeps): Promise<void> {
  for (const claimant of await otherClaimants(delivery.database, delivery.locks.instanceId)) {
    if (await delivery.locks.isAlive(claimant)) continue
    const { now, unsureSeconds } = moment()
    const count = await doubtLettersOf(delivery.database, claimant, now.add({ seconds: unsureSeconds }))
    if (count > 0) delivery.log.warn({ claimant, letters: count }, 'letters of a dead process are looked up')
  }
}
