/**
 * `gateway check`: tries every connection of the configuration and says what it found. Everything is tried even where
 * something fails, at the same time, and told in a fixed order.
 */
import { openAccounts } from '../../channels/mail/oauth/accounts.ts'
import { ConfigFaults } from '../../config/faults.ts'
import { type LoadedConfig, loadConfig } from '../../config/load.ts'
import type { Answer } from '../answer.ts'
import { checkDatabase } from './check-database.ts'
import { checkDuty } from './check-duty.ts'
import { checkMailbox, checkProof } from './check-mailbox.ts'
import { checkPhone } from './check-phone.ts'
import { checkReports, checkVendors, mailServersInDns } from './check-recipients.ts'
import { checkSmtp } from './check-smtp.ts'
import { checkStorage, checkTemplates } from './check-storage.ts'
import { type Finding, findingText } from './finding.ts'

/** `onFinding` hears each finding as soon as it and all before it are known. */
export async function check(
  file: string | undefined,
  onFinding: (finding: Finding) => void,
): Promise<Answer> {
  const findings: Finding[] = []
  const tell = (finding: Finding) => {
    findings.push(finding)
    onFinding(finding)
  }
  const loaded = await loadedOrFault(file)
  tell(configurationFinding(loaded))
  if (typeof loaded === 'object' && 'config' in loaded) {
    for (const pending of begin(loaded)) for (const finding of await pending) tell(finding)
  }
  return {
    text: findings.map(findingText).join('\n'),
    data: findings,
    failed: findings.some(({ ok }) => !ok),
  }
}

async function loadedOrFault(file: string | undefined): Promise<LoadedConfig | 'sandbox' | ConfigFaults> {
  try {
    return await loadConfig({ file })
  } catch (error) {
    if (error instanceof ConfigFaults) return error
    throw error
  }
}

function configurationFinding(loaded: LoadedConfig | 'sandbox' | ConfigFaults): Finding {
  const what = 'configuration'
  if (loaded instanceof ConfigFaults) return { what, ok: false, found: loaded.message }
  if (loaded === 'sandbox') {
    const advice = 'write a configuration with "gateway init", or name one with --config'
    return {
      what,
      ok: false,
      found: 'there is no configuration file; "gateway start" would open the sandbox',
      advice,
    }
  }
  const { mailboxes, agents } = loaded.config
  const count = (entries: object, one: string, many: string) =>
    `${Object.keys(entries).length} ${Object.keys(entries).length === 1 ? one : many}`
  const found = `${loaded.source}, ${count(mailboxes, 'mailbox', 'mailboxes')}, ${count(agents, 'agent', 'agents')}`
  return { what, ok: true, found }
}

/** All at once; each promise holds its own failure, so that none is lost while another is waited for. */
function begin({ config }: LoadedConfig): readonly Promise<readonly Finding[]>[] {
  const { proof } = config.smtp
  const { mailboxes, smtp } = openAccounts(config, {
    dataFolder: config.data,
    fetch,
    now: () => Temporal.Now.instant(),
  })
  return [
    guarded('database', checkDatabase(config)),
    ...Object.entries(config.mailboxes).map(([key, mailbox]) =>
      guarded(`mailbox ${key}`, checkMailbox(key, mailbox, config.limits, mailboxes.get(key))),
    ),
    guarded('smtp', checkSmtp(config.smtp, smtp)),
    ...(proof.kind === 'sent-folder'
      ? [guarded('smtp proof', checkProof(proof, config, mailboxes.get(proof.mailbox)))]
      : []),
    guarded('templates', checkTemplates(config)),
    guarded('storage', checkStorage(config)),
    guarded('duty', checkDuty(config, Temporal.Now.instant())),
    guarded('telephone', checkPhone(config, Temporal.Now.instant())),
    guarded('reports', Promise.resolve(checkReports(config))),
    guarded('vendors', checkVendors(config, mailServersInDns())),
  ]
}

/** What a check did not foresee is a finding too: the others must be told all the same. */
async function guarded(what: string, checking: Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await checking
  } catch (error) {
    return [{ what, ok: false, found: error instanceof Error ? error.message : String(error) }]
  }
}
