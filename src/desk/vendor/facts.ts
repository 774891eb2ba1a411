import type { NoticeText } from '../internal-text.ts'

/** A case at a manufacturer, as far as rules may know it. */
export interface VendorCaseFacts {
  readonly id: string
  /** "H100017". */
  readonly number: string
  readonly ticketId: string
  /** Key of the manufacturer in the configuration. */
  readonly vendor: string
  /** Key of the agent who opened it. */
  readonly agent: string
  readonly state: 'open' | 'closed'
}

/** By what a mail was found to speak of a case, from the surest sign to the weakest. */
export type CaseSign = 'reply-address' | 'in-reply-to' | 'references' | 'number' | 'reference' | 'named-mail'

/** Only somebody who was sent a letter of ours can show one of these. */
export function isProof(sign: CaseSign): boolean {
  return sign === 'reply-address' || sign === 'in-reply-to' || sign === 'references'
}

/** What the ledger knows about a mail and the cases at manufacturers. */
export interface VendorFacts {
  /** Not set by letters to agents: those are named by agents. */
  readonly matter: { readonly case: VendorCaseFacts; readonly sign: CaseSign } | undefined
  /** From is an address of that manufacturer. */
  readonly fromVendor: boolean
  /** From takes part in the ticket behind the case. */
  readonly fromCustomer: boolean
  /** From shares its domain with somebody who takes part in it. */
  readonly fromCustomersDomain: boolean
  /** Cases at the manufacturers whose address is in From; their tickets are none of their business. */
  readonly ownCases: readonly VendorCaseFacts[]
  /** The signed address of one agent for one case; not yet a proof that the agent wrote. */
  readonly agentCase: { readonly case: VendorCaseFacts; readonly agent: string } | undefined
  /** In-Reply-To names any letter of a case, also one to an agent. */
  readonly answeredCase: VendorCaseFacts | undefined
  /** A delivery report returns a letter to this case's manufacturer. */
  readonly returnedCase: VendorCaseFacts | undefined
  /** What agents were sent about the case and its ticket: none of it may go to the manufacturer. */
  readonly noticeTexts: readonly NoticeText[]
  /** What people wrote to this manufacturer before, and to the customer behind the case: see leakIn. */
  readonly toldVendor: readonly string[]
  readonly toldCustomer: readonly string[]
}
