/**
 * The watch over promises in a running gateway, with or without a telephone: reminders, broken promises, status updates
 * and matters on their way up.
 */
import type { Router } from 'express'
import type { ApiDeps } from './channels/api/route.ts'
import { apiRouter } from './channels/api/router.ts'
import type { DueLoops } from './channels/clock/due-loops.ts'
import { wakeEscalationsWhenDue } from './channels/clock/escalations.ts'
import { wakeGuaranteesWhenDue } from './channels/clock/guarantees.ts'
import { sendReportsWhenDue } from './channels/clock/reports.ts'
import { wakeVendorCasesWhenDue } from './channels/clock/vendors.ts'
import { sendEventsWhenDue } from './channels/clock/webhooks.ts'
import { webPages } from './channels/web/pages.ts'
import type { EscalationDeps } from './intake/promises/tell-level.ts'
import { webhookPoster } from './outbox/webhooks/post-webhook.ts'

/**
 * Starts the loops; `loops` stops them. The router holds the pages on which a person of a level takes over, those on
 * which agents record what was done, those for agents who are signed in, and the API for other systems.
 */
export function watchPromises(deps: EscalationDeps & Pick<ApiDeps, 'blobs'>, loops: DueLoops): Router {
  loops.add(wakeGuaranteesWhenDue(deps), wakeEscalationsWhenDue(deps), wakeVendorCasesWhenDue(deps))
  if (deps.config.reports.length > 0) loops.add(sendReportsWhenDue(deps))
  const post = webhookPoster({ hosts: deps.config.api.webhookHosts })
  loops.add(sendEventsWhenDue({ ...deps, post }))
  return webPages(deps).use(apiRouter(deps))
}
