import { z } from 'zod'

/** A ticket as other systems see it: no notes of agents, nothing of vendors. */

export const numberSchema = z
  .string()
  .regex(/^\d{5,20}$/)
  .meta({ description: 'Number of the ticket, digits only.', examples: ['1004711'] })

export const promiseKinds = z.string().meta({
  description: 'first-response, callback, status-update, resolution and the like; more may be added.',
  examples: ['first-response'],
})

const moment = z.iso.datetime().meta({ examples: ['2026-11-24T08:12:00.000Z'] })

export const ticketLine = z
  .object({
    number: numberSchema,
    state: z.string().meta({ description: 'open, waiting or resolved.', examples: ['open'] }),
    channel: z.string().meta({ description: 'How it reached us.', examples: ['form'] }),
    subject: z.string(),
    customer: z.object({
      name: z.string(),
      email: z.string().nullable(),
      phone: z.string().nullable().meta({ description: 'E.164.' }),
    }),
    language: z.string(),
    mailbox: z.string(),
    group: z.string().meta({ description: 'Department.' }),
    assignee: z.string().nullable().meta({ description: 'Key of the agent who is responsible.' }),
    severity: z.string().nullable(),
    level: z.int().meta({ description: 'Of escalation, from 1.' }),
    area: z.string().nullable(),
    product: z.string().nullable(),
    requestType: z.string().nullable(),
    openedAt: moment,
    changedAt: moment,
    closedAt: moment.nullable(),
    waitingUntil: moment.nullable(),
  })
  .meta({ id: 'Ticket' })

const promise = z
  .object({
    kind: promiseKinds,
    state: z.string().meta({ description: 'open, kept, broken or withdrawn.' }),
    startedAt: moment,
    dueAt: moment,
    endedAt: moment.nullable(),
    pausedAt: moment.nullable().meta({ description: 'The clock stands since then.' }),
  })
  .meta({ id: 'Promise' })

const said = z
  .object({
    at: moment,
    by: z.enum(['customer', 'agent']),
    name: z.string(),
    text: z.string(),
  })
  .meta({ id: 'Said' })

export const ticketSchema = ticketLine
  .extend({
    mergedInto: numberSchema.nullable().meta({ description: 'The ticket that goes on with it.' }),
    nextStep: z.string().meta({ description: 'What the customer heard last of what comes next.' }),
    promises: z.array(promise),
    conversation: z.array(said).meta({
      description: 'What customer and agents wrote to each other, oldest first: the last 100.',
    }),
  })
  .meta({ id: 'TicketWithPromises' })

export const listQuery = z.strictObject({
  since: z.iso.datetime({ offset: true }).optional().meta({
    description: 'Only tickets that changed at that moment or later. Not together with a cursor.',
  }),
  state: z.enum(['open', 'waiting', 'resolved']).optional(),
  group: z.string().max(100).optional().meta({ description: 'Department.' }),
  cursor: z.string().max(200).optional().meta({ description: '`next` of the answer before.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const listSchema = z
  .object({
    tickets: z.array(ticketLine),
    next: z.string().nullable().meta({
      description: 'For the next request, as `cursor`. Null at the end: come again later with `since`.',
    }),
  })
  .meta({ id: 'TicketPage' })
