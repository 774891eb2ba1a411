/**
 * What is wrong with a configuration, said to the person who must mend it: the key, the value seen, what would be
 * right. Secrets are never shown, and neither are the values of unknown keys: a misspelt `pasword` holds one too.
 */
import type { z } from 'zod'
import { variableFor } from './secrets.ts'
import { allowedIn, isMap, keysOf, type Path, type Shape, shapeAt } from './shape.ts'
import { suggestion } from './suggest.ts'

export interface Fault {
  readonly path: Path
  /** Follows the key path in a sentence: `is "abc"; use a whole number`. */
  readonly says: string
}

/** A fault with the line and column of the file where it can be seen. */
export interface PlacedFault extends Fault {
  readonly line?: number
  readonly column?: number
}

/** Everything that is wrong, in one message. Thrown by loadConfig; nothing starts with a faulty configuration. */
export class ConfigFaults extends Error {
  override readonly name = 'ConfigFaults'
  readonly faults: readonly PlacedFault[]

  constructor(source: string, faults: readonly PlacedFault[]) {
    const lines = faults.map(fault => `  ${describeFault(fault)}`)
    super(
      `${source} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${lines.join('\n')}`,
    )
    this.faults = faults
  }
}

function describeFault({ path, line, column, says }: PlacedFault): string {
  const place = line === undefined ? '' : `line ${line}, column ${column}`
  if (path.length === 0) return [place, says].filter(Boolean).join(': ')
  return `${showPath(path)}${place && ` (${place})`} ${says}`
}

/** `policy.targets row 1, when.area`: rows are counted as `policy explain` and the history of a ticket count them. */
export function showPath(path: Path): string {
  return path
    .map((step, i) => {
      if (typeof step === 'number') return ` row ${step + 1}`
      return `${i === 0 ? '' : typeof path[i - 1] === 'number' ? ', ' : '.'}${step}`
    })
    .join('')
}

export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      (isMap(value) || Array.isArray(value)) && Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : undefined,
    root,
  )
}

/** A value as a fault may show it. */
export function show(value: unknown, path: Path): string {
  if (variableFor(path) !== undefined) return `hidden (${String(value).length} characters)`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (isMap(value)) return 'a section'
  const shown = JSON.stringify(value) ?? String(value)
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown
}

/** Our words for what zod found wrong in `root`. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], root: unknown): readonly Fault[] {
  return issues.flatMap(issue => {
    const path = issue.path.map(step => (typeof step === 'symbol' ? String(step) : step))
    if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownKey(root, path, key))
    if (issue.code === 'invalid_key') {
      return [
        {
          path,
          says: path.includes('extensions')
            ? 'is no possible extension; use up to five digits, in quotes'
            : 'is no possible key; use lower-case letters, digits and hyphens, beginning with a letter',
        },
      ]
    }
    return [wrongValue(root, path)]
  })
}

function unknownKey(root: unknown, path: Path, key: string): Fault {
  return { path: [...path, key], says: `is no known key${suggestion(key, keysOf(shapeAt(root, path)))}` }
}

function wrongValue(root: unknown, path: Path): Fault {
  const seen = valueAt(root, path)
  const shape = shapeAt(root, path)
  const variable = variableFor(path)
  if (seen === undefined && variable !== undefined) {
    return { path, says: `is missing; set ${variable} or ${variable}_FILE in the environment` }
  }
  const right = shape ? allowedIn(shape) : 'another value'
  if (seen === undefined) return { path, says: `is missing; use ${right}` }
  const quotes =
    shape && isText(shape) && typeof seen !== 'object' && typeof seen !== 'string' ? ', in quotes' : ''
  return { path, says: `is ${show(seen, path)}; use ${right}${quotes}` }
}

function isText(shape: Shape): boolean {
  return shape.type === 'string' && shape.enum === undefined
}
