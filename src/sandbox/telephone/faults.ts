/**
 * What the gateway did wrong towards the network, loudly: the real one would read an error to the caller, or silently
 * do something else. Tests assert that there is none.
 */
export type FaultKind =
  /** Markup that the provider does not know, or that the documents of the house forbid. */
  | 'markup'
  /** Words instead of markup: the provider reads them to the caller. */
  | 'plain-text'
  /** No document where there must be one, without the network having caused it. */
  | 'answer'
  /** A request to the REST side with a parameter or a value that does not exist. */
  | 'request'
  /** A callback URL that the provider could not use. */
  | 'url'

export class NetworkFault extends Error {
  override readonly name = 'NetworkFault'
  readonly kind: FaultKind

  constructor(kind: FaultKind, message: string) {
    super(message)
    this.kind = kind
  }
}
