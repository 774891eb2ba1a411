import { sendNoted } from './documents.ts'
import type { ExchangeRoom } from './exchange-room.ts'
import { pass } from './virtual-clock.ts'

/** A text message (SMS) that the gateway sent. */
export interface NetText {
  readonly sid: string
  readonly from: string
  readonly to: string
  readonly body: string
  readonly createdAt: Temporal.Instant
  readonly statusCallback: string | undefined
  status: 'queued' | 'sent' | 'delivered' | 'undelivered'
  sentAt: Temporal.Instant | null
  errorCode: number | null
}

export interface Texts {
  send(text: Pick<NetText, 'from' | 'to' | 'body' | 'statusCallback'>): NetText
  readonly all: readonly NetText[]
}

/** Landlines and numbers out of reach cannot take a text: the provider accepts it and tells so later. */
const landline = 30_006
const unreachableHandset = 30_003

export function openTexts(room: ExchangeRoom): Texts {
  const all: NetText[] = []

  async function goOut(text: NetText): Promise<void> {
    const mobile = /^\+(491[567]|447[1-9])/.test(text.to)
    const arrives = mobile && !room.knobs.undeliverable.has(text.to)
    tell(text)
    await pass(room.clock, 1)
    text.status = 'sent'
    text.sentAt = room.clock.now()
    tell(text)
    await pass(room.clock, 3)
    text.status = arrives ? 'delivered' : 'undelivered'
    if (!arrives) text.errorCode = mobile ? unreachableHandset : landline
    tell(text)
  }

  function tell({ sid, from, to, status, errorCode, statusCallback }: NetText): void {
    if (!statusCallback) return
    const fields = {
      AccountSid: room.accountSid,
      ApiVersion: '2010-04-01',
      From: from,
      To: to,
      MessageSid: sid,
      MessageStatus: status,
      SmsSid: sid,
      SmsStatus: status,
      ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
    }
    void sendNoted(room, { kind: 'message', url: statusCallback, method: 'POST', fields })
  }

  return {
    all,
    send(request) {
      const text: NetText = {
        ...request,
        sid: room.chance.sid('SM'),
        createdAt: room.clock.now(),
        status: 'queued',
        sentAt: null,
        errorCode: null,
      }
      all.push(text)
      room.clock.at(room.clock.now(), () => void goOut(text))
      return text
    },
  }
}
