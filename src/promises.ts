/**
 * The watch over promises in a running gateway, with or without a telephone: reminders, broken promises, status updates
 * and matters on their way up.
 */
import type { Router } from 'express'
import type { DueLoops } from './channels/clock/due-loops.ts'
import { wakeEscalationsWhenDue } from './channels/clock/escalations.ts'
import { wakeGuaranteesWhenDue } from './channels/clock/guarantees.ts'
import { webPages } from './channels/web/pages.ts'
import type { EscalationDeps } from './intake/promises/tell-level.ts'

/**
 * Starts the loops; `loops` stops them. The router holds the pages on which a person of a level takes over, those on
 * which agents record what was done, and those for agents who are signed in.
 */
export function watchPromises(deps: EscalationDeps, loops: DueLoops): Router {
  loops.add(wakeGuaranteesWhenDue(deps), wakeEscalationsWhenDue(deps))
  return webPages(deps)
}
