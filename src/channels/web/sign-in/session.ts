import type { Request, RequestHandler, Response } from 'express'
import helmet from 'helmet'
import type { Config } from '../../../config/schema.ts'
import { deskKey, deskKeyEnd, deskKeyMinutes, readDeskKey } from '../../../desk/desk-key.ts'
import { pageAddress, pagePrefix } from '../../../desk/page-address.ts'
import type { Language } from '../../../desk/ticket.ts'
import { tokenHolders } from '../../phone/call-now/key-link.ts'
import { deskStyleHash } from '../desk-style.ts'

/** Who is signed in, kept in a signed cookie alone: nothing is stored, and a changed configuration counts at once. */

/** What the pages for agents need of the gateway. */
export interface SignInDeps {
  readonly config: Config
  readonly now: () => Temporal.Instant
}

export interface DeskAgent {
  /** In the configuration. */
  readonly key: string
  readonly name: string
  readonly language: Language
}

const cookieName = 'intake-desk'

/** Undefined for nobody, for a session that is over or revoked, and for an agent who is not in the configuration any more. */
export function agentOf(request: Request, { config, now }: SignInDeps): DeskAgent | undefined {
  const holders = tokenHolders(config)
  const key = cookiesOf(request)
    .map(value => readDeskKey(config.secret, 'session', value, now(), holders))
    .find(one => one !== undefined)
  const agent = key === undefined ? undefined : config.agents[key]
  return key === undefined || !agent ? undefined : { key, name: agent.name, language: agent.language }
}

/** Lets only agents pass who are signed in; others are asked to. What is behind it gets the agent from `signedIn`. */
export function requireAgent(deps: SignInDeps): RequestHandler {
  return (request, response, next) => {
    const agent = agentOf(request, deps)
    if (!agent) return response.redirect(303, `${pagePrefix(deps.config)}/desk/sign-in`)
    response.locals.agent = agent
    next()
  }
}

/** Behind `requireAgent` only. */
export function signedIn({ locals }: Response): DeskAgent {
  const agent: unknown = locals.agent
  if (typeof agent !== 'object' || agent === null) throw new Error('this page is not behind requireAgent')
  return agent as DeskAgent
}

export function beginSession(response: Response, agent: string, { config, now }: SignInDeps): void {
  const key = deskKey(config.secret, 'session', agent, deskKeyEnd('session', now()))
  response.append('Set-Cookie', cookie(config, key, deskKeyMinutes.session * 60))
}

export function endSession(response: Response, { config }: SignInDeps): void {
  response.append('Set-Cookie', cookie(config, '', 0))
}

/** Strict: no page of another site makes a browser send it, so none can send our forms either. */
function cookie(config: Config, value: string, seconds: number): string {
  const secure = pageAddress(config).startsWith('https:') ? '; Secure' : ''
  const path = `${pagePrefix(config)}/desk`
  return `${cookieName}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}

/** A neighbour under the same host can set a second one of the name, so all of them are tried, but not without end. */
function cookiesOf({ headers }: Request): readonly string[] {
  return (headers.cookie ?? '')
    .split(';')
    .map(pair => pair.trim())
    .flatMap(pair => (pair.startsWith(`${cookieName}=`) ? [pair.slice(cookieName.length + 1)] : []))
    .slice(0, 5)
}

/**
 * Refuses a form that another site sent, as a second lock beside the cookie's SameSite. Every browser of the last years
 * names where a form comes from; whoever does not is refused as well.
 */
export function onlyOwnForms({ config }: SignInDeps): RequestHandler {
  const own = new URL(pageAddress(config)).host
  return ({ method, headers }, response, next) => {
    if (method === 'GET' || method === 'HEAD') return next()
    const { origin, host, 'sec-fetch-site': site } = headers
    const from = originHost(origin)
    const isOwn = from !== undefined && (from === own || from === host)
    if (isOwn && (site === undefined || site === 'same-origin')) return next()
    response.status(403).type('text/plain').send('Another site sent this form, or none that is known.\n')
  }
}

function originHost(origin: string | undefined): string | undefined {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : undefined
}

/** A form's own origin has to be told to us, so that the referrer stays within this site instead of away altogether. */
export const deskHeaders: readonly RequestHandler[] = [
  helmet({
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: [deskStyleHash],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
  }),
  (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('X-Robots-Tag', 'noindex, nofollow')
    next()
  },
]
