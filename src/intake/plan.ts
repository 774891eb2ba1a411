import type { Config } from '../config/schema.ts'
import type { Known } from '../desk/checklist.ts'
import type { Decision } from '../desk/decide.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { kindsByHumans } from '../desk/loop-budget.ts'
import type { Office } from '../desk/office-hours.ts'
import type { Ticket } from '../desk/ticket.ts'
import type { LetterRow } from '../outbox/enqueue.ts'
import type { Prisma, Ticket as TicketRow } from '../store/generated/client.ts'
import type { AbsenceRow } from './agent-absence.ts'
import { planAgentMail } from './agent-mail.ts'
import type { CallbackWish, EndedCallback } from './callback-wishes.ts'
import { planHold } from './hold.ts'
import { planJoined } from './joined-mail.ts'
import { alarms } from './letters.ts'
import { planMachineMail } from './machine-mail.ts'
import { inboundRow } from './mail-rows.ts'
import { type FreshNumber, openTicket } from './open-ticket.ts'
import { liftedBy, type SuppressionRow } from './suppression.ts'
import type { Surroundings } from './surroundings.ts'

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
  readonly letters: LetterRow[]
  /** Addresses that work again, and those that a server called unknown. */
  readonly lifted: string[]
  readonly suppressions: SuppressionRow[]
  /** What agents' absence notes say. */
  readonly absences: AbsenceRow[]
  /** Promises of tickets that an agent's mail ended. */
  readonly endedPromises: EndedPromise[]
  /** Calls that an agent promised, and promised calls that an agent's mail ended. */
  readonly callbackWishes: CallbackWish[]
  readonly endedCallbacks: EndedCallback[]
  /** Numbers under which a caller finds a ticket again. */
  readonly phones: Prisma.TicketPhoneCreateManyInput[]
  /** Held mails that an agent's mail decided on. */
  readonly decidedHeld: string[]
  /** Letters that came back whole: proof that the server had accepted them. */
  readonly returnedLetters: string[]
}

/** The open first-response promise of a ticket: kept, unless its time was over, or not owed any more. */
export interface EndedPromise {
  readonly ticketId: string
  readonly how: 'answered' | 'withdrawn'
  readonly at: Temporal.Instant
}

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
    letters: [],
    lifted: [],
    suppressions: [],
    absences: [],
    endedPromises: [],
    callbackWishes: [],
    endedCallbacks: [],
    phones: [],
    decidedHeld: [],
    returnedLetters: [],
  }
}

export interface PlanContext {
  readonly config: Config
  readonly offices: ReadonlyMap<string, Office>
  readonly now: Temporal.Instant
  readonly surroundings: Surroundings
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
