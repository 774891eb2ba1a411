/** The effective configuration: defaults filled in, secrets masked, and where each of them came from. */
import { stringify } from 'yaml'
import { loadConfig } from '../config/load.ts'
import { maskSecrets } from '../config/mask.ts'
import type { Answer } from './answer.ts'

/** Throws ConfigFaults. */
export async function printConfig(file: string | undefined): Promise<Answer> {
  const loaded = await loadConfig({ file })
  if (loaded === 'sandbox') {
    const text = 'No configuration file: "gateway start" would open the sandbox. "gateway init" writes one.'
    return { text, data: { source: null } }
  }
  const { config, source, fromEnvironment } = loaded
  const masked = maskSecrets(config)
  const origins = fromEnvironment.map(({ key, variable }) => `# ${key} from ${variable}`)
  const head = [`# effective configuration of ${source}`, ...origins].join('\n')
  return { text: `${head}\n${stringify(masked)}`, data: { source, fromEnvironment, config: masked } }
}
