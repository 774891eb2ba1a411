import { readFileSync } from 'node:fs'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import { apiDocument } from '../../../src/channels/api/document.ts'
import { routes } from '../../../src/channels/api/routes.ts'

describe('the OpenAPI document', () => {
  it('in docs is the one that the gateway serves', () => {
    const written = readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')
    expect(`${JSON.stringify(apiDocument(), null, 2)}\n`, 'run: node scripts/write-api-docs.ts').toBe(written)
  })

  it('passes the recommended rules of a public linter, which finds what is wrong with another one', async () => {
    const config = await createConfig({ extends: ['recommended'] })
    const faultsIn = async (document: unknown) => {
      const source = JSON.stringify(document)
      return (await lintFromString({ source, absoluteRef: 'openapi.json', config })).map(
        ({ ruleId }) => ruleId,
      )
    }
    expect(await faultsIn(apiDocument())).toEqual([])
    expect(await faultsIn({ ...apiDocument(), security: undefined, servers: [] })).not.toEqual([])
  })

  it('names each operation once, with an answer for every problem that may come', () => {
    expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length)
    const { paths = {} } = apiDocument()
    for (const { url, method } of routes) {
      const statuses = Object.keys(paths[url]?.[method]?.responses ?? {})
      expect(statuses).toEqual(expect.arrayContaining(['400', '401', '403', '429', '500', '503']))
    }
  })
})
