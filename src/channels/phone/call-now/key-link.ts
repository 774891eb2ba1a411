import type { Request, RequestHandler } from 'express'
import helmet from 'helmet'
import type { Config } from '../../../config/schema.ts'

/** What all pages have in common whose address is a key: nobody keeps it, learns it from us, or frames the page. */

/** Headers of such pages; `styles` are the hashes of their only style sheets. Scripts have no place on them. */
export function keyPageHeaders(...styles: readonly string[]): readonly RequestHandler[] {
  return [
    helmet({
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'no-referrer' },
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: [...styles],
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
}

export const tokenText = ({ params: { token } }: Request): string => (typeof token === 'string' ? token : '')

/** Whose keys count, and since when. */
export function tokenHolders({ agents }: Pick<Config, 'agents'>) {
  return Object.entries(agents).map(([key, { tokensSince }]) => ({
    key,
    tokensSince: tokensSince === undefined ? undefined : Temporal.PlainDate.from(tokensSince),
  }))
}
