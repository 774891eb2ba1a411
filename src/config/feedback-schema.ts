/** The shape of asking customers how it went, of who hears of dissatisfaction, and of who gets which report. */
import { z } from 'zod'
import { key } from './words.ts'

export const feedback = z
  .strictObject({
    manager: key.describe(
      'Agent or group who hears of dissatisfied customers: the technical support manager.',
    ),
    lowScore: z.int().min(1).max(4).default(2).describe('From 1 to 5; a vote of this or less is a task.'),
    managerMinutes: z
      .int()
      .min(1)
      .default(240)
      .describe('Office minutes until a dissatisfied customer hears from the manager.'),
    openDays: z.int().min(1).max(90).default(30).describe('Days in which a vote is taken.'),
    changeDays: z.int().min(0).max(30).default(7).describe('Days in which a vote may be changed.'),
    quietDays: z
      .int()
      .min(0)
      .default(14)
      .describe('Days after which the same customer is asked again; results are told all the same.'),
    phonePercent: z
      .int()
      .min(0)
      .max(100)
      .default(0)
      .describe('Share of closed tickets whose customers are listed for a survey by telephone.'),
  })
  .describe('Asking customers how it went, at the end of each matter; without it nobody is asked.')

const report = z.strictObject({
  to: z.array(key).min(1).describe('Agents or groups who get it.'),
  role: z
    .enum(['team', 'division', 'executive'])
    .describe(
      'What it holds. team: what is open and was late, ticket by ticket; division: figures by group, area and cause; executive: one page with trends.',
    ),
  every: z.enum(['week', 'month']).default('week').describe('Sent on the first office day after it.'),
  groups: z.array(key).optional().describe('Only about tickets of these groups; without it about all.'),
})

export const reports = z
  .array(report)
  .default([])
  .describe('Reports by mail, in the language of each recipient.')

export type ReportConfig = z.output<typeof report>
export type FeedbackConfig = z.output<typeof feedback>
