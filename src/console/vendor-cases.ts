import type { Database } from '../store/database.ts'
import type { VendorCase, VendorMessage } from '../store/generated/client.ts'

/** Cases at manufacturers, for commands. The words of a sealed thread are shown here and nowhere else. Nothing writes. */

export interface CaseLine {
  readonly number: string
  /** Key of the manufacturer. */
  readonly vendor: string
  readonly ticketNumber: string
  readonly office: string
  readonly subject: string
  readonly state: string
  /** vendor, us. */
  readonly waitsFor: string
  readonly since: string
  readonly dueAt: string | null
  readonly stage: string
  readonly level: number
  readonly reference: string | null
  readonly agent: string
  readonly openedAt: string
  readonly closedAt: string | null
  readonly waitedMinutes: number
  readonly outcome: string | null
  readonly rating: number | null
  readonly evaluation: string
}

export interface CaseMessage {
  readonly direction: string
  readonly kind: string
  readonly at: string
  readonly author: string
  readonly text: string
  readonly detail: unknown
  readonly inboundId: string | null
  readonly sharedAt: string | null
  readonly sharedBy: string | null
}

export interface CaseDossier extends CaseLine {
  readonly description: unknown
  readonly messages: readonly CaseMessage[]
}

/** Those that are due first stand first; closed ones, where asked for, behind them. */
export async function listCases(db: Database, all: boolean, most = 500): Promise<readonly CaseLine[]> {
  const rows = await db.vendorCase.findMany({
    where: all ? {} : { state: 'open' },
    include: { ticket: { select: { number: true, office: true } } },
    orderBy: [{ state: 'desc' }, { dueAt: { sort: 'asc', nulls: 'last' } }, { openedAt: 'desc' }],
    take: most,
  })
  return rows.map(row => lineOf(row, row.ticket))
}

/** Oldest first. */
export async function casesOfTicket(db: Database, ticketId: string): Promise<readonly CaseLine[]> {
  const rows = await db.vendorCase.findMany({
    where: { ticketId },
    include: { ticket: { select: { number: true, office: true } } },
    orderBy: [{ openedAt: 'asc' }, { number: 'asc' }],
  })
  return rows.map(row => lineOf(row, row.ticket))
}

/** Undefined where there is no such case. */
export async function caseDossier(db: Database, number: string): Promise<CaseDossier | undefined> {
  const row = await db.vendorCase.findUnique({
    where: { number },
    include: {
      ticket: { select: { number: true, office: true } },
      messages: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
    },
  })
  if (!row) return undefined
  return {
    ...lineOf(row, row.ticket),
    description: row.description,
    messages: row.messages.map(messageOf),
  }
}

function lineOf(row: VendorCase, ticket: { readonly number: string; readonly office: string }): CaseLine {
  const { number, vendor, subject, state, waitsFor, stage, level, reference, agent } = row
  const { waitedMinutes, outcome, rating, evaluation } = row
  return {
    ...{
      number,
      vendor,
      ticketNumber: ticket.number,
      office: ticket.office,
      subject,
      state,
      waitsFor,
      stage,
    },
    ...{ level, reference, agent, waitedMinutes, outcome, rating, evaluation },
    since: row.since.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  }
}

function messageOf(row: VendorMessage): CaseMessage {
  const { direction, kind, author, text, detail, sharedBy } = row
  return {
    ...{ direction, kind, author, text, detail, sharedBy },
    at: row.at.toISOString(),
    inboundId: row.inboundId?.toString() ?? null,
    sharedAt: row.sharedAt?.toISOString() ?? null,
  }
}
