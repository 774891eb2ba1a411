import { fetchDocument } from './documents.ts'
import { perform } from './performance.ts'
import type { Next, Stage } from './stage.ts'
import type { Verb } from './twiml-parser.ts'

/**
 * Waits in a queue, to the document of its waitUrl, over and over, until that says Leave or the caller hangs up. Nobody
 * is fetched out of a queue here: the gateway hunts for agents itself.
 */
export async function enqueue(stage: Stage, { attributes, text }: Verb): Promise<Next> {
  const { room, leg } = stage
  const since = room.clock.now()
  const queueSid = room.chance.sid('QU')
  const seconds = () =>
    String(Math.floor((room.clock.now().epochMilliseconds - since.epochMilliseconds) / 1000))
  leg.call.transcript.write(leg.phone.name, `waits in queue ${text}`)
  let result = ''
  while (result === '') {
    const before = room.clock.now()
    const document = await fetchDocument(
      room,
      leg,
      {
        kind: 'queue',
        url: attributes.waitUrl ?? '',
        method: attributes.waitUrlMethod,
        fields: {
          QueueSid: queueSid,
          QueuePosition: '1',
          QueueTime: seconds(),
          AvgQueueTime: '0',
          CurrentQueueSize: '1',
          MaxQueueSize: attributes.maxQueueSize ?? '1000',
        },
        place: 'queue',
      },
      stage.fallbackUrl,
    )
    const ending = document && !leg.gone() ? await perform(room, leg, document, 'queue', undefined) : 'error'
    if (leg.gone() || ending === 'gone' || ending === 'hung-up') result = 'hangup'
    else if (ending === 'left') result = 'leave'
    else if (ending === 'error' || Temporal.Instant.compare(before, room.clock.now()) === 0)
      result = 'system-error'
  }
  const url = attributes.action
  if (!url) return result === 'hangup' ? { next: 'gone' } : { next: 'go-on' }
  const fields = { QueueResult: result, QueueSid: queueSid, QueueTime: seconds() }
  return {
    next: 'fetch',
    request: { kind: 'queue', url, method: attributes.method, fields, place: stage.place },
  }
}
