import express, { type Request, type Response, type Router } from 'express'
import { pagePrefix } from '../../../desk/page-address.ts'
import { periodBefore } from '../../../figures/comparison.ts'
import { definitionOf, definitions, isFigureKey } from '../../../figures/definitions.ts'
import type { Dimension, FigureKey, FigureResult, Period } from '../../../figures/figure.ts'
import { readAll, readFigure } from '../../../figures/report.ts'
import { unitsOf } from '../../../figures/slices.ts'
import { readTrainingNeeds } from '../../../figures/training.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import { type Html, html } from '../../phone/call-now/html.ts'
import { deskPage, toldBox } from '../desk-layout.ts'
import { requireAgent, signedIn } from '../sign-in/session.ts'
import { type Asked, readAsked, unitFor } from './asked.ts'
import { choicesOf } from './choices.ts'
import { sendFigures } from './downloads.ts'
import { figureBody } from './figure-page.ts'
import { filterForm } from './filter-form.ts'
import { overviewBody } from './overview-page.ts'
import { words } from './words.ts'

/**
 * Figures as pages for agents who are signed in, to be mounted at the root behind signInRoutes. Everybody there may see all
 * of them: no figure is about a single person, only about groups.
 */
export function reportRoutes(deps: PromiseDeps): Router {
  const { database } = deps
  const router = express.Router()
  router.use('/desk/reports', requireAgent(deps))

  router.get('/desk/reports', async (request, response) => {
    const asked = readAsked(request.query, deps.config, deps.now())
    const { filter } = asked
    const period = asked.period
    const before = periodBefore(period)
    const results = await readAll(database, deps, { period, filter, by: unitFor(period) })
    const old = await readAll(database, deps, { period: before, filter })
    const needs = await readTrainingNeeds(database, deps, { period, filter })
    const own = { ...asked, by: undefined }
    const { language, base, form } = await frameOf(deps, request, response, own)
    const body = overviewBody({
      ...{ language, base, asked: own, results, before: old, periodBefore: before, needs },
      form: form(undefined),
    })
    send(deps, response, { title: words[language].reports, asked, body })
  })

  router.get('/desk/reports/:file', async (request, response, next) => {
    const [, name = '', format = ''] = /^([a-z-]+)(?:\.(csv|json))?$/.exec(request.params.file) ?? []
    if (name !== 'all' && !isFigureKey(name)) return next()
    if (name === 'all' && format === '') return next()
    const asked = soundFor(name, readAsked(request.query, deps.config, deps.now()))
    if (format === 'csv' || format === 'json') {
      const request = { period: asked.period, filter: asked.filter, by: asked.by ?? unitFor(asked.period) }
      const results =
        name === 'all'
          ? await readAll(database, deps, request)
          : [await readFigure(database, deps, name, request)]
      return sendFigures(response, results, { name, format, language: signedIn(response).language })
    }
    if (name !== 'all') await showFigure(deps, request, response, name, asked)
  })

  router.use('/desk/reports', (_request, response) => {
    const { language } = signedIn(response)
    const say = words[language]
    const body = html`<p>${say.notFoundText}</p><p><a href="${pagePrefix(deps.config)}/desk/reports">${say.back}</a></p>`
    send(deps, response, { title: say.notFound, asked: undefined, body }, 404)
  })
  return router
}

async function showFigure(
  deps: PromiseDeps,
  request: Request,
  response: Response,
  key: FigureKey,
  asked: Asked,
): Promise<void> {
  const { database } = deps
  const { period, filter } = asked
  const by: Dimension = asked.by ?? unitFor(period)
  const result = await readFigure(database, deps, key, { period, filter, by })
  const before: FigureResult = await readFigure(database, deps, key, { period: periodBefore(period), filter })
  const needs = key === 'causes' ? await readTrainingNeeds(database, deps, { period, filter }) : undefined
  const { language, base, form } = await frameOf(deps, request, response, asked)
  const { name, dimensions } = definitionOf(key)
  const body = figureBody({ language, base, asked, result, before, needs, form: form(dimensions) })
  send(deps, response, { title: name[language], asked, body })
}

/** What a figure is not told apart by, or not so finely, is shown along time, and told. */
function soundFor(name: FigureKey | 'all', asked: Asked): Asked {
  const { by, period } = asked
  if (by === undefined) return asked
  const known =
    name === 'all'
      ? definitions.some(one => one.dimensions.includes(by))
      : definitionOf(name).dimensions.includes(by)
  if (!known) return { ...asked, by: undefined, told: [...asked.told, 'by'] }
  if (!fits(by, period)) return { ...asked, by: undefined, told: [...asked.told, 'units'] }
  return asked
}

function fits(by: Dimension, period: Period): boolean {
  if (by !== 'day' && by !== 'week' && by !== 'month') return true
  try {
    unitsOf(by, period)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

async function frameOf(
  { config, database, now }: PromiseDeps,
  request: Request,
  response: Response,
  asked: Asked,
) {
  const { language } = signedIn(response)
  const base = `${pagePrefix(config)}/desk/reports`
  const choices = await choicesOf(database, config, asked, language)
  const today = now().toZonedDateTimeISO(asked.period.timeZone).toPlainDate()
  const action = `${pagePrefix(config)}${request.path}`
  const form = (dimensions: readonly Dimension[] | undefined): Html =>
    filterForm({ language, action, asked, choices, dimensions, today })
  return { language, base, form }
}

interface Shown {
  readonly title: string
  readonly asked: Asked | undefined
  readonly body: Html
}

function send(
  { config }: PromiseDeps,
  response: Response,
  { title, asked, body }: Shown,
  status = 200,
): void {
  const agent = signedIn(response)
  const { language } = agent
  const told = (asked?.told ?? []).map(one => toldBox(words[language].told[one], true))
  const page = {
    language,
    prefix: pagePrefix(config),
    here: '/desk/reports',
    title,
    company: config.company,
    agent,
  }
  response
    .status(status)
    .type('html')
    .send(deskPage({ ...page, body: html`${told}${body}` }))
}
