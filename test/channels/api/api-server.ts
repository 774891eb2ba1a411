import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { onTestFinished } from 'vitest'
import { apiRouter } from '../../../src/channels/api/router.ts'
import { type Config, configSchema } from '../../../src/config/schema.ts'
import { promiseDepsOf } from '../../../src/intake/promises/promise-deps.ts'
import { type Log, openLog } from '../../../src/log.ts'
import { openBlobStore } from '../../../src/store/blobs.ts'
import { deskConfig, openDesk } from '../../intake/desk.ts'

/** The API of a desk in Hamburg on a real database, behind real HTTP. */

export const tokens = {
  web: 'web-form-token-0123456789-0123456789-abcdef',
  crm: 'crm-token-0123456789-0123456789-0123456789',
  sales: 'sales-token-0123456789-0123456789-01234567',
} as const

export const apiConfig = (sections: Readonly<Record<string, unknown>> = {}): Config =>
  configSchema.parse({
    ...structuredClone(deskConfig),
    groups: {
      support: { name: 'Support', agents: ['anna', 'bernd'] },
      sales: { name: 'Vertrieb', agents: ['bernd'] },
    },
    areas: { printing: { name: { de: 'Drucken', en: 'Printing' }, words: ['Drucker'] } },
    routing: [
      { when: { area: 'printing' }, group: 'support' },
      { when: {}, group: 'support' },
    ],
    requestTypes: {
      question: {
        name: { de: 'Frage', en: 'Question' },
        fields: {
          serial: { label: { de: 'Seriennummer', en: 'Serial number' }, kind: 'serial', required: true },
        },
      },
    },
    api: {
      clients: {
        web: { name: 'Web form', token: tokens.web, may: ['post'], mailbox: 'support' },
        crm: {
          ...{ name: 'CRM', token: tokens.crm, may: ['post', 'read', 'subscribe'], mailbox: 'support' },
          ...{ channel: 'social', perMinute: 6000 },
        },
        sales: {
          ...{ name: 'Sales', token: tokens.sales, may: ['post', 'read'], mailbox: 'support' },
          groups: ['sales'],
        },
      },
    },
    ...sections,
  })

export interface Answered {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is looked at field by field
  readonly body: any
}

type Client = keyof typeof tokens

/** Closed when the test ends. `now` may move. */
export async function openApi(
  config: Config = apiConfig(),
  now = () => Temporal.Instant.from('2026-11-24T09:00:00Z'),
  log: Log = openLog('silent'),
) {
  const desk = await openDesk(now, config)
  const folder = await mkdtemp(join(tmpdir(), 'api-'))
  const blobs = await openBlobStore({ kind: 'files' }, folder)
  const woken = { nudges: 0, wakes: 0 }
  const deps = {
    ...promiseDepsOf(desk.deps),
    ...{ log, blobs },
    nudge: () => {
      woken.nudges++
    },
    wake: () => {
      woken.wakes++
    },
  }
  const server = express().use(apiRouter(deps)).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/api/v1`
  onTestFinished(async () => {
    await new Promise(resolve => server.close(resolve))
    await desk.close()
    await rm(folder, { recursive: true })
  })
  const ask = async (client: Client | undefined, path: string, init: RequestInit = {}): Promise<Answered> => {
    const headers = { ...(client ? { authorization: `Bearer ${tokens[client]}` } : {}), ...init.headers }
    const response = await fetch(`${url}${path}`, { ...init, headers })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
  }
  let keys = 0
  return {
    ...{ blobs, folder },
    ...{ desk, deps, url, woken, ask, database: desk.database },
    get: (client: Client, path: string) => ask(client, path),
    post: (client: Client, path: string, body: unknown, key = `key-${++keys}`) =>
      ask(client, path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      }),
  }
}

export const matter = {
  text: 'Guten Tag,\nder Drucker im ersten Stock zieht kein Papier mehr ein. Seriennummer: AB-4711.',
  customer: { name: 'Petra Lindner', email: 'petra@kunde.example.com', phone: '040 1234567' },
} as const
