import type { Locks } from '../../../store/locks.ts'

/** The time during which this gateway, and no other one, reads a mailbox. */
export interface Tenure {
  /** Takes the lock if it is free. @throws TransientFailure database */
  begin(): Promise<boolean>
  /** Aborted when the lock is lost, or with `end`: stop reading at once. */
  readonly signal: AbortSignal
  isHeld(): boolean
  /** Stops the reading; the lock is kept until `release`, so that the commit under way is still ours. */
  end(): void
  release(): Promise<void>
}

/** Locks.onLost tells of the loss of all locks, because they all live on one connection. */
export function tenureOf(locks: Locks, key: string): Tenure {
  const name = `mailbox:${key}`
  let controller = new AbortController()
  let held = false
  locks.onLost(() => {
    held = false
    controller.abort()
  })
  return {
    async begin() {
      controller = new AbortController()
      const { signal } = controller
      // The lock may be lost in the very moment in which it is granted.
      held = (await locks.tryLock(name)) && !signal.aborted
      return held
    },
    get signal() {
      return controller.signal
    },
    isHeld: () => held,
    end: () => controller.abort(),
    async release() {
      held = false
      await locks.unlock(name)
    },
  }
}
