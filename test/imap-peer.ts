/** A mail server that tests run against: the same promises are kept whichever it is. */
export interface ImapPeer {
  readonly name: string
  /** An account of its own for one test, with an empty INBOX. */
  account(): Promise<ImapAccount>
  stop(): Promise<void>
}

export interface ImapAccount {
  readonly port: number
  readonly user: string
  readonly password: string
}
