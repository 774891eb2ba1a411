import type { Config } from '../config/schema.ts'
import type { Known } from '../desk/checklist.ts'
import type { Decision } from '../desk/decide.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { kindsByHumans } from '../desk/loop-budget.ts'
import type { Office } from '../desk/office-hours.ts'
import type { WaitsFor } from '../desk/promise/resumed-promise.ts'
import type { Ticket } from '../desk/ticket.ts'
import type { LetterRow } from '../outbox/enqueue.ts'
import type { Prisma, Ticket as TicketRow } from '../store/generated/client.ts'
import type { AbsenceRow } from './agent-absence.ts'
import { planAgentMail } from './agent-mail.ts'
import type { CallbackWish, EndedCallback } from './callback-wishes.ts'
import type { TicketLink } from './customers/link-ticket.ts'
import type { PlannedSuggestion, PlannedVote } from './feedback/record-feedback.ts'
import { planHold } from './hold.ts'
import { planJoined } from './joined-mail.ts'
import { alarms } from './letters.ts'
import { planMachineMail } from './machine-mail.ts'
import { inboundRow } from './mail-rows.ts'
import { type FreshNumber, openTicket } from './open-ticket.ts'
import type { ProcedureOrder } from './procedures/procedure-orders.ts'
import type { Load } from './promises/load.ts'
import type { PlannedProgress } from './promises/planned-progress.ts'
import type { PlannedAcknowledgement, PlannedEscalation } from './promises/record-escalations.ts'
import type { PassedOn } from './routing-effects.ts'
import { liftedBy, type SuppressionRow } from './suppression.ts'
import type { Surroundings } from './surroundings.ts'
import type { VendorOrder } from './vendors/vendor-orders.ts'

/** Everything a batch will write, row by row, before the first statement runs. */
export interface Plan {
  readonly inbounds: Prisma.InboundCreateManyInput[]
  readonly tickets: Prisma.TicketCreateManyInput[]
  readonly changedTickets: Set<string>
  /** Beside `changedAt`, by ticket. */
  readonly ticketChanges: Map<string, TicketChange>
  readonly participants: Prisma.ParticipantCreateManyInput[]
  readonly held: Prisma.HeldCreateManyInput[]
  readonly entries: Prisma.EntryCreateManyInput[]
  readonly guarantees: Prisma.GuaranteeCreateManyInput[]
  /** What customers' mails added to the checklists of tickets that were there, by ticket. */
  readonly known: Map<string, Known>
  /** Customers who were recognised by what mails on their tickets told. */
  readonly links: TicketLink[]
  readonly letters: LetterRow[]
  /** Addresses that work again, and those that a server called unknown. */
  readonly lifted: string[]
  readonly suppressions: SuppressionRow[]
  /** What agents' absence notes say. */
  readonly absences: AbsenceRow[]
  /** Promises of tickets that an agent's mail ended. */
  readonly endedPromises: EndedPromise[]
  /** What else mails mean for the promises of tickets. */
  readonly promiseChanges: PromiseChange[]
  /** Tickets that an agent gave to another department. */
  readonly passedOn: PassedOn[]
  /** Escalations by agents, and agents who took a ticket or answered on it, which acknowledges one. */
  readonly escalations: PlannedEscalation[]
  readonly acknowledgements: PlannedAcknowledgement[]
  /** Calls that an agent promised, and promised calls that an agent's mail ended. */
  readonly callbackWishes: CallbackWish[]
  readonly endedCallbacks: EndedCallback[]
  /** What customers are told of the progress of their matters. */
  readonly progress: PlannedProgress[]
  /** Numbers under which a caller finds a ticket again. */
  readonly phones: Prisma.TicketPhoneCreateManyInput[]
  /** Held mails that an agent's mail decided on. */
  readonly decidedHeld: string[]
  /** Letters that came back whole: proof that the server had accepted them. */
  readonly returnedLetters: string[]
  /** What agents' mails do to procedures and known problems. */
  readonly procedureOrders: ProcedureOrder[]
  /** What mails mean for cases at manufacturers. */
  readonly vendorOrders: VendorOrder[]
  /** How customers judge us, in answers to closing letters. */
  readonly votes: PlannedVote[]
  /** What agents propose. */
  readonly suggestions: PlannedSuggestion[]
}

/** answered: the customer has heard from us; resolved: the matter is done; withdrawn: nothing of it is owed any more. */
export interface EndedPromise {
  readonly ticketId: string
  readonly how: 'answered' | 'resolved' | 'withdrawn'
  readonly at: Temporal.Instant
  /** Key of the agent who answered; left out where nobody in particular did. */
  readonly by?: string
}

export type PromiseChange = { readonly ticketId: string } & (
  | { readonly kind: 'opened' }
  /** The clock stands while we wait for somebody. */
  | { readonly kind: 'pause'; readonly waitsFor: WaitsFor; readonly until: Temporal.Instant | null }
  | { readonly kind: 'resume' }
  /** Severity, impact or the like is another one. `later`: an agent said so, and what nobody was told may end later. */
  | { readonly kind: 'retarget'; readonly later: boolean }
  | { readonly kind: 'reopened' }
)

/** What a mail or a command changes of a ticket that exists. */
export type TicketChange = Partial<
  Pick<
    TicketRow,
    | 'state'
    | 'closedAt'
    | 'waitingUntil'
    | 'assignee'
    | 'severity'
    | 'level'
    | 'group'
    | 'area'
    | 'product'
    | 'requestType'
    | 'impact'
    | 'customerSeverity'
    | 'mergedIntoId'
    | 'customerAddress'
    | 'customerPhone'
  > & { readonly customerThread: Prisma.InputJsonObject }
>

export function emptyPlan(): Plan {
  return {
    inbounds: [],
    tickets: [],
    changedTickets: new Set(),
    ticketChanges: new Map(),
    participants: [],
    held: [],
    entries: [],
    guarantees: [],
    known: new Map(),
    links: [],
    letters: [],
    lifted: [],
    suppressions: [],
    absences: [],
    endedPromises: [],
    promiseChanges: [],
    passedOn: [],
    callbackWishes: [],
    endedCallbacks: [],
    escalations: [],
    acknowledgements: [],
    progress: [],
    phones: [],
    decidedHeld: [],
    returnedLetters: [],
    procedureOrders: [],
    vendorOrders: [],
    votes: [],
    suggestions: [],
  }
}

export interface PlanContext {
  readonly config: Config
  readonly offices: ReadonlyMap<string, Office>
  readonly now: Temporal.Instant
  readonly surroundings: Surroundings
  /** Open tickets of the agents; left out where no ticket can be opened. */
  readonly load?: Load
}

/** Adds to `plan` all that follows from `decision`. `ticket` is the one the mail belongs to, drafted if it opens one. */
export function planFor(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  decision: Decision,
  ticket: Ticket | undefined,
  fresh: FreshNumber | undefined,
  context: PlanContext,
): void {
  const { action } = decision
  plan.inbounds.push(inboundRow(mail, inboundId, decision, ticket, context))
  if (action.kind === 'note-own-mail') plan.returnedLetters.push(action.letter.id)
  if (action.kind === 'quarantine') plan.letters.push(...quarantineAlarms(mail, inboundId, action, context))
  if (action.kind === 'hold') planHold(plan, mail, inboundId, action, context)
  if (action.kind === 'agent-mail') {
    const before = plan.letters.length
    planAgentMail(plan, mail, inboundId, action, context)
    // Receipts and help can be answered by a machine in an agent's name.
    if (!action.notice.send)
      plan.letters.push(...plan.letters.splice(before).filter(({ kind }) => kindsByHumans.includes(kind)))
  }
  if (action.kind === 'note-machine-mail') planMachineMail(plan, mail, inboundId, action, context)
  plan.lifted.push(...liftedBy(mail, action))
  if (!ticket) return
  if (action.kind === 'open-ticket' && fresh)
    openTicket(plan, mail, inboundId, action, ticket, fresh, context)
  if (action.kind === 'add-entry') planJoined(plan, mail, inboundId, action, context)
}

function quarantineAlarms(
  mail: InboundMail,
  inboundId: bigint,
  { code, detail }: { readonly code: string; readonly detail: string },
  { config, now }: PlanContext,
): LetterRow[] {
  return alarms(
    mail.position.mailbox,
    { event: 'quarantine', code, detail, command: `gateway quarantine show ${inboundId}` },
    config,
    now,
  )
}
