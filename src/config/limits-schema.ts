/** The shape of what is bounded: automatic letters, and what comes from outside. */
import { z } from 'zod'

export const budgets = z.strictObject({
  addressPerHour: z.int().min(0).default(3).describe('Automatic letters to one address in an hour.'),
  addressPerDay: z.int().min(0).default(10).describe('Automatic letters to one address in a day.'),
  ticketPer10Minutes: z
    .int()
    .min(0)
    .default(10)
    .describe('Automatic letters about one ticket to one recipient, agents included, in ten minutes.'),
  ticketPerHour: z
    .int()
    .min(0)
    .default(25)
    .describe('Automatic letters about one ticket to one recipient, agents included, in an hour.'),
  reopensPerHour: z
    .int()
    .min(0)
    .default(3)
    .describe('Times in an hour that mails may reopen one ticket; over it they are only added.'),
  suppressDays: z
    .int()
    .min(1)
    .default(60)
    .describe('Days without automatic letters to an address that a server called unknown.'),
  maxAgeDays: z
    .int()
    .min(1)
    .default(7)
    .describe('A mail older than this gets its ticket but no automatic answer.'),
  // High enough for the backlog of a day without mail: the other budgets stop loops, these a burning house.
  totalPer10Minutes: z
    .int()
    .min(0)
    .default(2000)
    .describe(
      'Automatic letters to all customers together in ten minutes; must let the backlog of an outage through.',
    ),
  totalPerHour: z
    .int()
    .min(0)
    .default(5000)
    .describe('Automatic letters to all customers together in an hour.'),
})

export const limits = z.strictObject({
  mailBytes: z
    .int()
    .min(10_000)
    .default(50_000_000)
    .describe('Larger mails are taken in without their attachments.'),
  noticeAttachmentBytes: z
    .int()
    .min(0)
    .default(10_000_000)
    .describe("Attachments of a customer's mail that are sent along with a notice to an agent, together."),
  commandSeconds: z.int().min(1).default(60).describe('Longest wait for one answer of a mail server.'),
})
