import { createHash } from 'node:crypto'
import express, { type Request, type Response, type Router } from 'express'
import { type CustomerRow, contractNumbers, customerRow } from '../../../console/customer-row.ts'
import { type FileKind, fileKinds } from '../../../desk/customers/customer-columns.ts'
import { type FormCells, readCustomerForm } from '../../../desk/customers/customer-form.ts'
import { pagePrefix } from '../../../desk/page-address.ts'
import type { Language } from '../../../desk/ticket.ts'
import { addRow, type Changed, changeRow, removeRow } from '../../../intake/customers/change-customers.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import { signedIn } from '../sign-in/session.ts'
import { countryOf, idIn, send, today, wordIn } from './customer-page.ts'
import { type Choice, endBody, type FormView, formBody, formFields } from './form-page.ts'
import { words } from './words.ts'

/** Adding, changing and ending rows of the books. Opening a form changes nothing; sending one leads to another page. */
export function customerFormRoutes(deps: PromiseDeps): Router {
  const router = express.Router()
  const body = express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 20 })
  const at = (what: string) => `/desk/customers/:kind${what}`
  router.get(at('/new'), async (request, response, next) => {
    const form = await newForm(deps, request)
    if (!form) return next()
    await show(deps, response, form, { cells: form.row.cells })
  })
  router.post(at('/new'), body, async (request, response, next) => {
    const form = await newForm(deps, request)
    if (!form) return next()
    await save(deps, request, response, form)
  })
  router.get(at('/:id/edit'), async (request, response, next) => {
    const form = await editForm(deps, request)
    if (!form) return next()
    await show(deps, response, form, { cells: form.row.cells })
  })
  router.post(at('/:id/edit'), body, async (request, response, next) => {
    const form = await editForm(deps, request)
    if (!form) return next()
    await save(deps, request, response, form)
  })
  router.get(at('/:id/end'), async (request, response, next) => {
    const form = await editForm(deps, request)
    if (!form) return next()
    showEnd(deps, response, form, {})
  })
  router.post(at('/:id/end'), body, async (request, response, next) => {
    const form = await editForm(deps, request)
    if (!form) return next()
    await end(deps, request, response, form)
  })
  return router
}

interface Form {
  readonly kind: FileKind
  /** Undefined for a new one. */
  readonly id: string | undefined
  /** As it is now. */
  readonly row: CustomerRow
}

function kindIn({ params: { kind } }: Request): FileKind | undefined {
  return fileKinds.find(one => one === kind)
}

/** Undefined where the address names no company that there is. */
async function newForm({ database }: PromiseDeps, request: Request): Promise<Form | undefined> {
  const kind = kindIn(request)
  if (kind === undefined) return undefined
  const wanted = wordIn(request.query.company)
  const isAlone = kind === 'companies' || (kind === 'contacts' && wanted === '')
  if (isAlone) return { kind, id: undefined, row: { name: '', cells: {}, companyId: null } }
  const companyId = idIn({ params: { id: wanted } } as unknown as Request)
  const company = companyId && (await customerRow(database, 'companies', companyId))
  if (!company) return undefined
  const cells = { company: company.cells.number ?? '' }
  return { kind, id: undefined, row: { name: '', cells, companyId: companyId ?? null } }
}

async function editForm({ database }: PromiseDeps, request: Request): Promise<Form | undefined> {
  const [kind, id] = [kindIn(request), idIn(request)]
  const row = kind && id ? await customerRow(database, kind, id) : undefined
  return kind && row ? { kind, id, row } : undefined
}

async function show(
  deps: PromiseDeps,
  response: Response,
  { kind, id, row }: Form,
  { cells, faults = [], told }: Pick<FormView, 'cells'> & Partial<Pick<FormView, 'faults' | 'told'>>,
): Promise<void> {
  const { language } = signedIn(response)
  const say = words[language]
  const isPerson = kind === 'contacts' && row.companyId === null
  const isNew = id === undefined
  const title = isNew ? (isPerson ? say.addPerson : say.addTitles[kind]) : say.editTitles[kind]
  const back = placeOf(deps, { kind, id, row })
  const choices = await choicesOf(deps, row, language)
  const view = { language, kind, isNew, back, cells, faults, told, was: stateOf(row), choices }
  const status = faults.length > 0 ? 422 : told === undefined ? 200 : 409
  send(deps, response, { title, told: undefined, body: formBody(view) }, status)
}

async function save(deps: PromiseDeps, request: Request, response: Response, form: Form): Promise<void> {
  const { kind, id, row } = form
  const sent = cellsIn(kind, request.body)
  // What names a row, and whose it is, is not for the form to say.
  const fixed = formFields[kind].filter(({ names }) => names && id !== undefined)
  const cells: FormCells = {
    ...sent,
    company: row.cells.company ?? '',
    ...Object.fromEntries(fixed.map(({ name }) => [name, row.cells[name] ?? ''])),
  }
  if (id !== undefined && wordIn(fieldIn(request.body, 'was')) !== stateOf(row))
    return show(deps, response, form, { cells: row.cells, told: 'stale' })
  const { config } = deps
  const { files, faults } = readCustomerForm(kind, cells, {
    country: countryOf(config),
    contracts: config.contracts,
  })
  if (faults.length > 0) return show(deps, response, form, { cells, faults, told: 'faulty' })
  const changed: Changed =
    id === undefined
      ? await addRow(deps.database, kind, files)
      : await changeRow(deps.database, kind, id, files)
  if (changed === 'taken') {
    const field = formFields[kind].find(({ names }) => names)?.name ?? 'name'
    return show(deps, response, form, { cells, faults: [{ field, code: 'taken' }], told: 'faulty' })
  }
  response.redirect(303, `${placeOf(deps, form)}?told=${changed}`)
}

async function end(deps: PromiseDeps, request: Request, response: Response, form: Form): Promise<void> {
  const { kind, id = '', row } = form
  const { database, config } = deps
  if (kind !== 'contracts') {
    const removed = await removeRow(database, kind, id)
    if (removed === 'needed') return showEnd(deps, response, form, { told: 'needed' })
    const place = kind === 'companies' ? `${pagePrefix(config)}/desk/customers` : placeOf(deps, form, true)
    return response.redirect(303, `${place}?told=${removed === 'done' ? 'removed' : removed}`)
  }
  const validTo = wordIn(fieldIn(request.body, 'validTo')).slice(0, 40)
  const cells = { ...row.cells, validTo }
  const { files, faults } = readCustomerForm('contracts', cells, {
    country: countryOf(config),
    contracts: config.contracts,
  })
  const code = validTo.trim() === '' ? 'empty' : faults[0]?.code
  if (code !== undefined) return showEnd(deps, response, form, { day: validTo, dayFault: code })
  const changed = await changeRow(database, 'contracts', id, files)
  response.redirect(303, `${placeOf(deps, form)}?told=${changed}`)
}

function showEnd(
  deps: PromiseDeps,
  response: Response,
  form: Form,
  { told, day = today(deps).toString(), dayFault }: Partial<Parameters<typeof endBody>[0]>,
): void {
  const { kind, row } = form
  const { language } = signedIn(response)
  const body = endBody({
    ...{ language, kind, name: row.name, back: placeOf(deps, form), told },
    ...(kind === 'contracts' ? { day } : {}),
    ...(dayFault ? { dayFault } : {}),
  })
  const status = dayFault ? 422 : told === undefined ? 200 : 409
  send(deps, response, { title: words[language].endTitles[kind], told: undefined, body }, status)
}

/** The page that shows the row, or the list where none does (any more). */
function placeOf({ config }: PromiseDeps, { kind, id, row }: Form, isGone = false): string {
  const base = `${pagePrefix(config)}/desk/customers`
  if (row.companyId !== null) return `${base}/company/${row.companyId}`
  return kind === 'contacts' && id !== undefined && !isGone ? `${base}/person/${id}` : base
}

async function choicesOf({ config, database }: PromiseDeps, { companyId }: CustomerRow, language: Language) {
  const say = words[language]
  const contracts = companyId === null ? [] : await contractNumbers(database, companyId)
  const kinds = Object.entries(config.contracts).map(([value, { name }]) => ({ value, name: name[language] }))
  const none = (name: string): Choice => ({ value: '', name })
  return {
    language: [
      none(say.noLanguage),
      ...(['de', 'en'] as const).map(value => ({ value, name: say.languages[value] ?? value })),
    ],
    kind: [none(''), ...kinds],
    contract: [none(say.noContract), ...contracts.map(value => ({ value, name: value }))],
  }
}

function fieldIn(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name)
    ? (body as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function cellsIn(kind: FileKind, body: unknown): FormCells {
  return Object.fromEntries(
    formFields[kind].map(({ name }) => [name, wordIn(fieldIn(body, name)).slice(0, 2000)]),
  )
}

/** What a form was made from: sent later, it must not undo what somebody else did meanwhile. */
function stateOf({ cells }: CustomerRow): string {
  return createHash('sha256').update(JSON.stringify(cells)).digest('base64url').slice(0, 22)
}
