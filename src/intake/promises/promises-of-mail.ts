import type { Severity } from '../../desk/command-arguments.ts'
import { entitlementOf, factsOf } from '../../desk/customers/entitlement.ts'
import type { InboundMail } from '../../desk/inbound.ts'
import type { Matter } from '../../desk/promise/matter.ts'
import { matterOfTicket } from '../../desk/promise/matter-of-ticket.ts'
import { levelFor } from '../../desk/promise/policy-level.ts'
import type { Ticket } from '../../desk/ticket.ts'
import { instantOf } from '../calls/call-rows.ts'
import { recogniseTicket } from '../customers/customers-of-mails.ts'
import { dayOf } from '../customers/entitlement-of-ticket.ts'
import type { PlanContext, PromiseChange } from '../plan.ts'
import { type GuaranteeRow, guaranteeRow } from './guarantee-row.ts'
import { officeNamed } from './promise-deps.ts'
import { promisedKinds, remindersOf, targetsOf } from './targets.ts'

/** What is promised with a mail that opens a ticket: worked out before anything is written, as the receipt tells it. */
export interface MailPromises {
  readonly guarantees: readonly GuaranteeRow[]
  /** End of the promise to answer. */
  readonly answerBy: Temporal.Instant
  /** The policy has it begin on a higher level. */
  readonly changes: readonly PromiseChange[]
}

/**
 * The clocks run from the moment the server had the mail, not from when we came to read it. Throws where the office is
 * not in the configuration, or never opens.
 */
export function promisesOfMail(mail: InboundMail, ticket: Ticket, context: PlanContext): MailPromises {
  const { config, now } = context
  const { id: ticketId } = ticket
  const office = officeNamed(context, ticket.office)
  const reminders = remindersOf(config)
  const matter = matterOf(ticket, context)
  const targets = targetsOf(matter, config)
  const startedAt = Temporal.Instant.compare(mail.receivedAt, now) > 0 ? now : mail.receivedAt
  const guarantees = promisedKinds.flatMap(kind => {
    const target = targets[kind]
    return target ? [guaranteeRow({ ticketId, kind, target, startedAt, now, office, reminders })] : []
  })
  const answer = guarantees.find(({ kind }) => kind === 'first-response')
  if (!answer) throw new Error('an answer is promised to everybody who writes')
  const { rises } = levelFor(matter, config.policy.levels, { used: [] })
  return {
    guarantees,
    answerBy: instantOf(answer.dueAt),
    changes: rises ? [{ kind: 'opened', ticketId }] : [],
  }
}

/** The ticket as policy sees it, with what the books say of its customer. */
export function matterOf(ticket: Ticket, context: PlanContext): Matter {
  const { config, surroundings, now } = context
  const { area = null, product = null, requestType = null } = ticket
  const recognised = recogniseTicket(ticket, context)
  const { company } = recognised
  return matterOfTicket(ticket, {
    ...{ area, product, requestType, customerSeverity: (ticket.customerSeverity ?? null) as Severity | null },
    customer: company && { name: company.name, number: company.number },
    entitlement: entitlementOf(factsOf(recognised, surroundings.customers), dayOf(now, ticket, config)),
  })
}
