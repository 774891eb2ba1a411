import type { Severity } from '../../desk/command-arguments.ts'
import type { Entitlement, Impact, Matter, PromiseKind } from '../../desk/promise/matter.ts'
import { matterOfTicket } from '../../desk/promise/matter-of-ticket.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import { entitlementOfTicket } from '../customers/entitlement-of-ticket.ts'
import type { PromiseDeps } from './promise-deps.ts'

interface MatterRow {
  readonly severity: string | null
  readonly customerSeverity: string | null
  readonly impact: string | null
  readonly area: string | null
  readonly product: string | null
  readonly requestType: string | null
  readonly group: string
  readonly office: string
  readonly language: string
  readonly level: number
  readonly company: string | null
  readonly companyNumber: string | null
  readonly reopened: number
  readonly broken: readonly string[]
  readonly endangered: readonly string[]
}

/** Everything that policy and routing may look at, as the ledger has it now. Throws where there is no such ticket. */
export async function readMatter(
  tx: Tx,
  { config, now }: Pick<PromiseDeps, 'config' | 'now'>,
  ticketId: string,
): Promise<Matter> {
  const [row] = await tx.$queryRaw<MatterRow[]>`
    select t.severity, t.customer_severity as "customerSeverity", t.impact, t.area, t.product,
      t.request_type as "requestType", t."group", t.office, t.language, t.level,
      c.name as company, c.number as "companyNumber",
      (select count(*)::int from entry e where e.ticket_id = t.id and e.kind = 'reopened') as reopened,
      array(select distinct kind from guarantee g where g.ticket_id = t.id and g.state = 'broken') as broken,
      array(select distinct kind from guarantee g where g.ticket_id = t.id and g.state = 'open'
              and (g.stage = 'three-quarters' or exists (select 1 from callback b
                     where b.guarantee_id = g.id and b.stage = 'three-quarters'))) as endangered
    from ticket t left join company c on c.id = t.company_id where t.id = ${ticketId}::uuid`
  if (!row) throw new Error(`there is no ticket ${ticketId}`)
  const entitlement = await entitlementFor(tx, config, ticketId, todayIn(row.office, { config, now }))
  const { severity, group, level, area, product, requestType, company, reopened } = row
  const language = row.language as Language
  return {
    ...matterOfTicket({ severity, group, language, level }),
    customerSeverity: row.customerSeverity as Severity | null,
    impact: row.impact as Impact | null,
    customer: company === null ? null : { name: company, number: row.companyNumber },
    broken: row.broken as readonly PromiseKind[],
    endangered: row.endangered as readonly PromiseKind[],
    ...{ entitlement, area, product, requestType, reopened },
  }
}

/** Only a policy that speaks of contracts pays for looking them up. */
async function entitlementFor(
  tx: Tx,
  { policy }: PromiseDeps['config'],
  ticketId: string,
  today: Temporal.PlainDate,
): Promise<Entitlement> {
  const asks = [...policy.targets, ...policy.levels].some(({ when }) => when.contract !== undefined)
  return asks ? entitlementOfTicket(tx, ticketId, today) : { kind: 'unknown-customer' }
}

/** A contract ends with a day of the office that serves it. */
export function todayIn(
  office: string,
  { config, now }: Pick<PromiseDeps, 'config' | 'now'>,
): Temporal.PlainDate {
  return now()
    .toZonedDateTimeISO(config.offices[office]?.timeZone ?? 'UTC')
    .toPlainDate()
}
