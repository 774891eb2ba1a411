import { z } from 'zod'

/** What an answer that is no answer says: RFC 9457, with a code to program against and what to do about it. */

export const problemCodes = [
  'invalid-request',
  'not-authenticated',
  'not-allowed',
  'not-found',
  'gone',
  'conflict',
  'key-reused',
  'too-large',
  'wrong-media-type',
  'too-many-requests',
  'internal',
  'unavailable',
] as const

export type ProblemCode = (typeof problemCodes)[number]

const statusOf: Readonly<Record<ProblemCode, number>> = {
  'invalid-request': 400,
  'not-authenticated': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  'wrong-media-type': 415,
  'key-reused': 422,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
}

const titles: Readonly<Record<ProblemCode, string>> = {
  'invalid-request': 'The request is not as it should be',
  'not-authenticated': 'No client of this gateway',
  'not-allowed': 'This client may not do that',
  'not-found': 'There is no such thing',
  gone: 'It is no longer there',
  conflict: 'It cannot be done in this state',
  'key-reused': 'This idempotency key stands for another request',
  'too-large': 'The request is too large',
  'wrong-media-type': 'The request is not JSON',
  'too-many-requests': 'Too many requests',
  internal: 'The request failed',
  unavailable: 'Not at the moment',
}

const fault = z
  .object({
    in: z.enum(['body', 'query', 'path', 'header']).meta({ description: 'Part of the request.' }),
    field: z.string().meta({
      description: 'JSON Pointer (RFC 6901) into a body, else the name. Empty for the whole part.',
      examples: ['/customer/email'],
    }),
    problem: z.string().meta({ description: 'What is wrong with it.' }),
    remedy: z.string().meta({ description: 'What to send instead.' }),
  })
  .meta({ id: 'Fault' })

export type Fault = z.output<typeof fault>

export const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.enum(problemCodes).meta({ description: 'To program against; stays the same between versions.' }),
    detail: z.string().meta({ description: 'What happened and what helps, in a sentence.' }),
    errors: z.array(fault).optional().meta({ description: 'Every field that is wrong, not only the first.' }),
  })
  .meta({ id: 'Problem', description: 'Problem details after RFC 9457.' })

export type ProblemBody = z.output<typeof problemSchema>

/** Thrown by a route to answer with a problem; whatever its transaction wrote is undone. Holds no personal data. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly errors: readonly Fault[]
  /** Of the answer. */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    detail: string,
    more: { readonly errors?: readonly Fault[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail)
    this.code = code
    this.errors = more.errors ?? []
    this.headers = more.headers ?? {}
  }

  get status(): number {
    return statusOf[this.code]
  }

  get body(): ProblemBody {
    return {
      type: 'about:blank',
      title: titles[this.code],
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.errors.length > 0 ? { errors: [...this.errors] } : {}),
    }
  }
}
