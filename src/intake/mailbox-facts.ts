import type { Config } from '../config/schema.ts'
import type { Agent } from '../desk/facts.ts'
import type { MailboxFacts } from './fact-book.ts'
import type { NumberSigns, VendorAddresses } from './numbers-told.ts'

export type MailboxFactsByKey = ReadonlyMap<string, MailboxFacts>

/** What the rules may know of the configuration, prepared once at start-up for each mailbox. */
export function mailboxFactsOf(config: Config): MailboxFactsByKey {
  const mailboxes = Object.entries(config.mailboxes)
  const ownAddresses = new Set(
    mailboxes.flatMap(([, { address, aliases }]) => [address, ...aliases].map(own => own.toLowerCase())),
  )
  const agentsByAddress = new Map<string, Agent>(
    Object.entries(config.agents).flatMap(([key, { name, addresses }]) =>
      addresses.map(address => [address.toLowerCase(), { key, name }] as const),
    ),
  )
  return new Map(
    mailboxes.map(([key, { since, office }]) => [
      key,
      {
        instance: config.instance,
        ownAddresses,
        agentsByAddress,
        since: since ? startOfDay(since, config.offices[office]?.timeZone ?? 'UTC') : undefined,
        budgets: config.budgets,
        surveyChangeDays: config.feedback?.changeDays,
        reopenDays: config.tickets.reopenDays,
      },
    ]),
  )
}

function startOfDay(day: string, timeZone: string): Temporal.Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant()
}

/** The signed reply addresses of all mailboxes count everywhere: a customer may answer to one and write to another. */
export function numberSignsOf(config: Config): NumberSigns {
  return {
    secret: config.secret,
    patterns: Object.values(config.mailboxes).flatMap(({ replyAddress }) => replyAddress ?? []),
    format: config.tickets.format,
    vendors: vendorAddressesOf(config),
    agents: Object.entries(config.agents).map(([key, { tokensSince }]) => ({
      key,
      tokensSince: tokensSince ? Temporal.PlainDate.from(tokensSince) : undefined,
    })),
  }
}

function vendorAddressesOf({ vendors }: Config): readonly VendorAddresses[] {
  return Object.entries(vendors).map(([key, { address, alsoFrom, levels, reference }]) => {
    const all = [address, ...alsoFrom, ...levels.map(level => level.address)].map(one => one.toLowerCase())
    return {
      ...{ key, reference },
      addresses: all.filter(one => !one.startsWith('@')),
      domains: all.filter(one => one.startsWith('@')),
    }
  })
}
