import type { Request, Response } from 'express'
import { pagePrefix } from '../../../desk/page-address.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import { type Html, html } from '../../phone/call-now/html.ts'
import { deskPage, toldBox } from '../desk-layout.ts'
import { signedIn } from '../sign-in/session.ts'
import { type Told, words } from './words.ts'

/** What all pages of the customers' books have in common. */

export interface CustomerPage {
  readonly title: string
  readonly told: Told | undefined
  readonly body: Html
}

/** In the frame that all pages for agents have. */
export function send(
  { config }: Pick<PromiseDeps, 'config'>,
  response: Response,
  { title, told, body }: CustomerPage,
  status = 200,
): void {
  const agent = signedIn(response)
  const { language } = agent
  const isGood = told === 'done' || told === 'removed'
  const shown = told === undefined ? body : html`${toldBox(words[language].told[told], !isGood)}${body}`
  const page = { language, prefix: pagePrefix(config), here: '/desk/customers', title, body: shown }
  response
    .status(status)
    .type('html')
    .send(deskPage({ ...page, company: config.company, agent }))
}

export const wordIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Nothing but words of ours is ever shown, whatever the address says. */
export function toldIn({ query: { told } }: Request): Told | undefined {
  return typeof told === 'string' && Object.hasOwn(words.de.told, told) ? (told as Told) : undefined
}

/** Undefined for what is no id: the database would refuse it. */
export function idIn({ params: { id } }: Request): string | undefined {
  return typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : undefined
}

/** As imports read numbers: in the country of the first office. */
export function countryOf({ offices }: PromiseDeps['config']): 'DE' | 'GB' {
  return Object.values(offices)[0]?.holidays.startsWith('GB') ? 'GB' : 'DE'
}

export function zoneOf({ offices }: PromiseDeps['config']): string {
  return Object.values(offices)[0]?.timeZone ?? 'UTC'
}

/** At the first office. */
export function today({ config, now }: PromiseDeps): Temporal.PlainDate {
  return now().toZonedDateTimeISO(zoneOf(config)).toPlainDate()
}
