/** A browser of an agent: keeps cookies, sends forms as browsers do, follows nothing by itself. */
import { deskKey, deskKeyEnd } from '../../../src/desk/desk-key.ts'
import type { TestDesk } from '../../promises/desk.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

export interface Browser {
  get(path: string): Promise<Answer>
  /** `headers` override what the browser says by itself. */
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Answer>
  readonly jar: Map<string, string>
}

export function openBrowser(desk: TestDesk): Browser {
  const jar = new Map<string, string>()
  const ask = async (method: string, path: string, more: RequestInit = {}): Promise<Answer> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, ...(more.headers as Record<string, string>) }
    const response = await desk.clock.during(
      fetch(`${desk.url}${path}`, { redirect: 'manual', method, ...more, headers }),
    )
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/Max-Age=0/.test(line)) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return { status: response.status, headers: response.headers, body: await response.text() }
  }
  return {
    jar,
    get: path => ask('GET', path),
    post: (path, fields = {}, headers = {}) =>
      ask('POST', path, {
        body: new URLSearchParams(fields),
        headers: { origin: new URL(desk.url).origin, 'sec-fetch-site': 'same-origin', ...headers },
      }),
  }
}

/** Path of a link that is good now. */
export function linkFor(desk: TestDesk, agent: string, madeAt = desk.clock.now()): string {
  return `/desk/sign-in/${deskKey(desk.config.secret, 'sign-in', agent, deskKeyEnd('sign-in', madeAt))}`
}

/** Already signed in. */
export async function browserOf(desk: TestDesk, agent: string): Promise<Browser> {
  const browser = openBrowser(desk)
  const { status } = await browser.post(linkFor(desk, agent))
  if (status !== 303) throw new Error(`${agent} was not let in: ${status}`)
  return browser
}
