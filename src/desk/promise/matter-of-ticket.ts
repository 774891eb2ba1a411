import type { Severity } from '../command-arguments.ts'
import type { Ticket } from '../ticket.ts'
import type { Matter } from './matter.ts'

/** What policy looks at beside the ticket itself; left out where nobody knows. */
export type MatterBeside = Partial<
  Pick<
    Matter,
    'entitlement' | 'customer' | 'area' | 'product' | 'requestType' | 'impact' | 'customerSeverity'
  >
>

/** A ticket that begins just now, or that no promise was ever made for: nothing of it is broken or came back. */
export function matterOfTicket(
  { severity, group, language, level }: Pick<Ticket, 'severity' | 'group' | 'language' | 'level'>,
  beside: MatterBeside = {},
): Matter {
  return {
    severity: severity as Severity | null,
    customerSeverity: null,
    impact: null,
    entitlement: { kind: 'unknown-customer' },
    ...{ area: null, product: null, requestType: null, customer: null },
    ...{ group, language, level },
    ...{ reopened: 0, broken: [], endangered: [] },
    ...beside,
  }
}
