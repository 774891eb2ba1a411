/**
 * Reads the configuration: gateway.yaml, secrets from the environment over it, defaults below it. The only reader of
 * process.env. Either everything fits together or ConfigFaults names all that does not; nothing is half accepted.
 */
import { access, readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { crossChecks } from './cross-checks.ts'
import { type ConfigDraft, draftOf } from './draft.ts'
import { ConfigFaults, type Fault, faultsOf, type PlacedFault, showPath } from './faults.ts'
import { holidayFaults } from './office-checks.ts'
import type { PhoneConfig } from './phone-schema.ts'
import { type Config, configSchema } from './schema.ts'
import { readSecrets, type Secret } from './secrets.ts'
import { isMap, type Path } from './shape.ts'
import { readYaml, type YamlSource } from './yaml-source.ts'

const defaultFile = 'gateway.yaml'
const largestFile = 1024 * 1024

export interface LoadedConfig {
  /** Deeply frozen; `data` and `templates` are absolute, having started at the folder of the file. */
  readonly config: Config
  /** Absolute path of the file. */
  readonly source: string
  /** Key path and environment variable of each value that came from the environment. */
  readonly fromEnvironment: readonly { readonly key: string; readonly variable: string }[]
}

export interface LoadOptions {
  /** As given with --config; else GATEWAY_CONFIG, else gateway.yaml in the working directory. */
  readonly file?: string | undefined
  readonly env?: NodeJS.ProcessEnv
}

/** Throws ConfigFaults. No file named and none found is no fault: the caller opens the sandbox. */
export async function loadConfig({
  file,
  env = process.env,
}: LoadOptions = {}): Promise<LoadedConfig | 'sandbox'> {
  const path = await findFile(file, env)
  if (path === undefined) return 'sandbox'
  const source = readYaml(await readSource(path))
  if (source.faults.length > 0) throw new ConfigFaults(path, source.faults)
  const content = source.value ?? {}
  if (!isMap(content)) {
    throw new ConfigFaults(path, [
      { path: [], says: 'the file must be a map of keys such as company and mailboxes' },
    ])
  }
  const { secrets, faults } = await readSecrets(content, env)
  const config = await judge(path, source, withSecrets(content, secrets), secrets, faults)
  return {
    config: deepFreeze(anchored(config, dirname(path))),
    source: path,
    fromEnvironment: secrets.map(({ path: key, variable }) => ({ key: showPath(key), variable })),
  }
}

/** What may be set beside the configuration, for diagnosis and tests only. */
export interface Flags {
  /** DEBUG: show the technical trace of an error. */
  readonly debug: boolean
  /** GATEWAY_CRASH_AT: where to die; see fault-hook.ts. */
  readonly crashAt: string | undefined
}

export function readFlags(env: NodeJS.ProcessEnv = process.env): Flags {
  return { debug: Boolean(env.DEBUG), crashAt: env.GATEWAY_CRASH_AT || undefined }
}

async function findFile(file: string | undefined, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const named = file ?? (env.GATEWAY_CONFIG || undefined)
  if (named !== undefined) return resolve(named)
  const found = await access(defaultFile).then(
    () => true,
    () => false,
  )
  return found ? resolve(defaultFile) : undefined
}

async function readSource(path: string): Promise<string> {
  const fault = (says: string) => new ConfigFaults(path, [{ path: [], says }])
  try {
    const { size } = await stat(path)
    if (size > largestFile)
      throw fault(`the file is too large (${size} bytes); at most ${largestFile} are read`)
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof ConfigFaults) throw error
    const code = error instanceof Error && 'code' in error ? error.code : error
    throw fault(code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code})`)
  }
}

function withSecrets(content: Record<string, unknown>, secrets: readonly Secret[]): Record<string, unknown> {
  const merged = structuredClone(content)
  for (const { path, value } of secrets) {
    const section = sectionFor(merged, path.slice(0, -1))
    const last = path.at(-1)
    if (section && last !== undefined) section[last] = value
  }
  return merged
}

/** The section at `path`, made where it is missing; undefined where something else stands, whose own fault is told. */
function sectionFor(root: Record<string, unknown>, path: Path): Record<string, unknown> | undefined {
  let section = root
  for (const step of path) {
    const inner = section[step] ?? {}
    if (!isMap(inner)) return undefined
    section[step] = inner
    section = inner
  }
  return section
}

async function judge(
  path: string,
  source: YamlSource,
  merged: Record<string, unknown>,
  secrets: readonly Secret[],
  secretFaults: readonly Fault[],
): Promise<Config> {
  const result = configSchema.safeParse(merged)
  const issues = result.error?.issues ?? []
  const draft: ConfigDraft = result.data ?? draftOf(merged, issues)
  const told = new Set(secretFaults.map(fault => showPath(fault.path)))
  const found = [...faultsOf(issues, merged), ...crossChecks(draft), ...(await holidayFaults(draft))]
  const faults = [...secretFaults, ...found.filter(fault => !told.has(showPath(fault.path)))]
  if (result.data && faults.length === 0) return result.data
  throw new ConfigFaults(path, placed(faults, source, secrets))
}

/** In the order of the file; what stands nowhere in it comes last. */
function placed(
  faults: readonly Fault[],
  source: YamlSource,
  secrets: readonly Secret[],
): readonly PlacedFault[] {
  const fromEnvironment = new Map(secrets.map(secret => [showPath(secret.path), secret.variable]))
  const all = faults.map((fault): PlacedFault => {
    const variable = fromEnvironment.get(showPath(fault.path))
    if (variable !== undefined) return { ...fault, says: `(from ${variable}) ${fault.says}` }
    return { ...fault, ...source.place(fault.path) }
  })
  const order = (fault: PlacedFault) => fault.line ?? Number.POSITIVE_INFINITY
  return all.toSorted((a, b) => (order(a) === order(b) ? 0 : order(a) - order(b)))
}

/** Folders start at the configuration file, so that every command finds the same data wherever it is called from. */
function anchored(config: Config, folder: string): Config {
  const templates = config.templates === undefined ? {} : { templates: resolve(folder, config.templates) }
  const phone = config.phone === undefined ? {} : { phone: anchoredPhone(config.phone, folder) }
  return { ...config, data: resolve(folder, config.data), ...templates, ...phone }
}

function anchoredPhone(phone: PhoneConfig, folder: string): PhoneConfig {
  const providers = Object.entries(phone.providers).map(([key, provider]) => [
    key,
    provider.kind === 'sipgate' ? { ...provider, clips: resolve(folder, provider.clips) } : provider,
  ])
  const { transcriber } = phone.recording
  // A bare name is looked for where programs are.
  const program = transcriber?.includes('/') ? { transcriber: resolve(folder, transcriber) } : {}
  return { ...phone, providers: Object.fromEntries(providers), recording: { ...phone.recording, ...program } }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}
