/** What the network is to do wrong. Everything it can do to a request is something the real one has been seen to do. */

export type WebhookKind =
  | 'voice'
  | 'gather'
  | 'record'
  | 'dial'
  | 'whisper'
  | 'queue'
  | 'redirect'
  | 'fallback'
  | 'call-ended'
  | 'call-progress'
  | 'recording'
  | 'message'

/** The fate of one delivery. */
export type WebhookFate =
  | { readonly do: 'deliver' }
  /** Sent twice, one after the other or at the same time; the first answer counts. */
  | { readonly do: 'duplicate'; readonly concurrently?: true }
  /** Arrives later, and so after what was sent later; past the limit the network has given up by then. */
  | { readonly do: 'delay'; readonly seconds: number }
  /** Never arrives: the connection fails. */
  | { readonly do: 'drop' }
  /** Arrives and is answered, but the answer never does: the limit passes. */
  | { readonly do: 'lose-answer' }
  /** Something in front of us answers. */
  | { readonly do: 'refuse'; readonly status: number }

export type RestKind =
  | 'calls.create'
  | 'calls.update'
  | 'calls.fetch'
  | 'calls.list'
  | 'messages.create'
  | 'messages.fetch'
  | 'messages.list'
  | 'recordings.list'
  | 'recordings.fetch'
  | 'recordings.media'
  | 'recordings.delete'

export type RestFate =
  | { readonly do: 'answer' }
  /** Refused with the provider's own error body. */
  | { readonly do: 'refuse'; readonly status: number; readonly code: number; readonly message?: string }
  /** Something in front of the provider answers, in HTML. */
  | { readonly do: 'html'; readonly status: number }
  /** Carried out, and the connection breaks before the answer. */
  | { readonly do: 'lose-answer' }
  /** Not carried out, and the connection breaks. */
  | { readonly do: 'break' }

export interface KnobBoard<Kind extends string, Fate> {
  /** The next so many of the kind; several such orders are worked off one after the other. */
  next(kind: Kind, fate: Fate, times?: number): void
  /** All of the kind (or `all` kinds) from now on. */
  always(kind: Kind | 'all', fate: Fate): void
  /** Asked for each one that no order of `next` covers; undefined leaves it to `always`. */
  decide(by: (kind: Kind, fields: Readonly<Record<string, string>>) => Fate | undefined): void
  /** Everything goes right again. */
  clear(): void
  /** What becomes of this one. */
  fate(kind: Kind, fields: Readonly<Record<string, string>>): Fate
}

export interface Knobs {
  readonly webhooks: KnobBoard<WebhookKind, WebhookFate>
  readonly rest: KnobBoard<RestKind, RestFate>
  /** Seconds between two calls that are let out; further ones queue. The provider's default is 1. */
  secondsPerCall: number
  /** Webhooks of different calls at the same time, as in life. Otherwise one after the other, so that runs repeat. */
  concurrent: boolean
  /** Numbers that texts do not reach. */
  readonly undeliverable: Set<string>
}

export function openKnobs(): Knobs {
  return {
    webhooks: openBoard<WebhookKind, WebhookFate>({ do: 'deliver' }),
    rest: openBoard<RestKind, RestFate>({ do: 'answer' }),
    secondsPerCall: 1,
    concurrent: false,
    undeliverable: new Set(),
  }
}

function openBoard<Kind extends string, Fate>(usual: Fate): KnobBoard<Kind, Fate> {
  const orders: { readonly kind: Kind; readonly fate: Fate; times: number }[] = []
  const standing = new Map<Kind | 'all', Fate>()
  let decide: ((kind: Kind, fields: Readonly<Record<string, string>>) => Fate | undefined) | undefined
  return {
    next: (kind, fate, times = 1) => void orders.push({ kind, fate, times }),
    always: (kind, fate) => void standing.set(kind, fate),
    decide(by) {
      decide = by
    },
    clear() {
      orders.length = 0
      standing.clear()
      decide = undefined
    },
    fate(kind, fields) {
      const order = orders.find(one => one.kind === kind && one.times > 0)
      if (order) {
        order.times--
        return order.fate
      }
      return decide?.(kind, fields) ?? standing.get(kind) ?? standing.get('all') ?? usual
    },
  }
}
