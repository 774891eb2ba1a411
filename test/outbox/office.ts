import { onTestFinished } from 'vitest'
import type { Config } from '../../src/config/schema.ts'
import { openLog } from '../../src/log.ts'
import { type Delivery, type DeliveryDeps, startDelivery } from '../../src/outbox/deliver.ts'
import { openSentFolder } from '../../src/outbox/sent-lookup.ts'
import { openSmtp } from '../../src/outbox/smtp.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openLocks } from '../../src/store/locks.ts'
import { composed } from './letters.ts'
import { ManualClock } from './manual-clock.ts'

export const log = openLog('silent')

/** One delivery over a real database and a real server, with a clock in the test's hand. */
export interface Office {
  readonly delivery: Delivery
  readonly clock: ManualClock
  readonly instanceId: string
  readonly failures: { readonly letter: string; readonly code: string }[]
  /** Lets time pass, with everything that becomes due in it. */
  pass(seconds: number): Promise<void>
}

type Overrides = Partial<Pick<DeliveryDeps, 'compose' | 'onFailed' | 'step' | 'lookUp' | 'locks'>> & {
  readonly clock?: ManualClock
}

export async function openOffice(url: string, config: Config, overrides: Overrides = {}): Promise<Office> {
  const database = openDatabase(url, 4)
  const locks = overrides.locks ?? (await openLocks(url))
  const sentFolder = openSentFolder(config)
  const clock = overrides.clock ?? new ManualClock()
  const failures: { letter: string; code: string }[] = []
  const delivery = startDelivery({
    database,
    locks,
    config,
    log,
    compose: composed,
    transport: openSmtp(config.smtp, 1),
    lookUp: sentFolder.lookUp,
    onFailed: async (_tx, letter, failure) => {
      failures.push({ letter: letter.id, code: failure.code })
    },
    now: clock.now,
    after: clock.after,
    jitter: () => 0.5,
    ...overrides,
  })
  onTestFinished(async () => {
    await delivery.stop()
    await sentFolder.close()
    await locks.stop()
    await database.$disconnect()
  })
  return {
    delivery,
    clock,
    instanceId: locks.instanceId,
    failures,
    async pass(seconds) {
      const end = clock.now().add({ seconds })
      do await delivery.drained()
      while (clock.next(end))
      await delivery.drained()
    },
  }
}
