import { describe, expect, it } from 'vitest'
import { faultsIn } from './faults-in.ts'
import { soundConfig } from './sound-config.ts'

const token = 'x'.repeat(32)
const client = (key: string, more: string) =>
  `    ${key}: { name: N, token: ${token}, may: [post], ${more} }\n`
const withClients = (...clients: readonly string[]) => `${soundConfig}api:\n  clients:\n${clients.join('')}`

describe('clients of the API and readers of reports', () => {
  it('are sound where all that they name is there', async () => {
    expect(await faultsIn(withClients(client('web', 'mailbox: support, groups: [support]')))).toEqual([])
  })

  it('are refused with a mailbox or group that is not there', async () => {
    const faults = await faultsIn(withClients(client('web', 'mailbox: suport, groups: [sales]')))
    expect(faults).toEqual([
      expect.stringMatching(/^api\.clients\.web\.mailbox \(.*\) is "suport", which is not a mailbox/),
      expect.stringMatching(/^api\.clients\.web\.groups\[?.*is "sales", which is not a group/),
    ])
  })

  it('are refused with one token for two, which no fault repeats', async () => {
    const faults = await faultsIn(
      withClients(client('web', 'mailbox: support'), client('crm', 'mailbox: support')),
    )
    expect(faults).toEqual([
      expect.stringContaining('is that of api.clients.web; give each a token of its own'),
    ])
    expect(faults.join()).not.toContain(token)
  })

  it('are refused where a report goes to nobody', async () => {
    const faults = await faultsIn(
      `${soundConfig}reports:\n  - { to: [nobody], role: team, groups: [none] }\n`,
    )
    expect(faults).toEqual([
      expect.stringContaining('is "nobody", which is not an agent or a group'),
      expect.stringContaining('is "none", which is not a group'),
    ])
  })
})
