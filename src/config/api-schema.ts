/** The shape of the door for other systems: who may post matters, read tickets and hear of what happens. */
import { z } from 'zod'
import { ticketChannels } from '../desk/channel.ts'
import { key, text } from './words.ts'

const client = z.strictObject({
  name: text.describe('What it is, such as "Web form".'),
  token: z
    .string()
    .min(32)
    .meta({ allowed: 'at least 32 random characters' })
    .describe('Sent by it as "Authorization: Bearer …".'),
  may: z
    .array(z.enum(['post', 'read', 'subscribe']))
    .min(1)
    .describe(
      'What it may. post: new matters and further words on them; read: tickets; subscribe: webhooks.',
    ),
  mailbox: key.describe('Mailbox whose office, group and sender its matters get.'),
  channel: z
    .enum(ticketChannels)
    .default('form')
    .describe('How its matters reached us, where it does not say so itself.'),
  groups: z.array(key).optional().describe('It sees tickets of these groups only; without it all.'),
  perMinute: z.int().min(1).max(6000).default(60).describe('Requests of it in a minute.'),
})

export const api = z
  .strictObject({
    clients: z.record(key, client).default({}).describe('Systems that may use it, by key.'),
    webhookHosts: z
      .array(text)
      .default([])
      .describe(
        'Hosts inside the house, such as "crm.internal" or "127.0.0.1:9000", that webhooks may be sent to although they are private; also without TLS.',
      ),
    matterBytes: z.int().min(1000).default(200_000).describe('Largest request, without what is attached.'),
    matterFiles: z.int().min(0).max(50).default(10).describe('Attachments of a matter, or of further words.'),
    matterFileBytes: z
      .int()
      .min(0)
      .max(100_000_000)
      .default(10_000_000)
      .describe('Size of its attachments together.'),
  })
  .prefault({})
  .describe('The HTTP API below /api/v1; without clients it is closed.')

export type ApiClientConfig = z.output<typeof client>
