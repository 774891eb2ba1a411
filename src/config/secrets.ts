/**
 * Which values are secret, and the environment variables they may come from. The environment wins over the file;
 * every variable also exists with _FILE behind it, naming a file that holds the value (container secrets).
 */
import { readFile, stat } from 'node:fs/promises'
import type { Fault } from './faults.ts'
import { isMap, type Path } from './shape.ts'

interface SecretVariable {
  readonly name: string
  readonly path: readonly string[]
  /** Only entries of this kind have it. */
  readonly kind?: string
}

/** `*` in a path stands for a key, `<…>` in a name for that key in upper case with _ for -. */
export const secretVariables: readonly SecretVariable[] = [
  { name: 'GATEWAY_SECRET', path: ['secret'] },
  { name: 'DATABASE_URL', path: ['database', 'url'] },
  { name: 'IMAP_<MAILBOX>_PASSWORD', path: ['mailboxes', '*', 'imap', 'password'] },
  { name: 'IMAP_<MAILBOX>_CLIENT_SECRET', path: ['mailboxes', '*', 'imap', 'auth', 'clientSecret'] },
  { name: 'IMAP_<MAILBOX>_REFRESH_TOKEN', path: ['mailboxes', '*', 'imap', 'auth', 'refreshToken'] },
  { name: 'SMTP_PASSWORD', path: ['smtp', 'password'] },
  { name: 'SMTP_CLIENT_SECRET', path: ['smtp', 'auth', 'clientSecret'] },
  { name: 'SMTP_REFRESH_TOKEN', path: ['smtp', 'auth', 'refreshToken'] },
  { name: 'PHONE_<PROVIDER>_AUTH_TOKEN', path: ['phone', 'providers', '*', 'authToken'], kind: 'twilio' },
  {
    name: 'PHONE_<PROVIDER>_PREVIOUS_AUTH_TOKEN',
    path: ['phone', 'providers', '*', 'previousAuthToken'],
    kind: 'twilio',
  },
  { name: 'PHONE_<PROVIDER>_TOKEN', path: ['phone', 'providers', '*', 'token'], kind: 'cti' },
  { name: 'API_<CLIENT>_TOKEN', path: ['api', 'clients', '*', 'token'] },
  { name: 'ALARM_PASSWORD', path: ['alarms', 'second', 'password'] },
  { name: 'S3_ACCESS_KEY_ID', path: ['storage', 'accessKeyId'] },
  { name: 'S3_SECRET_ACCESS_KEY', path: ['storage', 'secretAccessKey'] },
]

const largestFile = 64 * 1024

export interface Secret {
  readonly path: Path
  readonly variable: string
  readonly value: string
}

/** The variable that may hold the value at `path`; undefined for what is no secret. */
export function variableFor(path: Path): string | undefined {
  const fits = ({ path: pattern }: SecretVariable) =>
    pattern.length === path.length && pattern.every((step, i) => step === '*' || step === path[i])
  const found = secretVariables.find(fits)
  const key = path[found?.path.indexOf('*') ?? -1]
  return found?.name.replace(/<[A-Z]+>/, String(key).toUpperCase().replaceAll('-', '_'))
}

/** Where secrets could go in this file: one path for each variable that would be heard. */
function secretPaths(file: unknown): readonly Path[] {
  const s3 = isMap(file) && isMap(file.storage) && file.storage.kind === 's3'
  return secretVariables
    .filter(({ path }) => path[0] !== 'storage' || s3)
    .flatMap(variable => spelledOut(file, variable))
    .filter(path => isWanted(file, path))
}

/** The path for each entry of its section; of telephone providers only for those of the kind that has such a secret. */
function spelledOut(file: unknown, { path, kind }: SecretVariable): readonly Path[] {
  const star = path.indexOf('*')
  if (star < 0) return [path]
  const section = path
    .slice(0, star)
    .reduce<unknown>((value, step) => (isMap(value) ? value[step] : undefined), file)
  const entries = isMap(section) ? Object.entries(section) : []
  return entries
    .filter(([, entry]) => kind === undefined || (isMap(entry) && entry.kind === kind))
    .map(([key]) => path.map(step => (step === '*' ? key : step)))
}

/** A secret of a section that is optional must not call that section into being. */
function isWanted(file: unknown, path: Path): boolean {
  const optional = path.findIndex(step => step === 'auth' || step === 'second')
  const holder = path
    .slice(0, optional + 1)
    .reduce<unknown>((value, step) => (isMap(value) ? value[step] : undefined), file)
  return optional < 0 || isMap(holder)
}

/** Reads every secret the environment has for this file. An empty variable counts as not set. */
export async function readSecrets(
  file: unknown,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly secrets: readonly Secret[]; readonly faults: readonly Fault[] }> {
  const secrets: Secret[] = []
  const faults: Fault[] = []
  for (const path of secretPaths(file)) {
    const variable = variableFor(path) ?? ''
    const value = env[variable]
    const from = env[`${variable}_FILE`]
    if (value && from) {
      faults.push({ path, says: `${variable} and ${variable}_FILE are both set; keep one of them` })
    } else if (value) {
      secrets.push({ path, variable, value })
    } else if (from) {
      const read = await readSecretFile(from)
      if ('value' in read) secrets.push({ path, variable: `${variable}_FILE`, value: read.value })
      else faults.push({ path, says: `${variable}_FILE names ${from}, ${read.trouble}` })
    }
  }
  return { secrets, faults }
}

/** The file without the one line end that editors and `echo` put behind it. */
async function readSecretFile(file: string): Promise<{ value: string } | { trouble: string }> {
  try {
    const { size } = await stat(file)
    if (size > largestFile) return { trouble: `which is too large for a secret (${size} bytes)` }
    const value = (await readFile(file, 'utf8')).replace(/\r?\n$/, '')
    return value === '' ? { trouble: 'which is empty' } : { value }
  } catch (error) {
    return {
      trouble: `which cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`,
    }
  }
}
