import { randomUUIDv7 } from 'node:crypto'
import type { VendorConfig } from '../../config/vendor-schema.ts'
import type { Office } from '../../desk/office-hours.ts'
import { awaitAnswer } from '../../desk/vendor/decide-case.ts'
import type { Tx } from '../../store/database.ts'
import type { Prisma, Ticket, VendorCase } from '../../store/generated/client.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { instantOf } from '../calls/call-rows.ts'
import { dateOf } from '../mail-rows.ts'
import { pausePromises, resumePromises } from '../promises/pause.ts'
import { officeNamed, type PromiseDeps } from '../promises/promise-deps.ts'

/** A case with the ticket behind it, and what the configuration still says of its manufacturer. */
export interface OpenedCase {
  readonly row: VendorCase
  readonly ticket: Ticket
  readonly vendor: VendorConfig | undefined
  /** Whose hours count for the manufacturer. */
  readonly office: Office
}

/** Locked, in the order in which cases are locked everywhere: the ticket is locked before. */
export async function readCase(tx: Tx, deps: PromiseDeps, id: string): Promise<OpenedCase> {
  await tx.$queryRaw`select id from vendor_case where id = ${id}::uuid for update`
  const { ticket, ...row } = await tx.vendorCase.findUniqueOrThrow({
    where: { id },
    include: { ticket: true },
  })
  const vendor = deps.config.vendors[row.vendor]
  return { row, ticket, vendor, office: officeNamed(deps, vendor?.office ?? ticket.office) }
}

export function vendorNameOf({ row, vendor }: Pick<OpenedCase, 'row' | 'vendor'>): string {
  return vendor?.name ?? row.vendor
}

/** Office minutes for an answer on a level, where the manufacturer is still configured. */
export function minutesOn(vendor: VendorConfig | undefined, level: number): number {
  const usual = vendor?.answerMinutes ?? 510
  return level === 0 ? usual : (vendor?.levels[level - 1]?.answerMinutes ?? usual)
}

/** Where letters about the case go: to the ordinary support, or to the level that it has risen to. */
export function addressOf({ row, vendor }: OpenedCase): string | undefined {
  return row.level === 0 ? vendor?.address : (vendor?.levels[row.level - 1]?.address ?? vendor?.address)
}

export function levelNameOf({ row, vendor }: Pick<OpenedCase, 'row' | 'vendor'>): string {
  return row.level === 0 ? '' : (vendor?.levels[row.level - 1]?.name ?? String(row.level))
}

/** One line of the sealed thread. */
export async function addMessage(
  tx: Tx,
  message: {
    readonly caseId: string
    readonly direction: 'in' | 'out' | 'note'
    readonly kind: string
    readonly at: Temporal.Instant
    readonly author: string
    readonly text?: string
    readonly detail?: object
    readonly inboundId?: bigint | null
    readonly letterId?: string | null
  },
): Promise<void> {
  const { at, text = '', detail = {}, inboundId = null, letterId = null, ...rest } = message
  await tx.vendorMessage.create({
    data: {
      ...{ id: randomUUIDv7(), ...rest, text, at: dateOf(at), inboundId, letterId },
      detail: detail as Prisma.InputJsonObject,
    },
  })
}

/** The manufacturer owes an answer from now on; a clock that runs already goes on as it is, unless a level begins anew. */
export async function beginWaiting(
  tx: Tx,
  deps: PromiseDeps,
  { row, ticket, vendor, office }: OpenedCase,
  now: Temporal.Instant,
  { level = row.level, anew = false }: { readonly level?: number; readonly anew?: boolean } = {},
): Promise<void> {
  if (row.state !== 'open') return
  const runs = row.waitsFor === 'vendor' && row.dueAt !== null && row.stage !== 'overdue'
  if (runs && !anew) return
  const { dueAt, wakeAt } = awaitAnswer(now, minutesOn(vendor, level), office)
  await tx.vendorCase.update({
    where: { id: row.id },
    data: {
      ...{ waitsFor: 'vendor', level, stage: 'none', dueAt: dateOf(dueAt), wakeAt: dateOf(wakeAt) },
      ...(row.waitsFor === 'vendor' ? {} : { since: dateOf(now) }),
    },
  })
  await pausePromises(tx, deps, { ticketId: ticket.id, waitsFor: 'vendor', now })
}

/** It is our turn, or the case is over: what was waited is counted, and our own clocks go on. */
export async function endWaiting(
  tx: Tx,
  deps: PromiseDeps,
  { row, ticket }: OpenedCase,
  now: Temporal.Instant,
): Promise<void> {
  if (row.waitsFor !== 'vendor') return
  const waited = Math.max(0, Math.round(now.since(instantOf(row.since)).total('minutes')))
  await tx.vendorCase.update({
    where: { id: row.id },
    data: {
      ...{ waitsFor: 'us', since: dateOf(now), dueAt: null, wakeAt: null, stage: 'none' },
      waitedMinutes: { increment: waited },
    },
  })
  const others = await tx.vendorCase.count({
    where: { ticketId: ticket.id, state: 'open', waitsFor: 'vendor', id: { not: row.id } },
  })
  if (others === 0) await resumePromises(tx, deps, { ticketId: ticket.id, now, waitsFor: 'vendor' })
}

export type VendorEntryKind =
  | 'vendor-opened'
  | 'vendor-wrote'
  | 'vendor-told'
  | 'vendor-escalated'
  | 'vendor-overdue'
  | 'vendor-shared'
  | 'vendor-closed'

/** A line in the ticket's history: that something happened, and never a word of the thread itself. */
export async function addVendorEntry(
  tx: Tx,
  one: Pick<OpenedCase, 'row' | 'vendor'>,
  kind: VendorEntryKind,
  at: Temporal.Instant,
  { author = '', detail = {} }: { readonly author?: string; readonly detail?: object } = {},
): Promise<void> {
  const { row } = one
  await addCallEntry(tx, {
    ...{ ticketId: row.ticketId, kind, at, author },
    detail: { case: row.number, vendor: vendorNameOf(one), ...detail },
  })
}
