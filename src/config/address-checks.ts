/**
 * Addresses decide who wrote a mail and where letters go, so each must mean one thing: the desk, or one agent.
 * An agent behind a support address would answer himself; an alarm sent to one would open a ticket about itself.
 */
import { type ConfigDraft, entriesOf } from './draft.ts'
import { type Fault, showPath } from './faults.ts'
import type { Path } from './shape.ts'

interface Named {
  readonly path: Path
  readonly address: string
}

export function addressFaults(config: ConfigDraft): readonly Fault[] {
  const support = entriesOf(config.mailboxes).flatMap(([key, mailbox]) => [
    ...named(['mailboxes', key, 'address'], mailbox.address),
    ...(mailbox.aliases ?? []).flatMap((alias, i) => named(['mailboxes', key, 'aliases', i], alias)),
  ])
  const agents = entriesOf(config.agents).flatMap(([key, agent]) =>
    (agent.addresses ?? []).flatMap((one, i) => named(['agents', key, 'addresses', i], one)),
  )
  const { to, second } = config.alarms ?? {}
  const alarms = [
    ...(to ?? []).flatMap((one, i) => named(['alarms', 'to', i], one)),
    ...(second?.to ?? []).flatMap((one, i) => named(['alarms', 'second', 'to', i], one)),
  ]
  return [
    ...takenTwice([...support, ...agents]),
    ...alarmLoops(alarms, support),
    ...replyAddressFaults(config),
  ]
}

function named(path: Path, address: string | undefined): readonly Named[] {
  return address === undefined ? [] : [{ path, address }]
}

function takenTwice(all: readonly Named[]): readonly Fault[] {
  const owners = new Map<string, Path>()
  return all.flatMap(({ path, address }) => {
    const owner = owners.get(address.toLowerCase())
    owners.set(address.toLowerCase(), owner ?? path)
    return owner
      ? [
          {
            path,
            says: `is ${JSON.stringify(address)}, as is ${showPath(owner)}; an address belongs to one mailbox or one agent`,
          },
        ]
      : []
  })
}

function alarmLoops(alarms: readonly Named[], support: readonly Named[]): readonly Fault[] {
  return alarms.flatMap(({ path, address }) => {
    const owner = support.find(one => one.address.toLowerCase() === address.toLowerCase())
    return owner
      ? [
          {
            path,
            says: `is ${JSON.stringify(address)}, as is ${showPath(owner.path)}; use an address that is not read by this gateway`,
          },
        ]
      : []
  })
}

/** Longest local part (RFC 5321, 4.5.3.1.1); a longer one is refused by the customer's server, after the promise. */
const longestLocalPart = 64

/** "a", the ticket number, the day and the signature of desk/agent-token.ts; a customer's token is shorter. */
function tokenLength(config: ConfigDraft): number {
  return 1 + (config.tickets?.digits ?? 7) + '-day-'.length + 12
}

function replyAddressFaults(config: ConfigDraft): readonly Fault[] {
  return entriesOf(config.mailboxes).flatMap(([key, { address, aliases, replyAddress }]) => {
    if (replyAddress === undefined) return []
    const path: Path = ['mailboxes', key, 'replyAddress']
    const [local = '', domain = ''] = replyAddress.split('@')
    const length = local.length - '{token}'.length + tokenLength(config)
    const homes = [address, ...(aliases ?? [])].flatMap(
      one => one?.slice(one.indexOf('@') + 1).toLowerCase() ?? [],
    )
    const faults: Fault[] = []
    if (length > longestLocalPart) {
      faults.push({
        path,
        says: `is ${JSON.stringify(replyAddress)}, ${length} characters before the @ once the token is in; ${longestLocalPart} are allowed`,
      })
    }
    if (homes.length > 0 && !homes.includes(domain.toLowerCase())) {
      faults.push({
        path,
        says: `is ${JSON.stringify(replyAddress)}, at another domain than the mailbox; use ${homes[0]}, or add an alias at ${domain}`,
      })
    }
    return faults
  })
}
