import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import twilio from 'twilio'
import { onTestFinished } from 'vitest'
import type { After } from '../../../src/channels/phone/deadline.ts'
import type { TextStatus } from '../../../src/channels/phone/door-context.ts'
import { openPhoneDoor, type PhoneDoor } from '../../../src/channels/phone/phone-door.ts'
import { phone } from '../../../src/config/phone-schema.ts'
import type { Config } from '../../../src/config/schema.ts'
import type { CallEvent } from '../../../src/desk/phone/call-event.ts'
import type { TakenCall } from '../../../src/intake/calls/call-deps.ts'
import { openLog } from '../../../src/log.ts'

/** The real door behind a real listener, with a desk whose answers a test chooses. */

export const token = 'main-token'
export const oldToken = 'token-of-yesterday'
export const accountSid = `AC${'0'.repeat(32)}`
export const publicUrl = 'https://gateway.example.com'
export const noon = Temporal.Instant.from('2026-11-23T11:00:00Z')
export const callSid = `CA${'1'.repeat(32)}`
export const arrivedFields = {
  CallSid: callSid,
  AccountSid: accountSid,
  From: '+4940555123',
  To: '+4940123456',
  CallStatus: 'ringing',
  Direction: 'inbound',
  ApiVersion: '2010-04-01',
}

export function phoneConfig(url = publicUrl, extra: object = {}): Config {
  const parsed = phone.parse({
    publicUrl: url,
    providers: {
      main: { kind: 'twilio', accountSid, authToken: token, previousAuthToken: oldToken, ...extra },
    },
    lines: {
      hotline: {
        provider: 'main',
        number: '+4940123456',
        office: 'hamburg',
        group: 'support',
        mailbox: 'support',
      },
    },
  })
  return { phone: parsed } as unknown as Config
}

export function taken(answer: TakenCall['answer'] = [], more: Partial<TakenCall> = {}): TakenCall {
  return { result: 'new', answer, turn: 1, callId: 'call-1', ticketNumber: '100001', ...more }
}

/** Timers that run when a test says so. */
export function handTimers(): { readonly after: After; pass(milliseconds: number): void } {
  let clock = 0
  const timers = new Set<{ at: number; work: () => void }>()
  return {
    after(milliseconds, work) {
      const timer = { at: clock + milliseconds, work }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    pass(milliseconds) {
      clock += milliseconds
      for (const timer of [...timers].toSorted((a, b) => a.at - b.at)) {
        if (timer.at > clock || !timers.delete(timer)) continue
        timer.work()
      }
    },
  }
}

export interface TestDoor {
  readonly door: PhoneDoor
  readonly folder: string
  readonly events: CallEvent[]
  readonly texts: TextStatus[]
  readonly timers: ReturnType<typeof handTimers>
  now: Temporal.Instant
  desk: (event: CallEvent) => Promise<TakenCall>
  onText: (status: TextStatus) => Promise<void>
  url(path: string): string
  /** As Twilio: the signature is made for the public address. */
  post(
    path: string,
    fields?: Record<string, string | readonly string[]>,
    change?: { readonly signature?: string | null; readonly token?: string; readonly signedUrl?: string },
  ): Promise<{ readonly status: number; readonly type: string; readonly body: string }>
}

export async function openDoor(
  options: {
    readonly folder?: string
    /** `itself`: the address it listens at. */
    readonly publicUrl?: string
    readonly config?: object
  } = {},
): Promise<TestDoor> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'phone-spool-'))
  const app = express()
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const signedBase = options.publicUrl === 'itself' ? origin : (options.publicUrl ?? publicUrl)
  const timers = handTimers()
  const events: CallEvent[] = []
  const texts: TextStatus[] = []
  const door = await openPhoneDoor({
    config: phoneConfig(signedBase, options.config),
    takeIn: async event => {
      const answer = await test.desk(event)
      events.push(event)
      return answer
    },
    onText: async status => {
      await test.onText(status)
      texts.push(status)
    },
    now: () => test.now,
    after: timers.after,
    spoolFolder: folder,
    log: openLog('silent'),
  })
  app.use('/phone', door.router)
  onTestFinished(async () => {
    server.close()
    server.closeAllConnections()
    await door.stop()
  })
  const test: TestDoor = {
    now: noon,
    door,
    folder,
    events,
    texts,
    timers,
    desk: async () => taken(),
    onText: async () => {},
    url: path => origin + path,
    async post(path, fields = arrivedFields, change = {}) {
      const body = new URLSearchParams(
        Object.entries(fields).flatMap(([name, value]) =>
          [value].flat().map(one => [name, one] as [string, string]),
        ),
      )
      const signature =
        change.signature === undefined
          ? twilio.getExpectedTwilioSignature(
              change.token ?? token,
              change.signedUrl ?? signedBase + path,
              fields,
            )
          : change.signature
      const response = await fetch(origin + path, {
        method: 'POST',
        body,
        ...(signature !== null && { headers: { 'x-twilio-signature': signature } }),
      })
      return {
        status: response.status,
        type: response.headers.get('content-type') ?? '',
        body: await response.text(),
      }
    },
  }
  return test
}
