import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { segmentsOf, type TextData, type TextKind, textWords } from '../../../src/desk/phone/text-words.ts'
import type { CallDeps } from '../../../src/intake/calls/call-deps.ts'
import { textFailed } from '../../../src/intake/calls/texts.ts'
import { promiseDepsOf } from '../../../src/intake/promises/promise-deps.ts'
import { sendUpdate } from '../../../src/intake/promises/status-update.ts'
import { takeIn } from '../../../src/intake/take-in.ts'
import { inTransaction } from '../../../src/store/database.ts'
import { noon } from '../../desk/mail-example.ts'
import { hotlineConfig } from '../../telephony/hotline.ts'
import { arrival, openDesk, type TestDesk } from '../desk.ts'

/** Customers of whom only a mobile number is known hear of their matters as well: E6. */

const config = hotlineConfig(
  {
    publicUrl: 'https://gateway.example.com',
    apiUrl: 'https://api.example.com',
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: '0'.repeat(32),
  },
  {},
  { policy: { targets: [{ statusUpdate: 120 }] } },
)
const mobile = '+491713920099'

let desk: TestDesk
beforeAll(async () => {
  desk = await openDesk(() => noon, config)
  await takeIn(desk.deps, [arrival(1)])
  await desk.database.ticket.updateMany({ data: { customerAddress: '', customerPhone: mobile } })
})
afterAll(() => desk.close())

const theText = () => desk.database.textMessage.findFirstOrThrow()

describe('a status update', () => {
  it('goes by text where no address is known, with what the agent wrote and when we write again', async () => {
    const { id: ticketId, number } = await desk.database.ticket.findFirstOrThrow()
    const words = { done: 'Die Karte ist bestellt.', next: '', by: 'anna', automatic: false, now: noon }
    await inTransaction(desk.database, tx => sendUpdate(tx, promiseDepsOf(desk.deps), { ticketId, ...words }))
    const text = await theText()
    expect(text).toMatchObject({ kind: 'update', recipient: mobile, state: 'queued', line: 'hotline' })
    expect(await desk.database.letter.count({ where: { kind: 'status-update' } })).toBe(0)
    const said = textWords(text.kind as TextKind, 'de', text.data as unknown as TextData, {
      ...{ company: config.company, timeZone: 'Europe/Berlin', now: noon },
      ...{ recipient: mobile, sender: 'Nordlicht' },
    })
    expect(said).toBe(
      `Nordlicht Software GmbH: Ticket ${number}: Die Karte ist bestellt. Sie hören heute bis 14:00 Uhr wieder von uns. Antwort nicht möglich, Rückfragen an 040 66969123.`,
    )
  })

  it('whose text does not arrive is told to whoever has the ticket', async () => {
    const text = await theText()
    const deps: CallDeps = { ...promiseDepsOf(desk.deps), providers: new Map() }
    await inTransaction(desk.database, tx => textFailed(tx, deps, text, 'number not in service', noon))
    const [entry] = await desk.database.entry.findMany({ where: { kind: 'no-update-possible' } })
    expect(entry?.detail).toMatchObject({ noText: 'the text message failed: number not in service' })
    const notices = await desk.database.letter.findMany({ where: { kind: 'agent-notice' } })
    expect(notices.map(({ data }) => (data as { event?: unknown }).event)).toContain('customer-not-told')
  })

  it('of many words fits into two messages with its promise', () => {
    const data: TextData = {
      ...{ ticketNumber: '1004711', dueAt: '2026-11-26T11:00:00Z', number: null, again: false },
      ...{ office: 'hamburg', line: '+494066969123', callId: null, callbackId: null },
      words: 'Wir haben sehr viel getan, und zwar dies und das, '.repeat(20),
    }
    const setting = {
      ...{ company: 'Messtechnik '.repeat(20), timeZone: 'Europe/Berlin', now: noon, recipient: mobile },
      sender: 'Nordlicht',
    }
    for (const kind of ['update', 'result'] as const)
      for (const language of ['de', 'en'] as const) {
        const said = textWords(kind, language, data, setting)
        expect(segmentsOf(said), said).toBe(2)
        expect(said).toContain('1004711')
        expect(said).toContain(language === 'de' ? 'Rückfragen an' : 'questions to')
      }
  })
})
