import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express, { type Router } from 'express'
import { type DoorContext, type DoorFigures, noFigures } from '../../../src/channels/phone/door-context.ts'
import { openSpool } from '../../../src/channels/phone/spool.ts'
import { type PhoneConfig, type ProviderConfig, phone } from '../../../src/config/phone-schema.ts'
import type { CallEvent } from '../../../src/desk/phone/call-event.ts'
import type { Instruction } from '../../../src/desk/phone/instruction.ts'
import type { TakenCall } from '../../../src/intake/calls/call-deps.ts'
import { openLog } from '../../../src/log.ts'
import { noon } from '../../desk/mail-example.ts'

/** One adapter behind real HTTP, with everything behind the seam played by the test. */
export interface AdapterDoor {
  /** Of the provider: what would be `publicUrl` + /phone/<key>. */
  readonly url: string
  readonly events: CallEvent[]
  readonly figures: DoorFigures
  /** What taking in gives from now on; an Error is thrown. */
  answers(answer: readonly Instruction[] | Error, changes?: Partial<TakenCall>): void
  /** Events that were written down because they could not be taken in. */
  spooled(): Promise<readonly CallEvent[]>
  close(): Promise<void>
}

export const hotline = '+4940123456'
export const ourCallId = '0198c0de-0000-4000-8000-000000000001'

export async function openAdapterDoor<K extends ProviderConfig['kind']>(
  config: Extract<ProviderConfig, { readonly kind: K }>,
  routesOf: (ctx: DoorContext<Extract<ProviderConfig, { readonly kind: K }>>) => Router,
): Promise<AdapterDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'phone-door-'))
  const app = express()
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const events: CallEvent[] = []
  let answer: readonly Instruction[] | Error = []
  let changes: Partial<TakenCall> = {}
  const figures = noFigures()
  const spool = await openSpool({ folder, now: () => noon })
  const ctx: DoorContext<Extract<ProviderConfig, { readonly kind: K }>> = {
    providerKey: 'system',
    config,
    phone: phoneConfig(publicUrl, config),
    publicUrl,
    takeIn: async event => {
      events.push(event)
      if (answer instanceof Error) throw answer
      return { result: 'new', answer, turn: 1, callId: ourCallId, ticketNumber: '1000007', ...changes }
    },
    onText: async () => {},
    now: () => noon,
    after: () => () => {},
    spool,
    figures,
    log: openLog('silent'),
    track: () => {},
  }
  app.use('/phone/system', routesOf(ctx))
  return {
    url: `${publicUrl}/phone/system`,
    events,
    figures,
    answers: (next, nextChanges = {}) => {
      answer = next
      changes = nextChanges
    },
    async spooled() {
      const found: CallEvent[] = []
      await spool.replay(async event => {
        found.push(event)
        return 'taken'
      })
      return found
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}

function phoneConfig(publicUrl: string, provider: ProviderConfig): PhoneConfig {
  return phone.parse({
    publicUrl,
    providers: { system: provider },
    lines: {
      hotline: {
        provider: 'system',
        number: hotline,
        office: 'hamburg',
        group: 'support',
        mailbox: 'support',
      },
    },
  })
}
