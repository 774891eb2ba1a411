import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi'
import { Problem, type ProblemCode, problemSchema } from './problem.ts'
import type { AnswerShape, Route } from './route.ts'
import { routes } from './routes.ts'
import { webhookPaths } from './webhooks/document.ts'

/** The OpenAPI 3.1 document of the API, out of the schemas by which requests are checked. */

/** Of the interface: a new field raises the second number; what breaks a client gets a new path instead of v1. */
export const apiVersion = '1.0.0'

const tags = [
  { name: 'matters', description: 'Matters that reach you outside mail and telephone become tickets.' },
  { name: 'tickets', description: 'How matters stand: state, promises, what the customer was told.' },
  { name: 'figures', description: 'The figures of the desk, as defined in docs/figures.md.' },
  { name: 'webhooks', description: 'Being told of what happens, signed after Standard Webhooks.' },
]

/** What every route may answer; the rest each route names itself. */
const usual: readonly ProblemCode[] = [
  'invalid-request',
  'not-authenticated',
  'not-allowed',
  'too-many-requests',
  'internal',
  'unavailable',
]
const withBody: readonly ProblemCode[] = ['too-large', 'wrong-media-type']

/** The whole document; the same for the same version of the gateway. */
export function apiDocument(): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const route of routes) paths[route.url] = { ...paths[route.url], [route.method]: operation(route) }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Intake Gateway',
      version: apiVersion,
      summary: 'Post matters, read tickets and figures, and hear of what happens.',
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1', description: 'Below the public address of the gateway.' }],
    tags,
    security: [{ client: [] }],
    paths,
    webhooks: webhookPaths(),
    components: {
      securitySchemes: {
        client: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token of a client in the section "api" of the configuration.',
        },
      },
    },
  })
}

const introduction = [
  'Every request carries the token of a client of the configuration: `Authorization: Bearer …`. What a client may do, and',
  'which departments it sees, the configuration says.',
  '',
  'Requests that write take an `Idempotency-Key`: repeat a request of which you do not know what became of it with the same',
  'key, and it is done once. The key is kept for a week; the repeated answer has the header `Idempotency-Replayed: true`.',
  '',
  'What fails is told as problem details (RFC 9457) with a `code` to program against, and for each wrong field what to send',
  'instead. After 429 and 503 come again when `Retry-After` says.',
].join('\n')

function operation(route: Route): ZodOpenApiOperationObject {
  const header =
    route.kind === 'write'
      ? z.object({ 'Idempotency-Key': route.keyRequired ? idempotencyKey : idempotencyKey.optional() })
      : undefined
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    description: `${route.description}\n\nOnly for clients that may \`${route.scope}\`.`,
    security: [{ client: [] }],
    requestParams: {
      ...(route.path ? { path: route.path } : {}),
      ...(route.query ? { query: route.query } : {}),
      ...(header ? { header } : {}),
    },
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }
      : {}),
    responses: { ...answersOf(route), ...problemsOf(route) },
  }
}

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .meta({
    description: 'Chosen by you for this one request, such as a UUID.',
    examples: ['0b6c1c7e-5d0f-4a57-9c39-6d5d8a4f2f10'],
  })

function answersOf({ answers }: Route): ZodOpenApiResponsesObject {
  const shown = Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)] as const)
  return Object.fromEntries(shown) as ZodOpenApiResponsesObject
}

function answerOf({ description, schema, mediaTypes, headers = {} }: AnswerShape) {
  const content = {
    ...(schema ? { 'application/json': { schema } } : {}),
    ...Object.fromEntries((mediaTypes ?? []).map(type => [type, { schema: z.string() }])),
  }
  return {
    description,
    ...(Object.keys(content).length > 0 ? { content } : {}),
    ...(Object.keys(headers).length > 0 ? { headers: headersOf(headers) } : {}),
  }
}

const headersOf = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' as const } },
    ]),
  )

/** Several problems of one status are one answer. */
function problemsOf(route: Route): ZodOpenApiResponsesObject {
  const codes = [...usual, ...(route.body ? withBody : []), ...route.problems, ...keyProblems(route)]
  const problems = [...new Set(codes)].map(code => new Problem(code, ''))
  const byStatus = Map.groupBy(problems, ({ status }) => String(status))
  const shown = [...byStatus].map(([status, some]) => [
    status,
    {
      description: `${some.map(({ body, code }) => `${body.title} (\`${code}\`)`).join('; or: ')}.`,
      content: { 'application/problem+json': { schema: problemSchema } },
      ...(status === '429' || status === '503'
        ? { headers: headersOf({ 'Retry-After': 'Seconds after which to come again.' }) }
        : {}),
    },
  ])
  return Object.fromEntries(shown) as ZodOpenApiResponsesObject
}

function keyProblems(route: Route): readonly ProblemCode[] {
  return route.kind === 'write' ? ['key-reused', 'conflict'] : []
}
