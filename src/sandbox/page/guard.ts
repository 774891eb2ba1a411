import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * The page has no login: whoever can reach it may write as anybody. So only this machine's own browser may, and only
 * from this page. Two ways around that are closed here: a foreign site whose name is pointed at 127.0.0.1 after it was
 * loaded (DNS rebinding; its Host is still the foreign name), and a foreign site that posts a form to us.
 */
export const onlyFromHere: RequestHandler = (request, response, next) => {
  const { host = '', origin } = request.headers
  if (!isLoopback(host)) return refuse(response, 'This page answers to localhost and 127.0.0.1 only.')
  if (request.method === 'GET' || request.method === 'HEAD') return next()
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return refuse(response, 'Another site sent this form.')
  if (origin !== undefined && origin.replace(/^https?:\/\//, '') !== host)
    return refuse(response, 'Another site sent this form.')
  next()
}

function refuse(response: Parameters<RequestHandler>[1], words: string): void {
  response.status(403).type('text/plain').send(`${words}\n`)
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host)
}

/** Scripts and styles come from files of ours, nothing is inline; mails are shown in frames from this origin. */
const contentHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
})

/**
 * Without Origin-Agent-Cluster: a mail in its frame has no origin of its own to be clustered by, and the browser
 * complains about every page after the first one.
 */
export const pageHeaders: RequestHandler = (request, response, next) => {
  contentHeaders(request, response, error => {
    response.removeHeader('Origin-Agent-Cluster')
    next(error)
  })
}

/**
 * For the document inside such a frame, which a stranger wrote: no script, no form, no origin, nothing fetched. As a
 * header and not only as an attribute of the frame, it also holds when somebody opens the address by itself. A link that
 * somebody presses opens a window of its own, as in every mail client: one that knows nothing of ours.
 */
export const mailDocumentPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
