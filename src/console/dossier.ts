import type { Known } from '../desk/checklist.ts'
import type { TrailStep } from '../desk/decide.ts'
import type { CallDossier, DossierCallback, DossierText } from './call-dossier.ts'
import type { DossierBooks } from './customers.ts'
import type { CaseLine } from './vendor-cases.ts'

/**
 * Everything the ledger knows about one ticket, in one typed value that survives JSON: what the pages show and what
 * `gateway ticket show` and `gateway why` print. Instants are ISO 8601 in UTC, row ids are strings (bigint has no
 * JSON). Nothing here formats; nothing here writes.
 */

/** One line of the list of tickets. */
export interface TicketLine {
  readonly number: string
  readonly subject: string
  readonly state: string
  readonly customerName: string
  readonly customerAddress: string
  /** E.164; null where only an address is known. */
  readonly customerPhone: string | null
  readonly language: string
  readonly openedAt: string
  readonly changedAt: string
  /** Key of the agent who is responsible. */
  readonly assignee: string | null
  /** The running promise that is due first. */
  readonly guarantee: DossierGuarantee | null
  readonly entries: number
  /** Letters that were not accepted by a mail server, nor given up. */
  readonly lettersUnderWay: number
  readonly lettersFailed: number
}

export interface DossierEntry {
  readonly id: string
  readonly kind: string
  readonly at: string
  readonly author: string
  readonly text: string
  readonly inboundId: string | null
  readonly letterId: string | null
  readonly detail: unknown
}

export interface DossierGuarantee {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly startedAt: string
  readonly dueAt: string
  readonly endedAt: string | null
  readonly derivation: unknown
}

export interface DossierLetter {
  readonly id: string
  readonly kind: string
  readonly recipient: string
  readonly state: string
  readonly messageId: string
  readonly createdAt: string
  readonly sentAt: string | null
  readonly nextTryAt: string
  readonly attempts: number
  readonly subject: string | null
  readonly text: string | null
  /** The mail server's own words for the last attempt. */
  readonly response: string | null
  readonly failureCode: string | null
}

export interface DossierInbound {
  readonly id: string
  readonly channel: string
  /** mailbox/folder, UIDVALIDITY and UID, as a mail administrator would look for it. */
  readonly mailbox: string
  readonly folder: string
  readonly uidValidity: string
  readonly uid: string
  readonly rawSha256: string
  readonly size: string
  readonly receivedAt: string
  readonly takenInAt: string
  readonly messageId: string | null
  readonly fromAddress: string | null
  readonly subject: string
  readonly classification: string
  readonly outcome: string
  readonly rule: string
  readonly trail: readonly TrailStep[]
  readonly duplicateOfId: string | null
  readonly quarantineCode: string | null
  readonly quarantineDetail: string | null
  readonly afterState: string
}

export interface DossierParticipant {
  readonly address: string
  readonly name: string
  readonly role: string
  readonly since: string
}

/** A mail about this ticket that waited for a human, or still does. */
export interface DossierHeld {
  readonly inboundId: string
  readonly reason: string
  /** Why, in a sentence. */
  readonly because: string
  readonly state: string
  readonly decision: string | null
  readonly heldAt: string
}

/** Tickets that this one hangs together with, by their numbers. */
export interface LinkedTickets {
  /** The older ticket that this one goes on with. */
  readonly follows: string | null
  readonly followedBy: readonly string[]
  readonly mergedInto: string | null
  readonly mergedFrom: readonly string[]
}

export interface TicketDossier {
  readonly ticket: {
    readonly id: string
    readonly number: string
    readonly state: string
    readonly subject: string
    readonly customerName: string
    readonly customerAddress: string
    /** E.164; null where only an address is known. */
    readonly customerPhone: string | null
    readonly language: string
    readonly mailbox: string
    readonly group: string
    readonly office: string
    readonly openedAt: string
    readonly changedAt: string
    readonly closedAt: string | null
    readonly waitingUntil: string | null
    /** Key of the agent who is responsible. */
    readonly assignee: string | null
    readonly severity: string | null
    readonly level: number
    readonly known: Known
    readonly linked: LinkedTickets
  }
  /** What the customers' books say; null where the ticket belongs to nobody in them. */
  readonly books: DossierBooks | null
  readonly participants: readonly DossierParticipant[]
  readonly held: readonly DossierHeld[]
  readonly entries: readonly DossierEntry[]
  readonly guarantees: readonly DossierGuarantee[]
  readonly letters: readonly DossierLetter[]
  readonly inbounds: readonly DossierInbound[]
  /** With their legs, events and recordings. */
  readonly calls: readonly CallDossier[]
  readonly callbacks: readonly DossierCallback[]
  readonly texts: readonly DossierText[]
  /** How cases at manufacturers stand, oldest first; their threads are read at the case. */
  readonly vendorCases: readonly CaseLine[]
}
