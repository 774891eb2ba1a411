/**
 * The configuration's shape as JSON Schema, for those who explain it: the faults say what would be right and
 * docs/configuration.md lists every key, both from here. Reading is left to zod itself.
 */
import { z } from 'zod'
import { configSchema } from './schema.ts'

export type Path = readonly (string | number)[]

/** The part of JSON Schema that zod writes for our schema, with our own word `allowed`. */
export interface Shape {
  readonly type?: string
  readonly description?: string
  readonly allowed?: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly const?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Shape | false
  readonly items?: Shape
  readonly oneOf?: readonly Shape[]
  /** One value or a list of such values. */
  readonly anyOf?: readonly Shape[]
}

let known: Shape | undefined

/** The shape of the whole file. Made on first use: a faultless start never needs it. */
export function configShape(): Shape {
  known ??= z.toJSONSchema(configSchema, { io: 'input' }) as Shape
  return known
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of several variants the one whose discriminator fits `value`. */
function variantFor(shape: Shape, value: unknown): Shape {
  if (!shape.oneOf || !isMap(value)) return shape
  const fits = (variant: Shape) =>
    Object.entries(variant.properties ?? {}).every(
      ([key, part]) => part.const === undefined || part.const === value[key],
    )
  return shape.oneOf.find(fits) ?? shape
}

/** The shape of the value at `path` inside `root`, or undefined where nothing is foreseen. */
export function shapeAt(root: unknown, path: Path): Shape | undefined {
  let shape: Shape | undefined = configShape()
  let value = root
  for (const step of path) {
    if (!shape) return undefined
    const holder = variantFor(shape, value)
    shape = typeof step === 'number' ? listOf(holder)?.items : partOf(holder, step)
    value = isMap(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined
  }
  return shape && variantFor(shape, value)
}

function listOf(shape: Shape): Shape | undefined {
  return shape.anyOf?.find(({ items }) => items) ?? shape
}

function partOf(holder: Shape, key: string): Shape | undefined {
  if (holder.properties && Object.hasOwn(holder.properties, key)) return holder.properties[key]
  if (holder.additionalProperties) return holder.additionalProperties
  const discriminator = holder.oneOf?.flatMap(variant => variant.properties?.[key] ?? []) ?? []
  return discriminator.length > 0 ? { enum: discriminator.flatMap(part => part.const ?? []) } : undefined
}

/** The keys a map of this shape may have. */
export function keysOf(shape: Shape | undefined): readonly string[] {
  return Object.keys(shape?.properties ?? {})
}

/** What a value of this shape may be, in words that follow "use". */
export function allowedIn(shape: Shape): string {
  if (shape.allowed !== undefined) return shape.allowed
  if (shape.const !== undefined) return `"${shape.const}"`
  if (shape.enum)
    return shape.enum
      .map(one => `"${one}"`)
      .join(', ')
      .replace(/, ([^,]*)$/, ' or $1')
  const several = shape.anyOf?.find(({ items }) => items)?.items
  if (several) return `${allowedIn(several)}; one, or a list`
  if (shape.type === 'integer') return wholeNumber(shape)
  if (shape.type === 'array') return `a list: ${shape.items ? allowedIn(shape.items) : 'of values'}`
  return 'a section with keys of its own'
}

function wholeNumber(shape: Shape): string {
  const from = shape.minimum ?? 0
  return shape.maximum === undefined || shape.maximum >= Number.MAX_SAFE_INTEGER
    ? `a whole number, ${from} or more`
    : `a whole number from ${from} to ${shape.maximum}`
}
