import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Request, Response } from 'express'
import Handlebars from 'handlebars'

/**
 * The page's templates. Handlebars escapes every value; none of them uses triple braces, because every value was
 * written by somebody outside.
 */
export type Render = (template: string, data: object) => string

const folder = join(import.meta.dirname, 'templates')

export function openViews(): Render {
  const handlebars = Handlebars.create()
  handlebars.registerHelper('concat', (start: unknown, end: unknown) => `${start}${end}`)
  for (const file of readdirSync(folder).filter(name => name.endsWith('.hbs')))
    handlebars.registerPartial(file.slice(0, -4), readFileSync(join(folder, file), 'utf8'))
  const compiled = new Map<string, Handlebars.TemplateDelegate>()
  return (template, data) => {
    const ready = compiled.get(template) ?? handlebars.compile(`{{> ${template}}}`, { preventIndent: true })
    compiled.set(template, ready)
    return ready(data)
  }
}

/**
 * Answers with a piece of the page, or with 204 when the browser's piece is the same: polling leaves focus, selection
 * and the reading position alone unless there is news.
 */
export function sendPiece(request: Request, response: Response, html: string): void {
  const tag = createHash('sha256').update(html).digest('base64url').slice(0, 22)
  response.setHeader('HX-PTag', tag)
  response.setHeader('Cache-Control', 'no-store')
  if (request.headers['hx-ptag'] === tag) response.status(204).end()
  else response.type('html').send(html)
}
