import { z } from 'zod'
import type { Filter, Period } from '../../../figures/figure.ts'
import { figureCsv } from '../../../figures/figure-csv.ts'
import {
  dimensionSchema,
  figureJson,
  figureKeySchema,
  figureResultSchema,
} from '../../../figures/figure-schema.ts'
import { readFigure } from '../../../figures/report.ts'
import { channelSchema } from '../matters/schemas.ts'
import { Problem } from '../problem.ts'
import { type ApiClient, type ApiDeps, type Route, readRoute } from '../route.ts'

/** Figures for other systems: the same statements as behind the pages, for the departments that the client sees. */

const key = z.string().max(100).optional()

const query = z.strictObject({
  from: z.iso.date().optional().meta({ description: 'First day. Left out: six days before the last.' }),
  to: z.iso.date().optional().meta({ description: 'Last day, included. Left out: yesterday.' }),
  by: dimensionSchema.optional().meta({ description: 'Along which the figure is told apart.' }),
  channel: channelSchema.optional(),
  group: key.meta({ description: 'Department.' }),
  area: key,
  product: key,
  customer: z.uuid().optional().meta({ description: 'Id of the company.' }),
  agentGroup: key.meta({ description: 'Group of the agent who is responsible.' }),
  format: z.enum(['json', 'csv']).default('json'),
  language: z.enum(['de', 'en']).default('en').meta({ description: 'Of the names in CSV.' }),
})

type Query = z.output<typeof query>

const show = readRoute({
  method: 'get',
  url: '/figures/{key}',
  id: 'getFigure',
  tag: 'figures',
  scope: 'read',
  summary: 'One figure over a period',
  description: 'What it counts exactly is part of the answer, and in docs/figures.md.',
  path: z.object({ key: figureKeySchema }),
  query,
  answers: {
    200: {
      description: 'The figure.',
      schema: figureResultSchema.meta({ id: 'Figure' }),
      mediaTypes: ['text/csv'],
    },
  },
  problems: [],
  async read(deps, { client, path, query: asked, now }) {
    const period = periodOf(asked, deps, now)
    const filter = filterOf(asked, client)
    const { by = null, format, language } = asked
    const result = await readFigure(deps.database, deps, path.key, { period, filter, by }).catch(asProblem)
    if (format === 'json') return { status: 200, body: figureJson(result) }
    const headers = { 'content-type': 'text/csv; charset=utf-8' }
    return { status: 200, headers, body: figureCsv([result], language) }
  },
})

/** Days of the first office, as in all reports. */
function periodOf({ from, to }: Query, { config }: ApiDeps, now: Temporal.Instant): Period {
  const timeZone = Object.values(config.offices)[0]?.timeZone ?? 'UTC'
  const yesterday = now.toZonedDateTimeISO(timeZone).toPlainDate().subtract({ days: 1 })
  const last = to === undefined ? yesterday : Temporal.PlainDate.from(to)
  const first = from === undefined ? last.subtract({ days: 6 }) : Temporal.PlainDate.from(from)
  return { from: first, to: last, timeZone }
}

function filterOf(
  { channel, group, area, product, customer, agentGroup }: Query,
  { config }: ApiClient,
): Filter {
  const { groups } = config
  if (group !== undefined && groups && !groups.includes(group))
    throw new Problem('not-allowed', `This client sees these departments only: ${groups.join(', ')}.`)
  const seen = group === undefined ? groups : [group]
  return {
    ...(seen ? { groups: seen } : {}),
    ...(channel === undefined ? {} : { channel }),
    ...(area === undefined ? {} : { area }),
    ...(product === undefined ? {} : { product }),
    ...(customer === undefined ? {} : { customer }),
    ...(agentGroup === undefined ? {} : { agentGroup }),
  }
}

/** The figures refuse in words what cannot be asked of them. */
function asProblem(error: unknown): never {
  if (!(error instanceof RangeError)) throw error
  throw new Problem('invalid-request', `${error.message}.`, {
    errors: [
      {
        ...{ in: 'query' as const, field: 'by', problem: `${error.message}.` },
        remedy: 'Ask for another period, or tell it apart otherwise; docs/figures.md says by what.',
      },
    ],
  })
}

export const figureRoutes: readonly Route[] = [show]
