/** The effective configuration as it may be shown: every secret replaced by the same eight stars. */
import type { Config } from './schema.ts'
import { variableFor } from './secrets.ts'
import type { Path } from './shape.ts'

const mask = '********'

export function maskSecrets(config: Config): unknown {
  return masked(config, [])
}

function masked(value: unknown, path: Path): unknown {
  if (typeof value === 'string') return variableFor(path) === undefined ? value : maskValue(value)
  if (Array.isArray(value)) return value.map((one, i) => masked(one, [...path, i]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, masked(part, [...path, key])]))
}

/** Of a database URL only its password is secret; host and name help the reader. Parameters may hold one too. */
function maskValue(secret: string): string {
  if (!/^postgres(ql)?:/.test(secret) || !URL.canParse(secret)) return mask
  const url = new URL(secret)
  if (url.password !== '') url.password = mask
  if (url.search !== '') url.search = ''
  return url.href
}
