/** Whom letters beside tickets would reach: readers of reports, and manufacturers. */
import { Resolver } from 'node:dns/promises'
import type { Config } from '../../config/schema.ts'
import type { Finding } from './finding.ts'

/** Throws what the DNS answers; `ENOTFOUND` and `ENODATA` mean that there is none. */
export type MailServers = (domain: string) => Promise<readonly { readonly exchange: string }[]>

const patience = { timeout: 3000, tries: 2 }

export function mailServersInDns(): MailServers {
  const resolver = new Resolver(patience)
  return domain => resolver.resolveMx(domain)
}

export function checkReports({ reports, agents, groups }: Config): readonly Finding[] {
  return reports.map(({ to, role, every }, at): Finding => {
    const readers = to.flatMap(key => groups[key]?.agents ?? [key])
    const reached = [...new Set(readers)].filter(key => (agents[key]?.addresses.length ?? 0) > 0)
    const what = `report ${at + 1}`
    if (reached.length > 0)
      return { what, ok: true, found: `${role}, every ${every}, to ${reached.length} of the agents` }
    return {
      ...{ what, ok: false, found: `${role}, every ${every}: nobody of ${to.join(', ')} has an address` },
      advice: 'name agents with an address in `to`, or a group that has some',
    }
  })
}

/** Asks the DNS whether mail to a manufacturer can be delivered at all. */
export async function checkVendors(
  { vendors, mailboxes }: Config,
  mailServers: MailServers,
): Promise<readonly Finding[]> {
  const checks = Object.entries(vendors).map(async ([key, vendor]): Promise<Finding> => {
    const what = `vendor ${key}`
    const addresses = [vendor.address, ...vendor.levels.map(({ address }) => address)]
    const domains = [...new Set(addresses.map(domainOf))]
    const lost = (await Promise.all(domains.map(one => isLost(one, mailServers)))).flatMap(one => one ?? [])
    if (lost.length > 0)
      return {
        ...{ what, ok: false, found: `no mail server is known for ${lost.join(', ')}` },
        advice: 'correct the address, or ask the manufacturer for the right one',
      }
    const from = vendor.mailbox === undefined ? Object.keys(mailboxes) : [vendor.mailbox]
    const deaf = from.filter(one => mailboxes[one]?.replyAddress === undefined)
    if (deaf.length > 0)
      return {
        what,
        ok: false,
        found: `${vendor.address} is written to from ${deaf.join(', ')}, without a replyAddress`,
        advice: 'set `replyAddress` there: answers would be known by numbers in their subjects alone',
      }
    return { what, ok: true, found: `${vendor.address}, written to from ${from.join(', ')}` }
  })
  return Promise.all(checks)
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** Only a clear no of the DNS counts: a check behind a firewall must not call a good address bad. */
async function isLost(domain: string, mailServers: MailServers): Promise<string | undefined> {
  try {
    const found = await mailServers(domain)
    // RFC 7505: a single "." says that the domain takes no mail.
    return found.length > 0 && found.every(({ exchange }) => exchange === '' || exchange === '.')
      ? domain
      : undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ENOTFOUND' ? domain : undefined
  }
}
