/** The promises of one ticket with what happened to each: for `gateway promises`. Survives JSON, as all dossiers do. */
import type { Database } from '../store/database.ts'
import type { DossierEntry } from './dossier.ts'

export interface PromiseDossier {
  readonly number: string
  readonly state: string
  readonly office: string
  readonly promises: readonly DossierPromise[]
}

export interface DossierPromise {
  readonly id: string
  readonly kind: string
  readonly state: string
  /** Why it ended as it did, in a word or two of the desk. */
  readonly reason: string | null
  readonly startedAt: string
  readonly dueAt: string
  readonly endedAt: string | null
  readonly derivation: unknown
  /** Office minutes; null where they were not recorded. */
  readonly minutes: number | null
  /** The row of the policy that says so. */
  readonly policy: string | null
  /** The last part of its time that was acted on. */
  readonly stage: string
  readonly wakeAt: string | null
  readonly pausedAt: string | null
  readonly pausedFor: string | null
  /** Of a promised call: whose hours count may be another office than the ticket's. */
  readonly line: string | null
  /** Lines of the ticket's history that speak of it, oldest first. */
  readonly history: readonly DossierEntry[]
}

/** In the order in which they were made; undefined when no ticket has this number. */
export async function ticketPromises(db: Database, number: string): Promise<PromiseDossier | undefined> {
  const found = await db.ticket.findUnique({
    where: { number },
    include: {
      entries: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
      guarantees: {
        include: { callback: true },
        orderBy: [{ startedAt: 'asc' }, { kind: 'asc' }, { id: 'asc' }],
      },
    },
  })
  if (!found) return undefined
  const { state, office, entries, guarantees } = found
  const promises = guarantees.map(({ callback, startedAt, dueAt, endedAt, wakeAt, pausedAt, ...row }) => ({
    ...{ id: row.id, kind: row.kind, state: row.state, reason: row.reason, derivation: row.derivation },
    ...{ minutes: row.minutes, policy: row.policy, stage: row.stage, pausedFor: row.pausedFor },
    startedAt: startedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    endedAt: textOf(endedAt),
    wakeAt: textOf(callback ? callback.wakeAt : wakeAt),
    pausedAt: textOf(pausedAt),
    line: callback?.line ?? null,
    history: entries.filter(({ detail }) => speaksOf(detail, row.id, callback?.id)).map(entryOf),
  }))
  return { number, state, office, promises }
}

/** Promised calls are known by the call that is owed: one promise may follow another there. */
function speaksOf(detail: unknown, guaranteeId: string, callbackId: string | undefined): boolean {
  if (typeof detail !== 'object' || detail === null) return false
  const { guaranteeId: promise, callbackId: call } = detail as Readonly<Record<string, unknown>>
  return promise === guaranteeId || (promise === undefined && call !== undefined && call === callbackId)
}

type EntryRow = Omit<DossierEntry, 'at' | 'inboundId'> & {
  readonly at: Date
  readonly inboundId: bigint | null
}

function entryOf({ id, kind, at, author, text, inboundId, letterId, detail }: EntryRow): DossierEntry {
  return {
    ...{ id, kind, author, text, letterId, detail },
    at: at.toISOString(),
    inboundId: inboundId?.toString() ?? null,
  }
}

const textOf = (at: Date | null): string | null => at?.toISOString() ?? null
