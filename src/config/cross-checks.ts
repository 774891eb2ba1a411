/**
 * What no key can tell alone: references, contradictions and promises that the rest of the file cannot keep.
 * Each check is a sentence in the table; all of them run.
 */
import { addressFaults } from './address-checks.ts'
import { agentPhoneFaults } from './agent-phone-checks.ts'
import { apiFaults, reportFaults } from './api-checks.ts'
import { authenticationFaults } from './authentication-checks.ts'
import { type ConfigDraft, entriesOf } from './draft.ts'
import { dutyFaults } from './duty-checks.ts'
import type { Fault } from './faults.ts'
import { levelFaults } from './level-checks.ts'
import { isLoopback, loginFaults } from './login-checks.ts'
import { officeFaults, timeZoneFaults } from './office-checks.ts'
import { phoneFaults } from './phone-checks.ts'
import { policyFaults } from './policy-checks.ts'
import { procedureFaults } from './procedure-checks.ts'
import { reference } from './references.ts'
import { requestTypeKeys, routingFaults } from './routing-checks.ts'
import { vendorFaults } from './vendor-checks.ts'

const checks: readonly ((config: ConfigDraft) => readonly Fault[])[] = [
  something,
  references,
  officeFaults,
  addressFaults,
  plainConnections,
  sharedFolders,
  movesIntoItself,
  loginFaults,
  authenticationFaults,
  halfKeys,
  phoneFaults,
  agentPhoneFaults,
  policyFaults,
  levelFaults,
  routingFaults,
  procedureFaults,
  vendorFaults,
  apiFaults,
  reportFaults,
  dutyFaults,
]

export function crossChecks(config: ConfigDraft): readonly Fault[] {
  return checks.flatMap(check => check(config))
}

/** An empty section passes the schema, but a gateway without a mailbox has nothing to do. */
function something(config: ConfigDraft): readonly Fault[] {
  return config.mailboxes && Object.keys(config.mailboxes).length === 0
    ? [{ path: ['mailboxes'], says: 'is empty; describe at least one mailbox' }]
    : []
}

function references(config: ConfigDraft): readonly Fault[] {
  const known = (section: 'offices' | 'groups' | 'agents' | 'mailboxes') => Object.keys(config[section] ?? {})
  const faults = entriesOf(config.mailboxes).flatMap(([key, mailbox]) => [
    ...reference(['mailboxes', key, 'office'], mailbox.office, 'an office', known('offices')),
    ...reference(['mailboxes', key, 'group'], mailbox.group, 'a group', known('groups')),
    ...reference(
      ['mailboxes', key, 'requestType'],
      mailbox.requestType,
      'a request type',
      requestTypeKeys(config),
    ),
  ])
  for (const [key, group] of entriesOf(config.groups)) {
    const agents = group.agents ?? []
    faults.push(
      ...agents.flatMap((one, i) =>
        reference(['groups', key, 'agents', i], one, 'an agent', known('agents')),
      ),
    )
  }
  for (const [key, { deputy, timeZone }] of entriesOf(config.agents)) {
    faults.push(...reference(['agents', key, 'deputy'], deputy, 'an agent', known('agents')))
    faults.push(...timeZoneFaults(['agents', key, 'timeZone'], timeZone))
  }
  const hearers = [...known('agents'), ...known('groups')]
  faults.push(...reference(['feedback', 'manager'], config.feedback?.manager, 'an agent or a group', hearers))
  const proof = config.smtp?.proof
  if (proof?.kind === 'sent-folder') {
    faults.push(...reference(['smtp', 'proof', 'mailbox'], proof.mailbox, 'a mailbox', known('mailboxes')))
  }
  return faults
}

/** Without TLS the password and every mail could be read on the way. */
function plainConnections(config: ConfigDraft): readonly Fault[] {
  const servers = [
    ...entriesOf(config.mailboxes).map(([key, { imap }]) => ({
      path: ['mailboxes', key, 'imap', 'tls'],
      server: imap,
    })),
    { path: ['smtp', 'tls'], server: config.smtp },
    { path: ['alarms', 'second', 'tls'], server: config.alarms?.second },
  ]
  return servers.flatMap(({ path, server }) =>
    server?.tls === 'none' && server.host !== undefined && !isLoopback(server.host)
      ? [{ path, says: `is "none", but ${server.host} is not this machine; use "implicit" or "starttls"` }]
      : [],
  )
}

/** Two readers of one folder would take every mail in twice, each for its own desk. */
function sharedFolders(config: ConfigDraft): readonly Fault[] {
  const readers = new Map<string, string>()
  return entriesOf(config.mailboxes).flatMap(([key, { imap }]) => {
    if (imap?.host === undefined || imap.user === undefined) return []
    const folder = imap.folder ?? 'INBOX'
    const place = JSON.stringify([
      imap.host.toLowerCase(),
      imap.user,
      folder.toUpperCase() === 'INBOX' ? 'INBOX' : folder,
    ])
    const other = readers.get(place)
    readers.set(place, other ?? key)
    return other === undefined
      ? []
      : [
          {
            path: ['mailboxes', key, 'imap'],
            says: `reads the same account and folder as mailboxes.${other}.imap; one mailbox may read it`,
          },
        ]
  })
}

/** Moving a mail into the folder it was read from gives it a new UID: it would be read again for ever. */
function movesIntoItself(config: ConfigDraft): readonly Fault[] {
  return entriesOf(config.mailboxes).flatMap(([key, { after, imap }]) => {
    const folder = imap?.folder ?? 'INBOX'
    return after?.action === 'move' && after.folder?.toLowerCase() === folder.toLowerCase()
      ? [
          {
            path: ['mailboxes', key, 'after', 'folder'],
            says: `is ${JSON.stringify(after.folder)}, the folder that is read; use another folder`,
          },
        ]
      : []
  })
}

/** Half of an access key means that the other half was forgotten; which places would then be tried is not obvious. */
function halfKeys({ storage }: ConfigDraft): readonly Fault[] {
  return storage?.kind === 's3' &&
    (storage.accessKeyId === undefined) !== (storage.secretAccessKey === undefined)
    ? [
        {
          path: ['storage'],
          says: 'has one half of an access key; set both S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or neither',
        },
      ]
    : []
}
