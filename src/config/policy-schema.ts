/**
 * The shape of the policy: what is promised to whom, when a matter rises, who is told and how, and where it goes. Tables
 * of rows that are read from above; in each row `when` says for what, a part left out fits everything.
 */
import { z } from 'zod'
import { key, language, span, text } from './words.ts'

const label = z.strictObject({
  de: text.describe('In German, as customers and agents read it.'),
  en: text.describe('In English.'),
})

export const severities = ['stopped', 'hindered', 'minor', 'unclassified'] as const
export const impacts = ['financial-loss', 'serious', 'normal'] as const
export const promiseKinds = [
  'first-response',
  'callback',
  'status-update',
  'resolution',
  'manager-contact',
] as const
/** A promised call is not among them: whoever we wait for, the customer expects the telephone to ring. */
const pausableKinds = ['first-response', 'status-update', 'resolution'] as const

const oneOrMore = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([schema, z.array(schema).min(1)]).transform(value => [value].flat() as z.output<Schema>[])

const matter = {
  severity: oneOrMore(z.enum(severities)).optional().describe('Our own view of how serious the fault is.'),
  impact: oneOrMore(z.enum(impacts)).optional().describe('What it costs the customer.'),
  contract: oneOrMore(key)
    .optional()
    .describe('Kinds of contract; `none` for customers without one, `warranty` for devices under warranty.'),
  area: oneOrMore(key).optional().describe('Service areas.'),
  group: oneOrMore(key).optional().describe('Groups, which are departments.'),
  customer: oneOrMore(text).optional().describe('Customer numbers or names of companies.'),
}

const target = z.strictObject({
  when: z.strictObject(matter).prefault({}).describe('For which matters; left out: for all.'),
  firstResponse: z.int().min(1).optional().describe('Office minutes until somebody answers.'),
  callback: z.int().min(1).optional().describe('Office minutes until a caller is rung back.'),
  statusUpdate: z.int().min(1).optional().describe('Office minutes between two status updates.'),
  resolution: z.int().min(1).optional().describe('Office minutes until it is solved.'),
})

const levelRule = z.strictObject({
  when: z
    .strictObject({
      ...matter,
      broken: oneOrMore(z.enum(promiseKinds)).optional().describe('A promise of this kind was broken.'),
      endangered: oneOrMore(z.enum(promiseKinds))
        .optional()
        .describe('Three quarters of the time of a promise of this kind are over.'),
      reopened: z.int().min(1).optional().describe('It was reopened so many times or more.'),
    })
    .describe('What has to be so.'),
  level: z
    .union([z.int().min(1).max(4), z.literal('next')])
    .meta({ allowed: 'a level from 1 to 4, or next' })
    .describe('The level it rises to; never falls.'),
  because: text.describe('Why, as agents and the history read it.'),
})

const way = z.enum(['mail', 'text', 'call'])

const level = z.strictObject({
  name: label.describe('What the level is called.'),
  group: key.describe('Group that is responsible on it.'),
  office: key.optional().describe('Office whose hours count for it; without it that of the ticket.'),
  ways: z.array(way).min(1).default(['mail']).describe('How its people are reached, one after the other.'),
  acknowledgeMinutes: z
    .int()
    .min(1)
    .default(30)
    .describe(
      'Minutes of its office time in which somebody has to acknowledge; then the next way, then the next level.',
    ),
  anyTime: z
    .array(z.enum(severities))
    .default([])
    .describe('Severities for which its people are told outside its hours as well, even at night.'),
})

const routingRule = z.strictObject({
  when: z
    .strictObject({
      line: oneOrMore(text).optional().describe('Lines or extensions, such as "hotline/195".'),
      mailbox: oneOrMore(key).optional().describe('Mailboxes.'),
      product: oneOrMore(key).optional().describe('Products.'),
      area: oneOrMore(key).optional().describe('Service areas.'),
      language: oneOrMore(language).optional().describe("The customer's language."),
      requestType: oneOrMore(key).optional().describe('Kinds of request.'),
      customer: oneOrMore(text).optional().describe('Customer numbers or names of companies.'),
    })
    .describe('For which matters.'),
  group: key.describe('Where they go.'),
  agent: key.optional().describe('Who gets them, if on duty; the deputy otherwise.'),
})

const words = z
  .array(z.string().min(2).max(100).meta({ allowed: 'text of at least two characters' }))
  .default([])

const area = z.strictObject({
  name: label.describe('Name of the service area.'),
  words: words.describe('Words of a mail by which it is recognised; case does not count.'),
})

const product = z.strictObject({
  name: text.describe('Name of the product.'),
  area: key.optional().describe('Service area it belongs to.'),
  words: words.describe('Other names by which it is recognised.'),
})

export const areas = z.record(key, area).default({}).describe('Service areas by key.')
export const products = z.record(key, product).default({}).describe('Products by key.')
export const contracts = z
  .record(key, z.strictObject({ name: label.describe('What the kind of contract is called.') }))
  .default({})
  .describe('Kinds of contract by key; a contract of any kind entitles to support.')

export const policy = z.strictObject({
  targets: z
    .array(target)
    .default([])
    .describe(
      'What is promised. For each promise the first row counts that fits and names it; without one, answers and calls have their times of `tickets` and `phone`, and nothing else is promised.',
    ),
  levels: z
    .array(levelRule)
    .default([])
    .describe('When a matter rises, or begins on a higher level; the highest row that fits counts.'),
  pauses: z
    .strictObject({
      customer: z
        .array(z.enum(pausableKinds))
        .default(['resolution', 'status-update'])
        .describe('Promises whose clock stands while we wait for the customer; a promised call never does.'),
      vendor: z
        .array(z.enum(pausableKinds))
        .default(['resolution'])
        .describe(
          'Promises whose clock stands while we wait for a manufacturer; a promised call never does.',
        ),
    })
    .prefault({})
    .describe('What stops a clock.'),
  updateOn: z
    .array(z.enum(['escalated', 'passed-on', 'measure', 'known-problem']))
    .default(['escalated', 'passed-on', 'measure', 'known-problem'])
    .describe('Changes of which the customer hears beside the promised rhythm.'),
  closingNeeds: z
    .strictObject({
      fromLevel: z.int().min(1).max(5).default(3).describe('From this level on; 5 for never.'),
      entries: z
        .array(z.enum(['cause', 'immediate', 'corrective', 'preventive', 'redress', 'result']))
        .default(['cause', 'result', 'preventive'])
        .describe('What must be recorded before such a ticket is closed.'),
    })
    .prefault({})
    .describe('What has to be documented.'),
})

export const levels = z
  .record(z.enum(['1', '2', '3', '4']), level)
  .optional()
  .describe('The four levels. Without them a level is a number that is shown, and nobody else is told.')

export const routing = z
  .array(routingRule)
  .default([])
  .describe('Where matters go: the first row that fits; without one, the group of the mailbox or line.')

const step = z.strictObject({
  name: label.describe('What is to be done.'),
  kind: z
    .enum(['ask', 'approve', 'letter', 'task', 'queue'])
    .describe(
      'What happens. ask: the customer is asked, an answer ends it; approve: one of `by` has to approve; letter: `letter` is sent; task: somebody of `by` does it and says so; queue: the ticket goes to the group `by`.',
    ),
  by: key.optional().describe('Agent or group who may approve or do it, or the next queue.'),
  letter: key.optional().describe('Template that is sent to the customer.'),
  optional: z
    .boolean()
    .meta({ allowed: 'true or false' })
    .default(false)
    .describe('May be skipped by a person who says why.'),
  skipBy: key
    .optional()
    .describe(
      'Agent or group who may skip an optional step, such as for an exception that has to be approved; without it whoever may do the step.',
    ),
})

/** Of a kind of request: how it is recognised, and what is done about it in which order. */
export const procedure = {
  words: words.describe('Words of a subject or of first lines by which it is recognised.'),
  area: key.optional().describe('Service area it belongs to.'),
  severity: z.enum(['stopped', 'hindered', 'minor']).optional().describe('Severity it begins with.'),
  urgent: z
    .boolean()
    .meta({ allowed: 'true or false' })
    .default(false)
    .describe('Told at once to everybody on duty in its group, such as a legal threat.'),
  checklistBeforeEscalation: z
    .boolean()
    .meta({ allowed: 'true or false' })
    .default(false)
    .describe(
      'An agent cannot escalate it while the checklist is incomplete, unless with "#eskalieren! …" or "#escalate! …".',
    ),
  steps: z.record(key, step).default({}).describe('What is done about it, in this order.'),
}

export const duty = z
  .array(
    z.strictObject({
      group: key.describe('Whose roster it is.'),
      agent: key.describe('Who is on duty.'),
      days: z
        .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
        .min(1)
        .describe('On these days.'),
      hours: z.array(span).min(1).describe("At these times, in the office's wall time."),
    }),
  )
  .default([])
  .describe(
    'Who staffs what, where a group does so by a roster; without rows for a group all of its agents are on duty all the time.',
  )

export type Policy = z.output<typeof policy>
export type LevelConfig = z.output<typeof level>
export type RoutingRule = z.output<typeof routingRule>
export type StepConfig = z.output<typeof step>
