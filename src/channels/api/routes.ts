import { figureRoutes } from './figures/routes.ts'
import { matterRoutes } from './matters/routes.ts'
import type { Route } from './route.ts'
import { ticketRoutes } from './tickets/routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'

/** All that the API does. The order is that of the document. */
export const routes: readonly Route[] = [...matterRoutes, ...ticketRoutes, ...figureRoutes, ...webhookRoutes]
