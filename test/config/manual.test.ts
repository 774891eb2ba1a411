import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { configurationManual, describedKeys } from '../../src/config/manual.ts'

const exampleFile = new URL('../../examples/gateway.yaml', import.meta.url)
const secrets = {
  GATEWAY_SECRET: 'x'.repeat(32),
  IMAP_SUPPORT_PASSWORD: 'a',
  IMAP_WOKING_PASSWORD: 'b',
  SMTP_PASSWORD: 'c',
  PHONE_CARRIER_AUTH_TOKEN: 'd',
  PHONE_EXCHANGE_TOKEN: 'e'.repeat(24),
  API_WEBFORM_TOKEN: 'f'.repeat(32),
  API_CRM_TOKEN: 'g'.repeat(32),
}

it('docs/configuration.md is what the schema says (scripts/write-configuration-docs.ts writes it)', async () => {
  const page = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8')
  expect(page).toBe(configurationManual(await readFile(exampleFile, 'utf8')))
})

it('every key says what it means', () => {
  const keys = describedKeys()
  expect(keys.filter(({ description }) => !/^[^a-z].*[.]$/.test(description))).toEqual([])
  expect(keys.length).toBeGreaterThan(80)
})

it('the complete example is sound', async () => {
  const loaded = await loadConfig({ file: exampleFile.pathname, env: secrets })
  expect(loaded).toMatchObject({ config: { company: 'Hansen Messtechnik GmbH' } })
})

it('the complete example leaves no key out but secrets', async () => {
  const example = await readFile(exampleFile, 'utf8')
  const names = describedKeys().map(({ key }) => key.split('.').at(-1) ?? '')
  const absent = names.filter(name => !new RegExp(`\\b${name.replace('[]', '')}:`).test(example))
  expect([...new Set(absent)].toSorted()).toEqual([
    'accessKeyId',
    'password',
    'sat',
    'secret',
    'secretAccessKey',
    'sun',
    'tenant',
    'url',
  ])
})
