import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import type { Chance } from './chance.ts'
import { NetworkFault } from './faults.ts'
import type { Knobs, WebhookFate, WebhookKind } from './knobs.ts'
import { type PostAnswer, post } from './post.ts'
import { type RetryPolicy, type RetryReason, retryPolicyOf } from './retry-policy.ts'
import { later, type NetworkClock, pass } from './virtual-clock.ts'

export interface Webhook {
  readonly kind: WebhookKind
  /** As configured, with its fragment. */
  readonly url: string
  readonly method: string
  readonly fields: Readonly<Record<string, string>>
}

/** One arrival at the gateway, as the gateway answered it. */
export interface Delivery extends Webhook {
  readonly at: Temporal.Instant
  /** Of this event: the same for its repetitions. */
  readonly token: string
  readonly attempt: number
  readonly status: number
  readonly body: string
}

export type WebhookAnswer =
  | { readonly got: true; readonly status: number; readonly contentType: string; readonly body: string }
  /** `provoked`: by a knob, or nobody listens; not the gateway's doing. */
  | { readonly got: false; readonly why: RetryReason; readonly provoked: boolean }

export interface WebhookSender {
  /** Sends it by its URL's policy. Never throws for what the other side does; NetworkFault for an unusable URL. */
  send(webhook: Webhook): Promise<WebhookAnswer>
  readonly deliveries: readonly Delivery[]
}

export interface SenderSettings {
  readonly authToken: string
  /** What the URLs begin with, and where that really is. */
  readonly publicUrl: string
  readonly gatewayUrl: string
}

export function openWebhookSender(
  settings: SenderSettings,
  clock: NetworkClock,
  chance: Chance,
  knobs: Knobs,
): WebhookSender {
  const deliveries: Delivery[] = []
  let turn: Promise<unknown> = Promise.resolve()

  /** Once, over the wire. */
  async function deliver(webhook: Webhook, token: string, attempt: number, policy: RetryPolicy) {
    const [signedUrl = ''] = webhook.url.split('#')
    const inQuery = webhook.method === 'GET'
    const query = new URLSearchParams(webhook.fields).toString()
    const url = inQuery && query !== '' ? `${signedUrl}?${query}` : signedUrl
    const answer = await post(reallyAt(url), {
      method: inQuery ? 'GET' : 'POST',
      body: inQuery ? '' : query,
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'user-agent': 'TwilioProxy/1.1',
        accept: '*/*',
        'i-twilio-idempotency-token': token,
        'x-twilio-signature': getExpectedTwilioSignature(
          settings.authToken,
          url,
          inQuery ? {} : webhook.fields,
        ),
      },
      connectTimeout: policy.connectTimeout,
      readTimeout: policy.readTimeout,
    })
    if (answer.got) {
      deliveries.push({
        ...webhook,
        at: clock.now(),
        token,
        attempt,
        status: answer.status,
        body: answer.body,
      })
    }
    return answer
  }

  function reallyAt(url: string): string {
    if (url.startsWith(`${settings.publicUrl}/`))
      return settings.gatewayUrl + url.slice(settings.publicUrl.length)
    // Something else of this machine, such as a fallback that lives elsewhere. Never the open internet.
    if (['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)) return url
    throw new NetworkFault('url', `${url} is not below ${settings.publicUrl}`)
  }

  /** In turn, so that what the gateway writes first does not depend on the machine's load. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (knobs.concurrent) return clock.during(work())
    const done = turn.then(work, work)
    turn = done.catch(() => undefined)
    return clock.during(done)
  }

  async function attemptOnce(
    webhook: Webhook,
    fate: WebhookFate,
    policy: RetryPolicy,
    token: string,
    attempt: number,
  ): Promise<WebhookAnswer> {
    const once = () => deliver(webhook, token, attempt, policy)
    const seconds = policy.readTimeout / 1000
    switch (fate.do) {
      case 'deliver':
        return answered(await inTurn(once))
      case 'duplicate': {
        const both = async (): Promise<readonly PostAnswer[]> =>
          fate.concurrently ? await Promise.all([once(), once()]) : [await once(), await once()]
        const [first] = await inTurn(both)
        return first ? answered(first) : lost('rt')
      }
      case 'delay': {
        if (fate.seconds < seconds) {
          await pass(clock, fate.seconds)
          return answered(await inTurn(once))
        }
        clock.at(later(clock.now(), fate.seconds), () => void inTurn(once))
        await pass(clock, seconds)
        return lost('rt')
      }
      case 'drop':
        await pass(clock, policy.connectTimeout / 1000)
        return lost('ct')
      case 'lose-answer':
        await inTurn(once)
        await pass(clock, seconds)
        return lost('rt')
      case 'refuse':
        return lost(fate.status < 500 ? '4xx' : '5xx')
    }
  }

  return {
    deliveries,
    async send(webhook) {
      const policy = retryPolicyOf(webhook.url)
      const token = chance.sid('')
      const until = later(clock.now(), policy.totalTimeout / 1000)
      for (let attempt = 0; ; attempt++) {
        const answer = await attemptOnce(
          webhook,
          knobs.webhooks.fate(webhook.kind, webhook.fields),
          policy,
          token,
          attempt,
        )
        const why = answer.got ? reasonIn(answer.status) : answer.why
        const again = why && (policy.retryOn.includes(why) || policy.retryOn.includes('all'))
        const late = Temporal.Instant.compare(clock.now(), until) >= 0
        if (!again || late || attempt >= policy.retries) return answer
      }
    },
  }
}

function reasonIn(status: number): RetryReason | null {
  if (status < 400) return null
  return status < 500 ? '4xx' : '5xx'
}

function answered(answer: PostAnswer): WebhookAnswer {
  if (answer.got) return answer
  // Nobody listens: the gateway is down, which tests do on purpose. Too slow is its own fault.
  return { got: false, why: answer.why, provoked: answer.why === 'ct' }
}

function lost(why: RetryReason): WebhookAnswer {
  return { got: false, why, provoked: true }
}
