/** `gateway init`: a few questions, then a commented gateway.yaml and a file for its secrets. Nothing is overwritten unasked. */
import { randomBytes } from 'node:crypto'
import { access, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Answer, CommandFailed } from '../answer.ts'
import { configFileText, environmentFileText } from './config-file.ts'
import { askAll, type Terminal } from './dialogue.ts'
import type { Answers } from './flags.ts'
import { officePresets } from './office-presets.ts'

export interface InitOptions {
  /** Where to write; ./gateway.yaml where left out. */
  readonly file: string | undefined
  /** Replace a configuration that is there. Secrets are kept even so: old letters depend on them. */
  readonly force: boolean
  readonly flags: Partial<Answers>
}

/** Throws CommandFailed where a configuration is there already, or an answer is missing or wrong. */
export async function init(
  { file = 'gateway.yaml', force, flags }: InitOptions,
  terminal: Terminal,
): Promise<Answer> {
  const path = resolve(file)
  const secrets = join(dirname(path), 'gateway.env')
  if (!force && (await exists(path))) throw alreadyThere(path)
  const answers = await askAll(flags, terminal)
  await write(
    path,
    configFileText(answers, Temporal.Now.plainDateISO(officePresets[answers.office]?.timeZone)),
    force,
  )
  const fresh = !(await exists(secrets))
  const random = () => randomBytes(32).toString('hex')
  if (fresh) await write(secrets, environmentFileText(random(), answers, random()), false)
  const text = [
    `Written: ${path}`,
    fresh ? `Written: ${secrets} (fill in the passwords)` : `Kept:    ${secrets}`,
    'Next:    set -a; . ./gateway.env; set +a   # or EnvironmentFile= of systemd, env_file: of a container',
    '         gateway check',
    '         gateway start',
    ...(answers.hotline === 'none' ? [] : ['         gateway phone setup   # what to enter at the provider']),
  ].join('\n')
  return { text, data: { config: path, secrets, secretsWritten: fresh } }
}

/** For the owner only, from the first moment on: a mode set afterwards would leave a gap. */
async function write(path: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600, flag: force ? 'w' : 'wx' })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    throw code === 'EEXIST' ? alreadyThere(path) : new CommandFailed(`${path} cannot be written (${code}).`)
  }
}

function alreadyThere(path: string): CommandFailed {
  return new CommandFailed(`${path} is there already; --force replaces it.`)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
