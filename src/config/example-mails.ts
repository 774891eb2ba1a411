/** What customers of the example desks might write: examples/<desk>/mails.yaml, offered by the sandbox. */
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { type ExampleDesk, exampleDeskFolder } from './example-desks.ts'

const mailSchema = z.strictObject({
  /** One of the desk's mailboxes. */
  to: z.email(),
  subject: z.string().min(1).max(200),
  text: z.string().min(1).max(10_000),
})

const customerSchema = z.strictObject({
  name: z.string().min(1).max(100),
  address: z.email(),
  language: z.enum(['de', 'en']),
  /** Where this person rings from. */
  phone: z
    .string()
    .regex(/^\+\d{8,15}$/)
    .optional(),
  mails: z.array(mailSchema).min(1).max(10),
})

const fileSchema = z.array(customerSchema).min(1).max(10)

/** A person from the desk's own books, with mails that fit the desk. */
export type ExampleCustomer = z.infer<typeof customerSchema>

/** Throws with the place of the mistake where the file is wrong. */
export async function loadExampleCustomers(desk: ExampleDesk): Promise<readonly ExampleCustomer[]> {
  const file = `${exampleDeskFolder(desk)}mails.yaml`
  const read = fileSchema.safeParse(parse(await readFile(file, 'utf8')))
  if (!read.success) throw new Error(`${file} is wrong: ${z.prettifyError(read.error)}`)
  return read.data
}
