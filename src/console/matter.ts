import type { Database } from '../store/database.ts'

/**
 * What the ledger knows of a matter beside its history: whose it is, how it was judged, how high it rose, and what is
 * promised about it. For the printed dossier. Survives JSON; nothing here formats, nothing here writes.
 */
export interface MatterDossier {
  readonly severity: string | null
  readonly customerSeverity: string | null
  readonly impact: string | null
  readonly level: number
  readonly area: string | null
  readonly product: string | null
  readonly requestType: string | null
  /** What the customer heard last of what comes next; '' for nothing. */
  readonly nextStep: string
  readonly contact: { readonly name: string; readonly points: readonly string[] } | null
  readonly company: { readonly name: string; readonly number: string | null } | null
  readonly promises: readonly MatterPromise[]
  readonly escalations: readonly MatterEscalation[]
  readonly steps: readonly MatterStep[]
  readonly knownProblem: { readonly key: string; readonly title: string; readonly state: string } | null
}

export interface MatterPromise {
  readonly kind: string
  readonly state: string
  readonly startedAt: string
  readonly dueAt: string
  readonly endedAt: string | null
  readonly derivation: unknown
  readonly minutes: number | null
  /** The row of the policy that says so. */
  readonly policy: string | null
  readonly reason: string | null
  readonly pausedAt: string | null
  readonly pausedFor: string | null
}

export interface MatterEscalation {
  readonly fromLevel: number
  readonly level: number
  readonly cause: string
  readonly reason: string
  readonly state: string
  /** Key of the agent who was responsible before. */
  readonly fromAgent: string | null
  readonly acknowledgedBy: string | null
  readonly acknowledgedHow: string | null
  readonly openedAt: string
  readonly acknowledgeBy: string | null
  readonly endedAt: string | null
}

export interface MatterStep {
  readonly key: string
  readonly kind: string
  readonly state: string
  readonly doneBy: string | null
  readonly remark: string
  readonly endedAt: string | null
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

/** Undefined where there is no such ticket. */
export async function matterDossier(db: Database, number: string): Promise<MatterDossier | undefined> {
  const found = await db.ticket.findUnique({
    where: { number },
    include: {
      guarantees: { orderBy: [{ startedAt: 'asc' }, { kind: 'asc' }] },
      escalations: { orderBy: [{ openedAt: 'asc' }, { level: 'asc' }] },
      steps: { orderBy: { position: 'asc' } },
      contact: { include: { points: { orderBy: [{ kind: 'asc' }, { value: 'asc' }] } } },
      company: true,
      knownProblem: true,
    },
  })
  if (!found) return undefined
  const { severity, customerSeverity, impact, level, area, product, requestType, nextStep } = found
  return {
    ...{ severity, customerSeverity, impact, level, area, product, requestType, nextStep },
    contact: found.contact && {
      name: found.contact.name,
      points: found.contact.points.map(({ value }) => value),
    },
    company: found.company && { name: found.company.name, number: found.company.number },
    promises: found.guarantees.map(one => ({
      ...{ kind: one.kind, state: one.state, derivation: one.derivation, minutes: one.minutes },
      ...{ policy: one.policy, reason: one.reason, pausedFor: one.pausedFor, pausedAt: iso(one.pausedAt) },
      ...{
        startedAt: one.startedAt.toISOString(),
        dueAt: one.dueAt.toISOString(),
        endedAt: iso(one.endedAt),
      },
    })),
    escalations: found.escalations.map(one => ({
      ...{ fromLevel: one.fromLevel, level: one.level, cause: one.cause, reason: one.reason },
      ...{ state: one.state, fromAgent: one.fromAgent, acknowledgedBy: one.acknowledgedBy },
      acknowledgedHow: one.acknowledgedHow,
      openedAt: one.openedAt.toISOString(),
      ...{ acknowledgeBy: iso(one.acknowledgeBy), endedAt: iso(one.endedAt) },
    })),
    steps: found.steps.map(({ key, kind, state, doneBy, remark, endedAt }) => ({
      ...{ key, kind, state, doneBy, remark },
      endedAt: iso(endedAt),
    })),
    knownProblem: found.knownProblem && {
      key: found.knownProblem.key,
      title: found.knownProblem.title,
      state: found.knownProblem.state,
    },
  }
}
