import { randomUUID } from 'node:crypto'
import type { Config } from '../../config/schema.ts'
import { type Responsible, responsibleFor } from '../../desk/assignment.ts'
import type { TrailStep } from '../../desk/decide.ts'
import type { NotedAbsence } from '../../desk/on-duty.ts'
import { type Routed, type RoutingFacts, route, routeWithin } from '../../desk/routing.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Prisma } from '../../store/generated/client.ts'
import { dateOf } from '../mail-rows.ts'
import type { Load } from './load.ts'

/** A new matter gets its group, and where the routing says so somebody who answers for it. */

export interface RoutingContext {
  readonly config: Config
  readonly absences: readonly NotedAbsence[]
  readonly now: Temporal.Instant
  readonly load: Load
}

export interface Placed extends Responsible {
  readonly row: string | null
  readonly trail: readonly TrailStep[]
}

/** `office` of the ticket says whose day it is. Whoever gets the matter has one more from now on. */
export function placeMatter(facts: RoutingFacts, office: string, context: RoutingContext): Placed {
  return placeRouted(route(facts, context.config), facts.language, office, context)
}

/** A human chose the group; the rows that lead there may still say who of it gets the matter. */
export function placeWithin(facts: RoutingFacts, office: string, context: RoutingContext): Placed {
  return placeRouted(routeWithin(facts, context.config), facts.language, office, context)
}

/** Where the rows lead is known; who of the group is there is looked up now. */
export function placeRouted(
  routed: Routed,
  language: Language,
  office: string,
  { config, absences, now, load }: RoutingContext,
): Placed {
  const timeZone = config.offices[office]?.timeZone ?? 'UTC'
  const openOf = (agent: string) => load.of(agent)
  const responsible = responsibleFor(routed, language, { config, absences, timeZone, now, openOf })
  if (responsible.agent !== null) load.give(responsible.agent)
  return { ...responsible, row: routed.row, trail: routed.trail }
}

/**
 * The line of history that says where a matter went and why; undefined where the configuration knows neither areas nor
 * routing and there is nothing to say.
 */
export function routedEntry(
  ticketId: string,
  { group, agent, because, row, trail }: Placed,
  recognised: readonly TrailStep[],
  { config, now }: Pick<RoutingContext, 'config' | 'now'>,
): Prisma.EntryCreateManyInput | undefined {
  if (config.routing.length === 0 && !recognised.some(({ hit }) => hit)) return undefined
  return {
    ...{ id: randomUUID(), ticketId, kind: 'routed', at: dateOf(now), author: '', text: '' },
    inboundId: null,
    detail: {
      ...{ group, agent, because, row },
      trail: [...recognised, ...trail].map(step => ({ ...step })),
    },
  }
}
