import { z } from 'zod'
import { ticketChannels } from '../../../desk/channel.ts'
import { lengths } from '../../../desk/matters/told-matter.ts'
import { promiseKinds } from '../tickets/schemas.ts'
import { filesSchema } from './files.ts'

/** What is posted and what comes back. */

export const channelSchema = z.enum(ticketChannels).meta({
  id: 'Channel',
  description: 'How the matter reached us.',
})

const moment = z.iso.datetime({ offset: true })

const receivedAt = moment.optional().meta({
  description:
    'When the customer said it, where that was before the request; promises count from then. At most seven days ago.',
  examples: ['2026-11-24T09:12:00+01:00'],
})

const customer = z
  .strictObject({
    name: z.string().max(lengths.name).default(''),
    email: z
      .email()
      .max(254)
      .optional()
      .meta({ examples: ['petra.lindner@example.org'] }),
    phone: z
      .string()
      .max(40)
      .optional()
      .meta({
        description: 'As it was given; a number without a country is of the country of the office.',
        examples: ['+49 40 1234567'],
      }),
    handle: z
      .string()
      .max(lengths.handle)
      .default('')
      .meta({ description: 'Where else to reach the customer, such as a name in a social network.' }),
  })
  .meta({ id: 'NewCustomer', description: 'Whoever asks. One way to reach them at least, or the name.' })

export const matterSchema = z
  .strictObject({
    subject: z
      .string()
      .max(lengths.subject)
      .default('')
      .meta({ description: 'Left out: the beginning of the text.' }),
    text: z.string().trim().min(1).max(lengths.text).meta({ description: "The customer's own words." }),
    customer,
    language: z
      .enum(['de', 'en'])
      .optional()
      .meta({ description: 'Left out: of the books, else of the mailbox.' }),
    channel: channelSchema.optional(),
    mailbox: z.string().max(100).optional().meta({
      description:
        "Key of the configuration: whose office, department and sender it gets. Left out: the client's.",
    }),
    area: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'Key of the configuration. Left out: recognised.' }),
    product: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'Key of the configuration. Left out: recognised.' }),
    requestType: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'Key of the configuration. Left out: recognised.' }),
    known: z
      .record(z.string().max(100), z.string().min(1).max(lengths.value))
      .default({})
      .meta({ description: 'Answers to the checklist of the kind of request, by its fields.' }),
    reference: z
      .string()
      .max(lengths.reference)
      .default('')
      .meta({ description: 'What your system calls it; kept in the history.' }),
    receivedAt,
    severity: z.enum(['stopped', 'hindered', 'minor']).optional().meta({
      description:
        'How severe it is in the eyes of the customer. What we think of it the kind of request says, or an agent.',
    }),
    serial: z.string().trim().min(1).max(lengths.serial).optional().meta({
      description: 'Serial number of the device it is about, by which the customer may be recognised.',
    }),
    attachments: filesSchema,
    confirm: z.boolean().default(true).meta({
      description:
        'Whether the customer may get an automatic confirmation by mail. Not where you have sent one.',
    }),
  })
  .meta({ id: 'NewMatter' })

export const openedSchema = z
  .object({
    number: z
      .string()
      .meta({ description: 'Of the ticket, which the customer is told.', examples: ['1004711'] }),
    promises: z.array(z.object({ kind: promiseKinds, dueAt: moment }).meta({ id: 'NewPromise' })),
    confirmation: z.object({
      send: z.boolean(),
      because: z.string().optional().meta({ description: 'Why no confirmation goes out.' }),
    }),
  })
  .meta({ id: 'OpenedMatter' })

export const wordsSchema = z
  .strictObject({
    text: z.string().trim().min(1).max(lengths.text).meta({ description: "The customer's own words." }),
    author: z
      .string()
      .max(lengths.name)
      .default('')
      .meta({ description: "Who said it, where it was not the ticket's customer." }),
    channel: channelSchema.optional(),
    receivedAt,
    attachments: filesSchema,
  })
  .meta({ id: 'NewWords' })

export const addedSchema = z
  .object({
    number: z.string().meta({ description: 'Of the ticket that the words are in.', examples: ['1004711'] }),
    result: z.enum(['added', 'reopened', 'opened']).meta({
      description:
        'reopened: the ticket was closed, or waited for the customer. opened: it was closed too long ago, and a new one goes on with it.',
    }),
  })
  .meta({ id: 'AddedWords' })
