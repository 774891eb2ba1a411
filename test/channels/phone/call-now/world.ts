import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { callNowRoutes } from '../../../../src/channels/phone/call-now/routes.ts'
import { officesOf } from '../../../../src/config/office-calendar.ts'
import { type Config, configSchema } from '../../../../src/config/schema.ts'
import { callNowToken } from '../../../../src/desk/phone/call-now-token.ts'
import type { CallRequest, PhoneProvider } from '../../../../src/desk/phone/provider.ts'
import type { CallDeps } from '../../../../src/intake/calls/call-deps.ts'
import { oweCallback } from '../../../../src/intake/calls/callback-book.ts'
import { openLog } from '../../../../src/log.ts'
import { inTransaction, openDatabase } from '../../../../src/store/database.ts'
import { cloneDatabase } from '../../../database.ts'
import { noon } from '../../../desk/mail-example.ts'
import { deskConfig } from '../../../intake/desk.ts'

/** The desk of Hamburg with a hotline, its "call now" pages on 127.0.0.1, and customers who are owed a call. */

export const phoneConfig: Config = configSchema.parse({
  ...deskConfig,
  agents: {
    anna: { ...deskConfig.agents.anna, phone: '+494066969111' },
    bernd: { ...deskConfig.agents.bernd, phone: '+442079460958' },
    carla: { name: 'Carla Sand', addresses: ['carla@example.com'], language: 'de' },
  },
  phone: {
    publicUrl: 'https://gateway.example.com',
    providers: {
      twilio: { kind: 'twilio', accountSid: `AC${'0'.repeat(32)}`, authToken: 'the token of the provider' },
    },
    lines: {
      hotline: {
        ...{ provider: 'twilio', number: '+494066969100', office: 'hamburg', group: 'support' },
        mailbox: 'support',
      },
    },
  },
})

export interface Owing {
  readonly number?: string
  readonly customer?: string
}

export async function openCallNow() {
  const { url, drop } = await cloneDatabase()
  const database = openDatabase(url, 4)
  const placed: CallRequest[] = []
  let failure: Error | undefined
  const offices = officesOf(phoneConfig, noon)
  const provider: PhoneProvider = {
    key: 'twilio',
    can: { answers: true, speaks: true, accepts: true, records: true, dials: true, texts: true },
    async placeCall(request) {
      placed.push(request)
      if (failure) throw failure
      return { providerId: `CA${placed.length}` }
    },
    hangUp: async () => {},
    listCalls: async () => [],
    listRecordings: async () => [],
    fetchRecording: async () => undefined,
    deleteRecording: async () => {},
    sendText: async () => ({ providerId: 'SM1' }),
    findText: async () => undefined,
  }
  let now = noon
  const deps: CallDeps = {
    ...{ database, config: phoneConfig, offices, providers: new Map([['twilio', provider]]) },
    now: () => now,
    nudge: () => {},
    wake: () => {},
    log: openLog('silent'),
  }
  const app = express().use(callNowRoutes(deps))
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  let sequence = 0

  /** A customer with a ticket, who is owed a call; gives the callback's id and the links of agents to it. */
  async function owe({ number = '+494066969222', customer = 'Petra Kunde' }: Owing = {}) {
    const ticketId = randomUUID()
    const office = offices.get('hamburg')
    if (!office) throw new Error('the office is in the configuration')
    await database.ticket.create({
      data: {
        ...{ id: ticketId, number: String(2_000_000 + ++sequence), state: 'open', subject: 'Anruf' },
        ...{ customerAddress: '', customerName: customer, language: 'de', mailbox: 'support' },
        ...{ group: 'support', office: 'hamburg', openedAt: new Date(), changedAt: new Date() },
      },
    })
    const { callbackId } = await inTransaction(database, tx =>
      oweCallback(tx, {
        ...{ ticketId, line: 'hotline', number, language: 'de', office, minutes: 120, now },
        ...{ startedAt: now, wakeAt: now, source: 'caller' },
      }),
    )
    const link = (agent = 'anna', expiresAt = now.add({ hours: 72 })) =>
      `http://127.0.0.1:${port}/phone/call-now/${callNowToken(phoneConfig.secret, { agent, callbackId, expiresAt })}`
    return { ticketId, callbackId, link }
  }

  return {
    ...{ deps, database, placed, owe, port },
    failWith: (error: Error | undefined) => {
      failure = error
    },
    setNow: (at: Temporal.Instant) => {
      now = at
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await database.$disconnect()
      await drop()
    },
  }
}

/** Sends a form as a browser does, and gives the page it ends on. */
export async function send(url: string, fields: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  if (response.status !== 303) return { status: response.status, page: await response.text() }
  const shown = await fetch(new URL(response.headers.get('location') ?? '', url))
  return { status: shown.status, page: await shown.text() }
}

export const open = async (url: string) => (await fetch(url)).text()
