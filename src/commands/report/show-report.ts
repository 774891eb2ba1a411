/** `gateway report`: figures for a terminal, a spreadsheet or another program. */
import type { Config } from '../../config/schema.ts'
import { definitions, dimensionNames, isDimension, isFigureKey } from '../../figures/definitions.ts'
import type { Dimension, FigureKey, Period } from '../../figures/figure.ts'
import { figureCsv } from '../../figures/figure-csv.ts'
import { figureJson } from '../../figures/figure-schema.ts'
import { readAll, readFigure } from '../../figures/report.ts'
import { readTrainingNeeds } from '../../figures/training.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { languageIn } from '../language-argument.ts'
import { safeJson } from '../terminal.ts'
import { type Place, withDatabase } from '../with-database.ts'
import { reportText } from './report-text.ts'

export interface ReportOptions {
  readonly from?: string
  readonly to?: string
  readonly figure?: string
  readonly by?: string
  readonly group?: string
  readonly format?: string
  readonly language?: string
}

const formats = ['table', 'csv', 'json'] as const
const daysShown = 7

/** Throws CommandFailed, naming what was meant wrongly and what there is instead. */
export async function showReport(place: Place, options: ReportOptions): Promise<Answer> {
  const { config } = place
  if (!config) throw new CommandFailed('This needs a configuration file; name it with --config.')
  const now = () => Temporal.Now.instant()
  const language = languageIn(options.language, 'en')
  const format = formatOf(options.format ?? 'table')
  const request = {
    period: periodOf(config, options, now()),
    by: dimensionOf(options.by),
    ...(options.group === undefined ? {} : { filter: { groups: groupsOf(config, options.group) } }),
  }
  const key = figureOf(options.figure)
  const deps = { config, now }
  const { results, needs } = await withDatabase(place, async database => ({
    results:
      key === undefined
        ? await readAll(database, deps, request)
        : [await readFigure(database, deps, key, request)],
    needs:
      key === undefined || key === 'causes' ? await readTrainingNeeds(database, deps, request) : undefined,
  })).catch(inWords)
  const data = results.map(figureJson)
  const texts = {
    table: () => reportText(results, needs, language),
    csv: () => figureCsv(results, language),
    json: () => safeJson(data),
  }
  return { text: texts[format](), data }
}

/** What makes no sense to the figures was typed by whoever called the command. */
function inWords(error: unknown): never {
  throw error instanceof RangeError ? new CommandFailed(`${error.message}.`) : error
}

function periodOf(config: Config, { from, to }: ReportOptions, now: Temporal.Instant): Period {
  const timeZone = Object.values(config.offices)[0]?.timeZone ?? 'UTC'
  const last = to === undefined ? now.toZonedDateTimeISO(timeZone).toPlainDate() : dayOf(to)
  const first = from === undefined ? last.subtract({ days: daysShown - 1 }) : dayOf(from)
  return { from: first, to: last, timeZone }
}

function dayOf(text: string): Temporal.PlainDate {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw noDay(text)
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    throw noDay(text)
  }
}

const noDay = (text: string) => new CommandFailed(`"${text}" is no day; write it as 2026-11-23.`)

function dimensionOf(text: string | undefined): Dimension | null {
  if (text === undefined) return null
  if (isDimension(text)) return text
  throw new CommandFailed(
    `Nothing is told apart by "${text}"; use ${Object.keys(dimensionNames).join(', ')}.`,
  )
}

function figureOf(text: string | undefined): FigureKey | undefined {
  if (text === undefined || isFigureKey(text)) return text
  throw new CommandFailed(
    `There is no figure "${text}"; use ${definitions.map(({ key }) => key).join(', ')}.`,
  )
}

function groupsOf(config: Config, text: string): readonly string[] {
  const groups = text.split(',').map(group => group.trim())
  const unknown = groups.find(group => !Object.hasOwn(config.groups, group))
  if (unknown === undefined) return groups
  const known = Object.keys(config.groups).join(', ')
  throw new CommandFailed(`There is no group "${unknown}"; use ${known}.`)
}

function formatOf(text: string): (typeof formats)[number] {
  const found = formats.find(format => format === text)
  if (found) return found
  throw new CommandFailed(`"${text}" is no format; use ${formats.join(', ')}.`)
}
