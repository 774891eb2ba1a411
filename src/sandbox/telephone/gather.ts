import { receive } from './signal-box.ts'
import type { Next, Stage } from './stage.ts'
import type { Verb } from './twiml-parser.ts'
import { utter } from './utterance.ts'
import { later } from './virtual-clock.ts'

/**
 * Speaks, then waits for keys (or words). Without any, the verbs after it come next, unless it asks for its action all
 * the same. Who hangs up meanwhile is gone without a request.
 */
export async function gather(stage: Stage, verb: Verb): Promise<Next> {
  const { leg } = stage
  const { attributes, children } = verb
  const wants = (attributes.input ?? 'dtmf').includes('speech') ? 'keys-or-words' : 'keys'
  const interruptible = attributes.bargeIn !== 'false'
  let first: string | undefined
  for (const child of children) {
    const went = await utter(stage, child, interruptible, () => {
      if (interruptible) leg.tell({ kind: 'asked', wants, spoken: false })
    })
    if (went.kind === 'gone') return { next: 'gone' }
    if (went.kind === 'key') {
      first = went.key
      break
    }
  }
  if (first === undefined) leg.tell({ kind: 'asked', wants, spoken: true })
  const input = await collect(stage, verb, first)
  if (input === null) return { next: 'gone' }
  if (Object.keys(input).length === 0 && attributes.actionOnEmptyResult !== 'true') return { next: 'go-on' }
  const fields = Object.keys(input).length === 0 ? { Digits: '' } : input
  return {
    next: 'fetch',
    request: {
      kind: 'gather',
      url: attributes.action ?? stage.documentUrl,
      method: attributes.method,
      fields: { msg: 'Gather End', ...fields },
      place: stage.place,
    },
  }
}

/** The fields of what was entered, none for nothing; null when the party hung up. */
async function collect(
  { room, leg }: Stage,
  { attributes }: Verb,
  first: string | undefined,
): Promise<Record<string, string> | null> {
  const finish = attributes.finishOnKey ?? '#'
  const most = Number(attributes.numDigits ?? Number.POSITIVE_INFINITY)
  const timeout = Number(attributes.timeout ?? 5)
  const hearsWords = (attributes.input ?? 'dtmf').includes('speech')
  let digits = ''
  let key = first
  for (;;) {
    if (key !== undefined) {
      if (finish.includes(key)) return digits === '' ? {} : { Digits: digits, FinishedOnKey: key }
      digits += key
      if (digits.length >= most) return { Digits: digits }
    }
    const got = await receive(room.clock, [leg.box], later(room.clock.now(), timeout))
    if (!got) return digits === '' ? {} : { Digits: digits }
    const { signal } = got
    if (signal.kind === 'gone') return null
    if (signal.kind === 'voice' && hearsWords && digits === '') {
      const spoken = await receive(room.clock, [leg.box], later(room.clock.now(), signal.seconds))
      if (spoken?.signal.kind === 'gone') return null
      return { SpeechResult: signal.words, Confidence: '0.87' }
    }
    key = signal.kind === 'key' ? signal.key : undefined
  }
}
