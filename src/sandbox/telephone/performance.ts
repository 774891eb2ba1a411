import { dial } from './dial.ts'
import { type FetchedDocument, fetchDocument, note } from './documents.ts'
import type { ExchangeRoom } from './exchange-room.ts'
import { NetworkFault } from './faults.ts'
import { gather } from './gather.ts'
import type { Leg } from './net-call.ts'
import { enqueue } from './queue.ts'
import { record } from './record.ts'
import type { Next, Stage } from './stage.ts'
import type { Place } from './twiml-grammar.ts'
import type { Verb } from './twiml-parser.ts'
import { hear, pause } from './utterance.ts'

/** How a document, with all that followed from it, came to its end. */
export type Ending = 'finished' | 'hung-up' | 'gone' | 'left' | 'rejected' | 'refused-busy' | 'error'

const mostDocuments = 150
const mostRedirects = 10

/**
 * Carries a document out, and every document that its answers lead to. Verbs are done in order; the first that asks the
 * gateway for a document goes on there and never comes back.
 */
export async function perform(
  room: ExchangeRoom,
  leg: Leg,
  document: FetchedDocument,
  place: Place,
  fallbackUrl: string | undefined,
): Promise<Ending> {
  let current = document
  let redirects = 0
  for (let count = 0; count < mostDocuments; count++) {
    const stage: Stage = {
      room,
      leg,
      place,
      documentUrl: current.url,
      fallbackUrl,
      answer: () => answer(room, leg),
    }
    const next = await walk(stage, current.verbs)
    if (next.next !== 'fetch') return next.next === 'go-on' ? 'finished' : next.next
    redirects = next.request.kind === 'redirect' ? redirects + 1 : 0
    if (redirects > mostRedirects) {
      note(room, new NetworkFault('answer', `more than ${mostRedirects} redirects in a row`))
      return 'error'
    }
    // Record, Dial and Enqueue ask for their action all the same.
    if (leg.gone() && leg.call.status === 'in-progress') leg.call.status = 'completed'
    const fetched = await fetchDocument(room, leg, next.request, fallbackUrl)
    if (leg.gone()) return 'gone'
    if (!fetched) return 'error'
    current = fetched
  }
  note(room, new NetworkFault('answer', `over ${mostDocuments} documents in one call`))
  return 'error'
}

async function walk(stage: Stage, verbs: readonly Verb[]): Promise<Next> {
  for (const verb of verbs) {
    if (stage.leg.gone()) return { next: 'gone' }
    const next = await carryOut(stage, verb)
    if (next.next !== 'go-on') return next
  }
  return stage.leg.gone() ? { next: 'gone' } : { next: 'go-on' }
}

async function carryOut(stage: Stage, verb: Verb): Promise<Next> {
  // These leave an inward call unanswered: the caller goes on hearing it ring.
  const quiet = ['Reject', 'Pause', 'Redirect'].includes(verb.name)
  const later = verb.name === 'Dial' && verb.attributes.answerOnBridge === 'true'
  if (!quiet && !later) stage.answer()
  switch (verb.name) {
    case 'Say':
    case 'Play':
      return await hear(stage, verb)
    case 'Pause':
      return await pause(stage, verb)
    case 'Gather':
      return await gather(stage, verb)
    case 'Record':
      return await record(stage, verb)
    case 'Dial':
      return await dial(stage, verb)
    case 'Enqueue':
      return await enqueue(stage, verb)
    case 'Redirect': {
      const { attributes, text } = verb
      const request = {
        kind: 'redirect',
        url: text,
        method: attributes.method,
        place: stage.place,
      } as const
      return { next: 'fetch', request }
    }
    case 'Reject':
      return { next: verb.attributes.reason === 'busy' ? 'refused-busy' : 'rejected' }
    case 'Leave':
      return { next: 'left' }
    case 'Hangup':
      return { next: 'hung-up' }
    default:
      throw new NetworkFault('markup', `${verb.name} is not carried out by itself`)
  }
}

/** Opens the line of an inward call, once. */
function answer({ clock }: ExchangeRoom, { call, tell }: Leg): void {
  if (call.status !== 'ringing' || call.direction !== 'inbound') return
  call.status = 'in-progress'
  call.answeredAt = clock.now()
  call.transcript.write('', 'call answered')
  tell({ kind: 'answered' })
}
