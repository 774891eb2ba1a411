import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { type EventType, eventRows } from '../../../desk/webhooks/events.ts'
import { testType } from '../../../desk/webhooks/payload.ts'
import { numberSchema } from '../tickets/schemas.ts'

/** What is told to webhooks, for the OpenAPI document. */

const moment = z.iso.datetime().meta({ examples: ['2026-11-24T08:12:00.000Z'] })

const ended = z
  .object({
    kind: z.string().meta({ description: 'As in the promises of a ticket.', examples: ['first-response'] }),
    state: z.enum(['kept', 'broken', 'withdrawn']),
    dueAt: moment,
  })
  .meta({ id: 'EndedPromise' })

const about = z.object({
  ticket: numberSchema,
  group: z.string().meta({ description: 'Department.' }),
  channel: z.string().meta({ description: 'How the matter reached us.' }),
  promises: z.array(ended).meta({ description: 'Promises to the customer that ended in this moment.' }),
})

const which = {
  promise: z.string().optional().meta({ description: 'Kind of the promise that this is about.' }),
  dueAt: z.string().optional(),
}
const vendor = { case: z.string().optional(), vendor: z.string().optional() }

/** What some say beside the ticket. */
const beside: Partial<Record<EventType, z.ZodRawShape>> = {
  'ticket.closed': { how: z.enum(['solved', 'spam', 'merged']) },
  'ticket.changed': {
    change: z.string().meta({ description: 'What, such as severity, assign, routed; more may be added.' }),
  },
  'ticket.escalated': { level: z.int().optional() },
  'promise.broken': which,
  'promise.moved': { change: z.enum(['moved', 'retargeted', 'paused', 'resumed']), ...which },
  'feedback.received': { score: z.int().min(1).max(5).optional(), solved: z.boolean().optional() },
  'vendor.opened': vendor,
  'vendor.answered': vendor,
  'vendor.escalated': vendor,
  'vendor.overdue': vendor,
  'vendor.closed': vendor,
}

const payloadOf = (type: string, data: z.ZodType) =>
  z
    .object({
      type: z.literal(type),
      timestamp: moment.meta({ description: 'When it happened.' }),
      data,
    })
    .meta({ id: `Event-${type}` })

/** What arrives, by its type; `webhook.test` included. */
export const payloadSchemas: Readonly<Record<string, z.ZodType>> = Object.fromEntries([
  ...eventRows.map(({ type }) => [type, payloadOf(type, about.extend(beside[type] ?? {}))]),
  [testType, payloadOf(testType, z.object({ endpoint: z.uuid() }))],
])

const headers = z.object({
  'webhook-id': z.string().meta({ description: 'Of the event. Whoever has seen it has had it.' }),
  'webhook-timestamp': z.string().meta({ description: 'Seconds since 1970, of this try.' }),
  'webhook-signature': z.string().meta({
    description: 'One or more of "v1,…", with spaces between: HMAC-SHA-256 over id, timestamp and body.',
  }),
})

const saysOf = (type: string): string =>
  eventRows.find(row => row.type === type)?.says ?? 'Somebody wanted to see whether events arrive.'

export function webhookPaths(): ZodOpenApiPathsObject {
  const paths = Object.entries(payloadSchemas).map(([type, schema]) => [
    type,
    {
      post: {
        operationId: `on-${type.replace('.', '-')}`,
        tags: ['webhooks'],
        summary: saysOf(type),
        description:
          'Verify the signature before you believe it. It names the ticket and no person: ask the API for more.',
        // It is we who come, with a signature; the token is for those who come to us.
        security: [],
        requestParams: { header: headers },
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: {
          '2XX': { description: 'It has arrived.' },
          '410': { description: 'No more is wanted: the webhook is paused.' },
          '4XX': { description: 'It is tried again; 400, 413 and 422 six times only.' },
          '5XX': { description: 'It is tried again, for three days.' },
        },
      },
    },
  ])
  return Object.fromEntries(paths)
}
