import type { Posted } from '../../desk/webhooks/after-posting.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'

/** What is needed to send events. */
export interface WebhookDeps extends Pick<PromiseDeps, 'database' | 'config' | 'now' | 'log'> {
  /** Sends one; never throws. outbox/webhooks/post-webhook.ts does it over the network. */
  readonly post: (signed: {
    readonly url: string
    readonly id: string
    readonly body: string
    readonly secrets: readonly string[]
    readonly at: Temporal.Instant
  }) => Promise<Posted>
  /** 0..1, for what has to be spread; Math.random where it is left out. */
  readonly jitter?: () => number
}
