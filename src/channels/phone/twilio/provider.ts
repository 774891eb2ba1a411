import type twilio from 'twilio'
import { TransientFailure } from '../../../desk/failure.ts'
import type { Capabilities } from '../../../desk/phone/instruction.ts'
import type { CallRequest, PhoneProvider, ProviderCall, TextRequest } from '../../../desk/phone/provider.ts'
import { withoutSlash } from '../public-url.ts'
import { addressesOf } from './addresses.ts'
import { mostMilliseconds, twilioClient } from './client.ts'
import { failureOf, isGone } from './failure.ts'
import { recordingFetcher } from './media.ts'
import type { TwilioConfig } from './twilio-config.ts'

const can: Capabilities = {
  answers: true,
  speaks: true,
  accepts: true,
  records: true,
  dials: true,
  texts: true,
}

/** Of one look at the list; far more than a hotline has between two looks. */
const mostListed = 1000
const mostTextsLookedAt = 100
/** Of one call. */
const mostRecordings = 20

type Client = ReturnType<typeof twilio>
type ListedCall = Awaited<ReturnType<Client['calls']['list']>>[number]

/**
 * Twilio's REST side. Nothing is repeated here: whether a request may be made again is for whoever knows what it was
 * for. Requests end after ten seconds.
 */
export function twilioProvider(
  key: string,
  config: TwilioConfig,
  publicUrl: string,
  milliseconds = mostMilliseconds,
): PhoneProvider {
  const client = twilioClient(config, milliseconds)
  const addresses = addressesOf(withoutSlash(publicUrl), key)

  async function asked<T>(what: string, twice: 'harmless' | 'unsure', request: () => Promise<T>): Promise<T> {
    try {
      return await request()
    } catch (error) {
      throw failureOf(error, what, twice)
    }
  }

  async function quietIfGone(what: string, request: () => Promise<unknown>): Promise<void> {
    await asked(what, 'harmless', async () => {
      try {
        await request()
      } catch (error) {
        if (!isGone(error)) throw error
      }
    })
  }

  return {
    key,
    can,
    placeCall: (request: CallRequest) =>
      asked('ring an agent', 'unsure', async () =>
        accepted(
          await client.calls.create({
            to: request.to,
            from: request.from,
            url: addresses.attemptAnswered(request.attemptId),
            method: 'POST',
            statusCallback: addresses.attemptStatus(request.attemptId),
            statusCallbackMethod: 'POST',
            statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
            timeout: request.ringSeconds,
            timeLimit: request.mostMinutes * 60,
          }),
        ),
      ),
    hangUp: providerId =>
      quietIfGone('end a call', () => client.calls(providerId).update({ status: 'completed' })),
    listCalls: (number, since, until) =>
      asked('list calls', 'harmless', async () => {
        const span = {
          startTimeAfter: new Date(toSecond(since) - 1000),
          startTimeBefore: dateOf(until),
          limit: mostListed,
        }
        const lists = await Promise.all([
          client.calls.list({ to: number, ...span }),
          client.calls.list({ from: number, ...span }),
          // A call that waits in Twilio's queue has no start yet, and the span would leave it out: of ours to an agent
          // as of ours from a line, or an attempt that waits its turn is taken for one that was never placed.
          client.calls.list({ to: number, status: 'queued', limit: mostListed }),
          client.calls.list({ from: number, status: 'queued', limit: mostListed }),
        ])
        const found = new Map(lists.flat().map(call => [call.sid, call]))
        return [...found.values()]
          .flatMap(readCall)
          .filter(call => isWithin(call.startedAt, since, until))
          .toSorted((a, b) => Temporal.Instant.compare(b.startedAt, a.startedAt))
      }),
    listRecordings: callSid =>
      asked('list recordings', 'harmless', async () => {
        const found = await client.recordings.list({ callSid, limit: mostRecordings })
        return found
          .filter(({ status }) => status === 'completed')
          .map(({ sid, duration }) => ({ recordingId: sid, seconds: wholeNumber(duration) }))
      }),
    fetchRecording: recordingFetcher(config),
    deleteRecording: recordingId =>
      quietIfGone('delete a recording', () => client.recordings(recordingId).remove()),
    sendText: (request: TextRequest) =>
      asked('send a text', 'unsure', async () =>
        accepted(
          await client.messages.create({
            to: request.to,
            from: request.from,
            body: request.text,
            statusCallback: addresses.text(request.textId),
          }),
        ),
      ),
    findText: (request, since) =>
      asked('look for a text', 'harmless', async () => {
        const found = await client.messages.list({ to: request.to, limit: mostTextsLookedAt })
        // A trial account puts a sentence of its own in front.
        const text = found.find(
          ({ body, dateCreated }) => body.endsWith(request.text) && dateCreated.getTime() >= toSecond(since),
        )
        return text && { providerId: text.sid }
      }),
  }
}

/** An answer without an id is that of something between Twilio and us. */
function accepted(answer: { readonly sid: unknown }): { readonly providerId: string } {
  if (typeof answer.sid === 'string' && answer.sid !== '') return { providerId: answer.sid }
  throw new TransientFailure('unsure', 'Twilio accepted a request without naming what it made of it.')
}

const states: ReadonlyMap<string, ProviderCall['state']> = new Map([
  ['completed', 'completed'],
  ['busy', 'busy'],
  ['no-answer', 'no-answer'],
  ['failed', 'failed'],
  ['canceled', 'cancelled'],
] as const)

/** Legs of a call are no calls of their own. */
function readCall(call: ListedCall): ProviderCall[] {
  if (call.direction === 'outbound-dial' || call.parentCallSid) return []
  const started = call.startTime ?? call.dateCreated
  return [
    {
      providerId: call.sid,
      direction: call.direction === 'inbound' ? 'in' : 'out',
      from: call.from,
      to: call.to,
      startedAt: Temporal.Instant.fromEpochMilliseconds(started.getTime()),
      state: states.get(call.status) ?? 'open',
      seconds: wholeNumber(call.duration),
    },
  ]
}

function wholeNumber(text: string | null): number | null {
  const number = Number(text ?? Number.NaN)
  return Number.isInteger(number) ? number : null
}

/** Twilio's times are whole seconds: a call of the second in which the span begins belongs to it. */
function isWithin(at: Temporal.Instant, since: Temporal.Instant, until: Temporal.Instant): boolean {
  return at.epochMilliseconds >= toSecond(since) && at.epochMilliseconds <= until.epochMilliseconds
}

function toSecond(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000) * 1000
}

function dateOf(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds)
}
