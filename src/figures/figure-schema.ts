import { z } from 'zod'
import { definitions, dimensionNames } from './definitions.ts'
import type { Dimension, FigureKey, FigureResult } from './figure.ts'

/** Figures as JSON: the shape that the API promises, and the way from a result to it. */

const count = z.int().min(0).describe('How many.')
const name = z.object({ de: z.string(), en: z.string() }).describe('Name in German and English.')

const value = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('count'), count: z.number() }).describe('A number of things.'),
  z
    .object({ kind: z.literal('share'), part: count, of: count })
    .describe('So many of so many; nothing can be said where `of` is 0.'),
  z
    .object({
      kind: z.literal('minutes'),
      median: z.number().nullable(),
      p90: z.number().nullable().describe('90th percentile.'),
      of: count.describe('How many values were counted.'),
    })
    .describe('Office minutes, or minutes by the clock where the formula says so.'),
  z
    .object({
      kind: z.literal('score'),
      mean: z.number().nullable(),
      spread: z.array(count).length(5).describe('How many gave 1, 2, 3, 4, 5.'),
    })
    .describe('Votes from 1 (bad) to 5 (good).'),
])

const parts = z.array(z.object({ key: z.string(), name, value }))

const keys = <Key extends string>(words: readonly Key[]) => z.enum(words as readonly [Key, ...Key[]])

export const figureKeySchema = keys<FigureKey>(definitions.map(({ key }) => key))
export const dimensionSchema = keys<Dimension>(Object.keys(dimensionNames) as Dimension[])

export const figureResultSchema = z
  .object({
    figure: figureKeySchema,
    name,
    formula: z.object({ de: z.string(), en: z.string() }).describe('What exactly is counted.'),
    period: z.object({
      from: z.iso.date().describe('First day.'),
      to: z.iso.date().describe('Last day, included.'),
      timeZone: z.string(),
    }),
    filter: z.object({
      channel: z.string().optional(),
      groups: z.array(z.string()).optional(),
      area: z.string().optional(),
      product: z.string().optional(),
      customer: z.string().optional().describe('Id of the company.'),
      agentGroup: z.string().optional(),
    }),
    total: parts.describe('Over the whole period.'),
    by: dimensionSchema.nullable(),
    slices: z.array(
      z.object({
        key: z.string().describe('Key or first day; "" for what is not known, "*" for the others.'),
        name,
        parts,
      }),
    ),
  })
  .describe('One figure over one period.')

export type FigureJson = z.output<typeof figureResultSchema>

/** The result with its definition, as `figureResultSchema` describes it. */
export function figureJson({ figure, period, filter, total, by, slices }: FigureResult): FigureJson {
  const definition = definitions.find(({ key }) => key === figure)
  return figureResultSchema.parse({
    ...{ figure, name: definition?.name, formula: definition?.formula, filter, total, by, slices },
    period: { from: period.from.toString(), to: period.to.toString(), timeZone: period.timeZone },
  })
}
