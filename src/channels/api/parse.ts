import type { output, ZodType } from 'zod'
import { type Fault, Problem } from './problem.ts'

/** Reads the parts of a request by the schemas of its route. Every fault names its field and what to send instead. */

type Part = Fault['in']

interface Issue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
  readonly values?: readonly unknown[]
  readonly expected?: unknown
  readonly minimum?: unknown
  readonly maximum?: unknown
  readonly format?: unknown
}

/** What `schema` makes of it; throws Problem with all faults. Values are never repeated: they may be anybody's data. */
export function parsed<S extends ZodType>(part: Part, schema: S, value: unknown): output<S> {
  const dirty = unstorable(value, [])
  if (dirty) throw faulty([{ in: part, field: nameOf(part, dirty), ...unstorableWords }])
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues as readonly Issue[]
  throw faulty(issues.slice(0, mostFaults).flatMap(issue => faultsOf(part, issue)))
}

const mostFaults = 50

function faulty(errors: readonly Fault[]): Problem {
  const fields = errors.map(({ field }) => field || 'the body').slice(0, 5)
  return new Problem('invalid-request', `Please correct: ${fields.join(', ')}.`, { errors })
}

function faultsOf(part: Part, issue: Issue): Fault[] {
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).slice(0, mostFaults).map(key => ({
      in: part,
      field: nameOf(part, [...issue.path, key.slice(0, 100)]),
      problem: 'There is no such field.',
      remedy: 'Leave it out, or correct its name.',
    }))
  return [{ in: part, field: nameOf(part, issue.path), problem: issue.message, remedy: remedyOf(issue) }]
}

function remedyOf({ code, values, expected, minimum, maximum, format }: Issue): string {
  if (code === 'invalid_value') return `Send one of: ${(values ?? []).join(', ')}.`
  if (code === 'too_big') return `Send at most ${maximum}.`
  if (code === 'too_small') return `Send at least ${minimum}.`
  if (code === 'invalid_format') return `Send it as ${format}.`
  if (code === 'invalid_type') return `Send a value of the type ${expected}.`
  return 'See this field in /api/v1/openapi.json.'
}

/** RFC 6901 for bodies. */
function nameOf(part: Part, path: readonly PropertyKey[]): string {
  const names = path.map(String)
  if (part !== 'body') return names.join('.')
  return names.map(name => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

const unstorableWords = {
  problem: 'It holds a NUL character or half of a surrogate pair, which no text has.',
  remedy: 'Send well-formed Unicode without U+0000.',
}

const deepest = 20

/** The path to a text that no database takes, or to what lies deeper than anything of ours; undefined where all is well. */
function unstorable(value: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (path.length > deepest) return path
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes('\0') || !key.isWellFormed()) return path
    const found = unstorable(inner, [...path, key])
    if (found) return found
  }
  return undefined
}
