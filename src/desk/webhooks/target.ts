/**
 * Where a webhook may be sent. A client of the API chooses the address, and we stand inside the house: without this rule
 * it could have us knock on doors that it cannot reach itself (server-side request forgery). What a name resolves to is
 * looked at again at every posting.
 */

/** What is wrong with an address, in words with a remedy. */
export interface TargetFault {
  readonly problem: string
  readonly remedy: string
}

const longest = 2000

/** Undefined where it may be sent to. `hosts` are the exceptions of the configuration. */
export function targetFault(address: string, hosts: readonly string[]): TargetFault | undefined {
  const url = URL.parse(address)
  if (!url || address.length > longest || !/^https?:$/.test(url.protocol))
    return {
      problem: 'It is no address of the web.',
      remedy: 'Send one such as https://crm.example.com/hook.',
    }
  if (url.username !== '' || url.password !== '')
    return { problem: 'It holds a user or a password.', remedy: 'Verify the signature instead.' }
  if (url.hash !== '')
    return { problem: 'It holds a fragment, which is never sent.', remedy: 'Leave out what follows the #.' }
  if (isException(url, hosts)) return undefined
  if (url.protocol !== 'https:')
    return {
      problem: 'It is not encrypted.',
      remedy: 'Send one with https, or have the host named in api.webhookHosts of the configuration.',
    }
  if (isLiteral(url.hostname))
    return {
      problem: 'It names a number instead of a host.',
      remedy: 'Send one with a name, or have the host named in api.webhookHosts of the configuration.',
    }
  return undefined
}

/** Named in the configuration, with its port or for all of them: may be private and without TLS. */
export function isException(url: URL, hosts: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const named = hosts.map(host => host.toLowerCase())
  return named.includes(url.hostname) || named.includes(`${url.hostname}:${port}`)
}

/** URLs write every form of an IPv4 address (0x7f.1, 2130706433) with four numbers. */
const isLiteral = (hostname: string): boolean =>
  hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname)
