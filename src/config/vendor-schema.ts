/** The shape of what is needed to take a matter to a manufacturer, or another partner outside the house. */
import { z } from 'zod'
import { address, key, language, text } from './words.ts'

const vendorLevel = z.strictObject({
  name: text.describe('Who that is inside the manufacturer, such as "Service management".'),
  address: address.describe('Where it is reached.'),
  answerMinutes: z
    .int()
    .min(1)
    .optional()
    .describe('Office minutes until an answer is due on this level; without it those of the manufacturer.'),
})

const vendor = z.strictObject({
  name: text.describe('Name of the manufacturer.'),
  address: address.describe('Its support address: new cases go there.'),
  alsoFrom: z
    .array(z.string().regex(/^(@[^\s@]+|[^\s@]+@[^\s@]+)$/))
    .meta({ allowed: 'addresses, or domains such as "@example.com"' })
    .default([])
    .describe(
      'Further addresses or domains it writes from; a reference number counts only in mail from one of them.',
    ),
  language: language.default('en').describe('Language of what we write to it.'),
  customerNumber: text.optional().describe('Our own number in its books, given in every new case.'),
  office: key.optional().describe('Office whose hours count for it; without it that of the ticket.'),
  mailbox: key.optional().describe('Mailbox that writes to it; without it that of the ticket.'),
  reference: z
    .string()
    .regex(/^[^\p{Cc}]*#[^\p{Cc}]*$/u)
    .meta({
      allowed: 'text in which each # stands for a digit and each ? for a letter, such as "SR-########"',
    })
    .optional()
    .describe(
      'What its reference numbers look like; without it they are learned from the usual forms in its first answer.',
    ),
  needs: z
    .array(z.enum(['serial', 'product', 'fault', 'measures']))
    .default(['serial', 'fault', 'measures'])
    .describe('What a case must say; one that lacks something is not opened.'),
  answerMinutes: z.int().min(1).default(510).describe('Office minutes until an answer is due.'),
  levels: z
    .array(vendorLevel)
    .max(5)
    .default([])
    .describe('Who is written to, one after the other, when no sufficient answer comes.'),
})

export const vendors = z
  .record(key, vendor)
  .default({})
  .describe('Manufacturers by key; "#hersteller key" or "#vendor key" opens a case.')

export type VendorConfig = z.output<typeof vendor>
