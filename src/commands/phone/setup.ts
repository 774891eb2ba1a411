/** `gateway phone setup`: what to enter at the telephone providers, and the static answer for when this machine is down. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fallbackTwiml } from '../../channels/phone/twilio/safe-answer.ts'
import { loadConfig } from '../../config/load.ts'
import type { Config } from '../../config/schema.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { type LineWebhooks, webhooksOf } from './webhooks.ts'

/**
 * Prints the addresses line by line. With `folder` the fallback files of each Twilio account are written below it, to be
 * hosted elsewhere. Throws ConfigFaults, and CommandFailed without a telephone in the configuration.
 */
export async function phoneSetup(file: string | undefined, folder?: string): Promise<Answer> {
  const loaded = await loadConfig({ file })
  if (loaded === 'sandbox' || !loaded.config.phone)
    throw new CommandFailed('The configuration has no telephone: there is no section "phone".')
  const webhooks = webhooksOf(loaded.config)
  const written = folder === undefined ? [] : await writeFallback(loaded.config, resolve(folder))
  const files =
    written.length > 0
      ? [
          'Host these two files next to each other, away from this machine, and enter the address of fallback.xml:',
          ...written.map(path => `  ${path}`),
        ]
      : needsFallback(loaded.config)
        ? ['fallback.xml: "gateway phone setup --fallback <folder>" writes it.']
        : []
  return {
    text: [...webhooks.map(lineText), ...(files.length > 0 ? [files.join('\n')] : [])].join('\n\n'),
    data: { lines: webhooks, written },
  }
}

function lineText({ line, number, provider, entries }: LineWebhooks): string {
  return [
    `${line} (${number}), at ${provider}:`,
    ...entries.map(({ field, value }) => `  ${field}: ${value}`),
  ].join('\n')
}

function twilioKeys({ phone }: Config): readonly string[] {
  return Object.entries(phone?.providers ?? {}).flatMap(([key, { kind }]) => (kind === 'twilio' ? [key] : []))
}

function needsFallback(config: Config): boolean {
  return twilioKeys(config).length > 0
}

/** A folder for each account: what is said in an account's file, and in which voice, is its own. */
async function writeFallback(config: Config, folder: string): Promise<readonly string[]> {
  const written: string[] = []
  for (const key of twilioKeys(config)) {
    await mkdir(join(folder, key), { recursive: true })
    for (const { name, twiml } of fallbackTwiml(config, key)) {
      const path = join(folder, key, name)
      await writeFile(path, twiml)
      written.push(path)
    }
  }
  return written
}
