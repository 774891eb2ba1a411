/**
 * The shape of gateway.yaml: names, numbers, hours and categories are configuration, never code.
 * Every key has a `.describe()`: docs/configuration.md is generated from it. What one key alone cannot tell
 * (references, overlaps, contradictions) is judged in cross-checks.ts.
 */
import { z } from 'zod'
import { agentRole } from './agent-schema.ts'
import { api } from './api-schema.ts'
import { feedback, reports } from './feedback-schema.ts'
import { budgets, limits } from './limits-schema.ts'
import { mailbox, secondWay, smtp } from './mail-schema.ts'
import { office } from './office-schema.ts'
import { agentPhone, phone } from './phone-schema.ts'
import { areas, contracts, duty, levels, policy, products, routing } from './policy-schema.ts'
import { requestTypes } from './request-schema.ts'
import { vendors } from './vendor-schema.ts'
import { address, day, key, language, port, secret, text, url } from './words.ts'

const database = z.strictObject({
  url: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/)
    .meta({ allowed: 'a URL such as postgresql://user:password@host:5432/gateway' })
    .optional()
    .describe('PostgreSQL to use; without it an embedded one runs below `data`.'),
  connections: z.int().min(2).max(100).default(6).describe('Connections of one gateway process.'),
})

const http = z.strictObject({
  host: text.default('127.0.0.1').describe('Address to listen on.'),
  port: port.default(8025).describe('Port of health, metrics and pages.'),
  publicUrl: url
    .optional()
    .describe('Address under which people reach the pages; else phone.publicUrl, else host and port.'),
})

const group = z.strictObject({
  name: text.describe('Name of the group.'),
  agents: z.array(key).min(1).describe('Its agents, by their keys.'),
})

const agent = z.strictObject({
  name: text.describe('Name as customers may read it.'),
  addresses: z
    .array(address)
    .min(1)
    .describe('Addresses the agent writes from; the first one gets the mail.'),
  language: language.default('de').describe('Language of mail to this agent.'),
  tokensSince: day
    .optional()
    .describe('Reply addresses in notices sent to this agent before this day are worthless.'),
  timeZone: text
    .meta({ allowed: 'an IANA time zone such as Europe/London' })
    .optional()
    .describe("Time zone of times in mail to this agent; without it that of the ticket's office."),
  signature: z
    .string()
    .max(2000)
    .regex(/^(?=[\s\S]*\S)(?:[^\p{Cc}]|\n)+$/u)
    .meta({ allowed: 'text of one or more lines' })
    .optional()
    .describe('Put below an answer to a customer where the agent wrote no closing.'),
  deputy: key.optional().describe('Agent who also gets the mail of this one during an absence.'),
  absences: z
    .array(
      z.strictObject({
        from: day.describe('First day of the absence.'),
        to: day.describe('Last day of the absence.'),
      }),
    )
    .default([])
    .describe('Absences that are known beforehand; others are read from absence notes.'),
  ...agentPhone,
  ...agentRole,
})

const storage = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('files').describe('Files below `data`.') }),
    z.strictObject({
      kind: z.literal('s3').describe('An S3-compatible store.'),
      bucket: text.describe('Name of the bucket; it must exist.'),
      prefix: z
        .string()
        .meta({ allowed: 'text' })
        .default('')
        .describe('Put before every object name, such as "gateway/".'),
      region: text.default('eu-central-1').describe('Region of the bucket.'),
      endpoint: z
        .url({ protocol: /^https?$/ })
        .meta({ allowed: 'a URL such as https://s3.example.com' })
        .optional()
        .describe('Address of the store where it is not Amazon.'),
      accessKeyId: secret
        .optional()
        .describe('Access key; without it the usual places of the AWS library are tried.'),
      secretAccessKey: secret.optional().describe('Secret of the access key.'),
    }),
  ])
  .default({ kind: 'files' })
  .describe('Where raw mail is kept.')

const tickets = z.strictObject({
  format: z
    .string()
    .regex(/^[^\p{Cc}]*\{number\}[^\p{Cc}]*$/u)
    .meta({ allowed: 'text with {number} in it, such as "[#{number}]"' })
    .default('[#{number}]')
    .describe('How a ticket number is shown in subjects.'),
  digits: z.int().min(7).max(12).default(7).describe('Digits of a ticket number, its check digit included.'),
  reopenDays: z
    .int()
    .min(0)
    .default(14)
    .describe('Days after closing in which an answer opens a ticket again; a later one begins a new ticket.'),
  firstResponseMinutes: z
    .int()
    .min(1)
    .default(120)
    .describe('Office minutes until somebody answers; promised in the auto-reply.'),
})

const alarms = z.strictObject({
  to: z.array(address).default([]).describe('Who hears of quarantined mail and refused letters.'),
  second: secondWay
    .optional()
    .describe('Another mail account, at another provider if possible, for alarms when mail itself fails.'),
  watchMinutes: z
    .int()
    .min(1)
    .max(60)
    .default(5)
    .describe('How often a second session compares each mailbox with what its reader knows.'),
  patienceMinutes: z
    .int()
    .min(0)
    .default(10)
    .describe('How long a trouble that may pass by itself lasts before the alarm is given.'),
  oldestUnreadMinutes: z
    .int()
    .min(1)
    .default(30)
    .describe('Alarm when the oldest mail that is not taken in has waited this long.'),
})

const log = z.strictObject({
  level: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least severity that is logged.'),
})

export const configSchema = z.strictObject({
  instance: key
    .default('gateway')
    .describe('Name of this gateway in the headers of its mail; unique where several exist.'),
  company: text.describe('The company in the words of its letters.'),
  secret: z
    .string()
    .min(32)
    .meta({ allowed: 'at least 32 random characters' })
    .describe(
      'Signs reply addresses. Whoever changes it makes the reply addresses of older letters worthless.',
    ),
  data: text.default('./data').describe('Folder of the embedded database and of the raw mail.'),
  database: database.prefault({}).describe('The ledger.'),
  http: http.prefault({}).describe('Health, metrics and pages.'),
  offices: z.record(key, office).describe('Offices by key.'),
  groups: z.record(key, group).describe('Groups of agents by key.'),
  agents: z.record(key, agent).describe('Agents by key.'),
  mailboxes: z.record(key, mailbox).describe('Mailboxes by key.'),
  smtp: smtp.describe('The server that letters are handed to.'),
  phone: phone.optional().describe('The hotline; without it there are only mailboxes.'),
  storage,
  tickets: tickets.prefault({}).describe('Ticket numbers and promises.'),
  requestTypes,
  areas,
  products,
  contracts,
  policy: policy.prefault({}).describe('What is promised, and when a matter rises.'),
  levels,
  routing,
  duty,
  vendors,
  feedback: feedback.optional(),
  reports,
  api,
  budgets: budgets.prefault({}).describe('Loop budget: over it a mail is taken in and nothing is sent.'),
  limits: limits.prefault({}).describe('Caps on what comes from outside.'),
  alarms: alarms.prefault({}).describe('What needs a human.'),
  templates: text
    .optional()
    .describe('Folder whose letters take the place of the built-in ones of the same name.'),
  log: log.prefault({}).describe('The log on standard output.'),
})

/** The effective configuration: defaults filled in, every combination checked. */
export type Config = z.output<typeof configSchema>
export type MailboxConfig = Config['mailboxes'][string]
export type OfficeConfig = Config['offices'][string]
