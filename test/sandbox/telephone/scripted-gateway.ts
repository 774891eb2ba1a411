import { createServer } from 'node:http'
import express, { type Request } from 'express'
import twilio from 'twilio'
import { closePort, openPort } from '../../../src/sandbox/listen.ts'
import {
  type NetworkSettings,
  openTelephoneNetwork,
  type TelephoneNetwork,
} from '../../../src/sandbox/telephone/telephone-network.ts'
import { openClock } from '../../../src/sandbox/telephone/virtual-clock.ts'

export const accountSid = 'AC00000000000000000000000000000001'
export const authToken = 'a token of the tests'
export const publicUrl = 'https://gateway.example.com'
export const hotline = '+494012345670'
export const start = Temporal.Instant.from('2026-11-23T08:00:00Z')

/** What was asked for, and whether the vendor's own library accepts its signature. */
export interface Asked {
  readonly path: string
  readonly fields: Readonly<Record<string, string>>
  readonly signed: boolean
}

export type Answer = string | { readonly status: number; readonly type?: string; readonly body?: string }

/** A small gateway that says what the test wrote down, by path. */
export interface ScriptedGateway {
  readonly network: TelephoneNetwork
  readonly asked: Asked[]
  /** The last request at the path. */
  last(path: string): Asked
  client(): ReturnType<typeof twilio>
  close(): Promise<void>
}

export async function openGateway(
  answers: Readonly<Record<string, Answer | ((fields: Readonly<Record<string, string>>) => Answer)>>,
  settings: Partial<NetworkSettings> & { readonly voiceFragment?: string; readonly fallback?: boolean } = {},
): Promise<ScriptedGateway> {
  const asked: Asked[] = []
  const app = express()
  app.use(express.urlencoded({ extended: false }))
  app.use((request, response) => {
    const fields = (request.body ?? {}) as Record<string, string>
    asked.push({ path: request.path, fields, signed: isSigned(request, fields) })
    const scripted = answers[request.path] ?? { status: 204 }
    const answer = typeof scripted === 'function' ? scripted(fields) : scripted
    if (typeof answer === 'string') {
      response.type('text/xml').send(`<?xml version="1.0" encoding="UTF-8"?><Response>${answer}</Response>`)
    } else
      response
        .status(answer.status)
        .type(answer.type ?? 'text/xml')
        .send(answer.body ?? '')
  })
  const server = createServer(app)
  const port = await openPort(server, 0)
  const network = await openTelephoneNetwork({
    accountSid,
    authToken,
    clock: openClock(start),
    gatewayUrl: `http://127.0.0.1:${port}`,
    publicUrl,
    numbers: [
      {
        number: hotline,
        voiceUrl: `${publicUrl}/voice${settings.voiceFragment ?? ''}`,
        statusCallback: `${publicUrl}/ended#rc=3&rp=ct,5xx`,
        ...(settings.fallback ? { fallbackUrl: `${publicUrl}/fallback` } : {}),
      },
    ],
    seed: 'one',
    ...settings,
  })
  return {
    network,
    asked,
    last(path) {
      const found = asked.findLast(one => one.path === path)
      if (!found) throw new Error(`nobody asked for ${path}`)
      return found
    },
    client() {
      const client = twilio(accountSid, authToken)
      client.api.baseUrl = network.url
      return client
    },
    async close() {
      await network.close()
      await closePort(server, [])
    },
  }
}

function isSigned(request: Request, fields: Record<string, string>): boolean {
  const signature = request.get('x-twilio-signature') ?? ''
  return twilio.validateRequest(authToken, signature, `${publicUrl}${request.originalUrl}`, fields)
}
