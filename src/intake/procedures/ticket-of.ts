import { randomUUID } from 'node:crypto'
import type { NotedAbsence } from '../../desk/on-duty.ts'
import type { Step, StepKind, StepState } from '../../desk/procedures/procedure.ts'
import type { Ticket } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import type { Prisma, ProcedureStep } from '../../store/generated/client.ts'
import { dateOf } from '../mail-rows.ts'
import { ticketOf } from '../ticket-rows.ts'

/** A ticket with its procedure, read under lock: whoever changes one of its steps comes after us. */
export interface ProcedureTicket extends Ticket {
  readonly knownProblemId: string | null
}

/** Undefined where the ticket is gone. */
export async function lockTicket(tx: Tx, ticketId: string): Promise<ProcedureTicket | undefined> {
  await tx.$queryRaw`select 1 from ticket where id = ${ticketId}::uuid for update`
  const row = await tx.ticket.findUnique({ where: { id: ticketId } })
  if (!row) return undefined
  return { ...ticketOf(row), knownProblemId: row.knownProblemId }
}

export type StepRow = Step & Pick<ProcedureStep, 'doneBy' | 'remark'>

/** In their order. */
export async function readSteps(tx: Tx, ticketId: string): Promise<readonly StepRow[]> {
  const rows = await tx.procedureStep.findMany({ where: { ticketId }, orderBy: { position: 'asc' } })
  return rows.map(stepOf)
}

export function stepOf({ key, kind, state, by, doneBy, remark }: ProcedureStep): StepRow {
  return { key, by, doneBy, remark, kind: kind as StepKind, state: state as StepState }
}

/** What agents' absence notes tell of now. */
export async function absencesAt(tx: Tx, now: Temporal.Instant): Promise<readonly NotedAbsence[]> {
  const at = dateOf(now)
  const rows = await tx.absence.findMany({
    where: { fromAt: { lte: at }, OR: [{ untilAt: null }, { untilAt: { gt: at } }] },
  })
  return rows.map(({ agent, fromAt, untilAt, deputy }) => ({
    agent,
    deputy,
    fromAt: Temporal.Instant.fromEpochMilliseconds(fromAt.getTime()),
    untilAt: untilAt && Temporal.Instant.fromEpochMilliseconds(untilAt.getTime()),
  }))
}

export interface ProcedureEntry {
  readonly ticketId: string
  readonly kind: ProcedureEntryKind
  readonly at: Temporal.Instant
  /** Name of an agent; '' for the gateway. */
  readonly author: string
  readonly text?: string
  readonly detail?: Prisma.InputJsonObject
  readonly letterId?: string
}

/** Every kind of line that procedures and known problems leave in a ticket's history. */
export type ProcedureEntryKind =
  | 'procedure-begun'
  | 'procedure-left'
  | 'procedure-done'
  | 'step-begun'
  | 'step-done'
  | 'step-refused'
  | 'step-skipped'
  | 'urgent'
  | 'known-problem'
  | 'known-problem-told'
  | 'known-problem-solved'

export async function addEntry(tx: Tx, entry: ProcedureEntry): Promise<void> {
  const { ticketId, kind, at, author, text = '', detail = {}, letterId = null } = entry
  await tx.entry.create({
    data: { id: randomUUID(), ticketId, kind, at: dateOf(at), author, text, detail, letterId },
  })
}
