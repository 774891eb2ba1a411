import { z } from 'zod'
import { PermanentFailure, TransientFailure } from '../../../desk/failure.ts'
import type { TokenRequest } from './token-request.ts'

/** What a token endpoint grants (RFC 6749, 5.1). */
export interface Grant {
  readonly accessToken: string
  readonly seconds: number
  /** A newer refresh token, where the server rotates them. */
  readonly refreshToken: string | undefined
}

/** The part of `fetch` that is needed; a test may hand in its own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

const grantSchema = z.object({
  access_token: z
    .string()
    .min(1)
    .max(32_768)
    .regex(/^[!-~]+$/),
  // RFC 6749, 5.1: recommended, not required. Some servers send it as text.
  expires_in: z.coerce.number().positive().default(3600),
  refresh_token: z.string().min(1).max(32_768).optional(),
})
const refusalSchema = z.object({ error: z.string().regex(/^[a-z_]{1,60}$/) })

const patienceMs = 30_000
const largestAnswer = 256 * 1024

/** RFC 6749, 5.2: these pass. Every other code of that section means that somebody must act. */
const passingCodes = new Set(['temporarily_unavailable', 'server_error', 'slow_down'])

/**
 * Asks for a token. Never tells the words of the server, which may repeat what was sent.
 * @throws PermanentFailure auth: refused, a human must act; TransientFailure network, timeout, protocol
 */
export async function fetchToken(fetch: Fetch, { url, form }: TokenRequest): Promise<Grant> {
  const { status, body } = await exchange(fetch, url, form)
  if (status === 200) {
    const granted = grantSchema.safeParse(body)
    if (!granted.success) throw new TransientFailure('protocol', 'the token server granted nothing readable')
    const { access_token, expires_in, refresh_token } = granted.data
    return { accessToken: access_token, seconds: expires_in, refreshToken: refresh_token }
  }
  const refusal = refusalSchema.safeParse(body)
  const code = refusal.success ? refusal.data.error : undefined
  // 429 and 5xx are about the moment whatever the body says; a 4xx without a code may be a proxy's.
  if (status === 429 || status >= 500 || code === undefined || passingCodes.has(code))
    throw new TransientFailure('protocol', `the token server answered ${status} ${code ?? ''}`.trim())
  throw new PermanentFailure('auth', `the token server refused: ${code}`)
}

async function exchange(
  fetch: Fetch,
  url: string,
  form: URLSearchParams,
): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      // A redirect would carry the secret to whoever is named there.
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    })
    return { status: response.status, body: jsonOf(await textOf(response)) }
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    if (error instanceof TransientFailure) throw error
    throw new TransientFailure(
      timedOut ? 'timeout' : 'network',
      `the token server at ${new URL(url).host} cannot be reached`,
      error,
    )
  }
}

async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.length
    if (bytes > largestAnswer)
      throw new TransientFailure('protocol', 'the answer of the token server is too long')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A gateway's page in HTML: as good as no code.
    return undefined
  }
}
