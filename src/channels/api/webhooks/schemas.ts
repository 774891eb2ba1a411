import { z } from 'zod'
import { type EventType, eventRows } from '../../../desk/webhooks/events.ts'
import { mostEndpoints } from '../../../intake/webhooks/endpoints.ts'
import { keptDays } from '../../../intake/webhooks/send-events.ts'

/** Webhooks as their owner sees them. */

const [firstType, ...otherTypes] = eventRows.map(({ type }) => type)
if (!firstType) throw new Error('there are no events')

export const eventTypeSchema = z.enum([firstType, ...otherTypes] as [EventType, ...EventType[]]).meta({
  id: 'EventType',
  description: eventRows.map(({ type, says }) => `\`${type}\`: ${says}`).join('\n'),
})

const moment = z.iso.datetime().meta({ examples: ['2026-11-24T08:12:00.000Z'] })

export const idPath = z.object({
  id: z.uuid().meta({ description: 'Of the webhook.', examples: ['0b6c1c7e-5d0f-4a57-9c39-6d5d8a4f2f10'] }),
})

export const newWebhook = z
  .strictObject({
    url: z
      .string()
      .min(1)
      .max(2000)
      .meta({
        description:
          'Where events are posted: https, at a public address. The configuration may name exceptions.',
        examples: ['https://crm.example.com/hooks/gateway'],
      }),
    types: z
      .array(eventTypeSchema)
      .min(1)
      .max(100)
      .refine(types => new Set(types).size === types.length, 'A type is named twice.')
      .meta({ description: 'What it wants to hear of.' }),
  })
  .meta({ id: 'NewWebhook' })

export const webhookSchema = z
  .object({
    id: z.uuid(),
    url: z.string(),
    types: z.array(z.string()).meta({ description: 'Event types; more may be added.' }),
    state: z.enum(['active', 'paused']).meta({
      description: `paused: nothing is sent; what happens meanwhile is kept for ${keptDays} days.`,
    }),
    createdAt: moment,
    failingSince: moment.nullable().meta({
      description: 'First failure since the last success. After three days the webhook is paused.',
    }),
    waiting: z.int().meta({ description: 'Events that have not arrived yet.' }),
  })
  .meta({ id: 'Webhook' })

export const secretWords = z.string().meta({
  description: 'For verifying signatures; it is shown in this answer only.',
  examples: ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'],
})

export const createdWebhook = webhookSchema.extend({ secret: secretWords }).meta({ id: 'WebhookWithSecret' })

export const webhookList = z
  .object({ webhooks: z.array(webhookSchema) })
  .meta({ id: 'WebhookList', description: `All of this client, at most ${mostEndpoints}.` })

export const turnedSecret = z
  .object({
    secret: secretWords,
    formerUntil: moment.meta({ description: 'Until then the former secret signs as well.' }),
  })
  .meta({ id: 'TurnedSecret' })

export const sentTest = z
  .object({ webhookId: z.uuid().meta({ description: 'The header `webhook-id` with which it will arrive.' }) })
  .meta({ id: 'SentTest' })

export const replayBody = z
  .strictObject({
    since: z.iso.datetime({ offset: true }).meta({
      description: `Events that happened at that moment or later; they are kept for ${keptDays} days.`,
    }),
    also: z.enum(['delivered']).optional().meta({
      description: 'Also those that arrived. Without it only those that were given up.',
    }),
  })
  .meta({ id: 'Replay' })

export const replayed = z
  .object({ again: z.int().meta({ description: 'Events that are sent again, with the ids that they had.' }) })
  .meta({ id: 'Replayed' })

export const deliveryQuery = z.strictObject({
  state: z.enum(['queued', 'sending', 'delivered', 'failed']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const deliveryList = z
  .object({
    deliveries: z.array(
      z
        .object({
          webhookId: z.uuid().meta({ description: 'Header `webhook-id`.' }),
          state: z.string().meta({ description: 'queued, sending, delivered or failed (given up).' }),
          happenedAt: moment,
          tries: z.int(),
          result: z.string().nullable().meta({ description: 'The last status, or what went wrong.' }),
          nextTryAt: moment.nullable(),
          deliveredAt: moment.nullable(),
        })
        .meta({ id: 'Delivery' }),
    ),
  })
  .meta({ id: 'DeliveryList', description: 'The newest first.' })
