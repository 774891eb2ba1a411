/** The shape of the checklists: what has to be known before a request of a kind can be worked on. */
import { z } from 'zod'
import { procedure } from './policy-schema.ts'
import { key, text } from './words.ts'

/** Expressions run over every mail, so a file with one that does not compile must not start a gateway. */
const pattern = z
  .string()
  .min(1)
  .max(500)
  .refine(compiles)
  .meta({ allowed: 'a regular expression; its first group, or all of it, is the value' })

function compiles(source: string): boolean {
  try {
    new RegExp(source, 'iu')
    return true
  } catch {
    return false
  }
}

const label = z.strictObject({
  de: text.describe('In German, as customers and agents read it.'),
  en: text.describe('In English.'),
})

const field = z.strictObject({
  label: label.describe('What the field is called in letters.'),
  required: z
    .boolean()
    .meta({ allowed: 'true or false' })
    .default(true)
    .describe('Customers are asked for it while it is missing.'),
  kind: z
    .enum(['name', 'company', 'phone', 'product', 'serial', 'description', 'text'])
    .default('text')
    .describe('How it is found in a mail; text: only by its label or its patterns.'),
  patterns: z
    .array(pattern)
    .default([])
    .describe('How it is found beside that, such as "\\b(MV-[0-9]{3,4})\\b"; case does not count.'),
})

const requestType = z.strictObject({
  name: label.describe('Name of the kind of request.'),
  fields: z.record(key, field).describe('The checklist, in the order in which customers are asked.'),
  ...procedure,
})

const malfunction = {
  name: { de: 'Störung', en: 'Malfunction' },
  fields: {
    name: { kind: 'name', label: { de: 'Name', en: 'Name' } },
    company: { kind: 'company', label: { de: 'Firma', en: 'Company' } },
    phone: {
      kind: 'phone',
      label: { de: 'Telefonnummer für Rückfragen', en: 'Phone number for any questions' },
    },
    product: { kind: 'product', label: { de: 'Produkt', en: 'Product' } },
    serial: { kind: 'serial', label: { de: 'Seriennummer', en: 'Serial number' } },
    description: {
      kind: 'description',
      label: { de: 'Was genau geschieht und seit wann', en: 'What exactly happens, and since when' },
    },
  },
} as const

export const requestTypes = z
  .record(key, requestType)
  .prefault({ malfunction })
  .describe(
    'Checklists by kind of request: what a mail does not contain is asked for once, in the automatic answer. Without this section there is one, malfunction: name, company, phone, product, serial number and description. An empty section ({}) asks for nothing.',
  )

export type RequestType = z.output<typeof requestType>
export type RequestField = z.output<typeof field>
