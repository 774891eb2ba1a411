import { expect, it } from 'vitest'
import { checkReports, checkVendors } from '../../src/commands/check/check-recipients.ts'
import { exampleConfig } from '../../src/commands/letters/example-letters.ts'
import { configSchema } from '../../src/config/schema.ts'

const config = exampleConfig()
const vendors = configSchema.shape.vendors.parse({
  messwerk: { name: 'Messwerk AG', address: 'service@messwerk.example' },
})
const serversAt = (exchange: string) => () => Promise.resolve([{ exchange }])
const nowhere = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
const silent = () => Promise.reject(Object.assign(new Error('no'), { code: 'ETIMEOUT' }))

it('calls a manufacturer bad only where the DNS says clearly that no mail gets there', async () => {
  const found = async (servers: Parameters<typeof checkVendors>[1]) =>
    (await checkVendors({ ...config, vendors }, servers)).map(({ ok, found: words }) => [ok, words])
  expect(await found(nowhere)).toEqual([[false, 'no mail server is known for messwerk.example']])
  expect(await found(serversAt(''))).toEqual([[false, 'no mail server is known for messwerk.example']])
  const [[good] = []] = await found(serversAt('mx.messwerk.example'))
  expect(await found(silent)).toEqual(await found(serversAt('mx.messwerk.example')))
  const hasReply = Object.values(config.mailboxes).every(({ replyAddress }) => replyAddress !== undefined)
  expect(good).toBe(hasReply)
})

it('says which report reaches nobody', () => {
  const [key = ''] = Object.keys(config.agents)
  const groups = { ...config.groups, empty: { name: 'Empty', agents: [] } } as unknown as typeof config.groups
  const reports = configSchema.shape.reports.parse([
    { to: [key], role: 'team' },
    { to: ['empty'], role: 'executive', every: 'month' },
  ])
  expect(checkReports({ ...config, groups, reports })).toMatchObject([
    { what: 'report 1', ok: true },
    { what: 'report 2', ok: false, found: 'executive, every month: nobody of empty has an address' },
  ])
})
