import twilio from 'twilio'
import type { Instruction, Utterance } from '../../../desk/phone/instruction.ts'
import { oneLine } from '../../../desk/plain-text.ts'
import type { Language } from '../../../desk/ticket.ts'
import type { Addresses } from './addresses.ts'

/**
 * Our answers in Twilio's markup. The builder checks nothing but characters, so that everything that reaches it has its
 * type here, and words from outside are cleaned: a control character would make it throw.
 */

export interface Voices {
  readonly de: string
  readonly en: string
}

export interface AnswerPlace {
  readonly addresses: Addresses
  readonly voices: Voices
  /** Undefined for a call that none of our lines has. */
  readonly callId: string | undefined
  readonly turn: number
  /** The answer is for whoever picked up a telephone that we rang, not for the caller. */
  readonly legId: string | null
}

type VoiceResponse = InstanceType<typeof twilio.twiml.VoiceResponse>
type Gather = ReturnType<VoiceResponse['gather']>
type SayAttributes = NonNullable<Exclude<Parameters<VoiceResponse['say']>[0], string>>

const languages = { de: 'de-DE', en: 'en-GB' } as const
/** Twilio reads 4,096 characters at a time. */
const longestText = 3000
/** Twilio rings no shorter. */
const shortestRing = 5

/**
 * One document. At a leg an empty one joins both sides, which nothing may do by accident: whatever is not told to join
 * is hung up.
 */
export function answerTwiml(answer: readonly Instruction[], place: AnswerPlace): string {
  const response = new twilio.twiml.VoiceResponse()
  for (const instruction of answer) {
    if (addInstruction(response, instruction, place) === 'ends') return response.toString()
  }
  response.hangup()
  return response.toString()
}

function addInstruction(
  response: VoiceResponse,
  instruction: Instruction,
  place: AnswerPlace,
): 'ends' | 'goes on' {
  switch (instruction.do) {
    case 'say':
      addWords(response, instruction.says, place.voices, place.legId === null)
      return 'goes on'
    case 'wait':
      if (place.legId === null) response.pause({ length: Math.max(1, Math.round(instruction.seconds)) })
      return 'goes on'
    case 'ask':
      addAsk(response, instruction, place)
      return 'goes on'
    case 'record':
      addRecord(response, instruction, place)
      return 'ends'
    case 'ring':
      addRing(response, instruction, place)
      return 'ends'
    case 'refuse':
      response.reject({ reason: 'rejected' })
      return 'ends'
    case 'hang-up':
      response.hangup()
      return 'ends'
    case 'join':
      return 'ends'
  }
}

/** Silence is an answer too. At a leg, where Twilio fails to ask us, the hang-up behind it keeps a mailbox out. */
function addAsk(
  response: VoiceResponse,
  ask: Extract<Instruction, { do: 'ask' }>,
  { addresses, voices, callId, legId, turn }: AnswerPlace,
): void {
  const gather = response.gather({
    input: ['dtmf'],
    numDigits: ask.mostDigits,
    finishOnKey: ask.endsWith ?? '',
    timeout: Math.max(1, Math.round(ask.seconds)),
    actionOnEmptyResult: true,
    action:
      legId === null ? addresses.keys(known(callId), turn) : addresses.legKeys(known(callId), legId, turn),
    method: 'POST',
  })
  for (const says of ask.says) addWords(gather, says, voices)
}

/** Where nothing was said Twilio does not ask the action but goes on: the redirect asks for it. */
function addRecord(
  response: VoiceResponse,
  record: Extract<Instruction, { do: 'record' }>,
  { addresses, callId, turn }: AnswerPlace,
): void {
  const action = addresses.recorded(known(callId), turn)
  response.record({
    action,
    method: 'POST',
    maxLength: record.mostSeconds,
    timeout: record.silenceSeconds,
    finishOnKey: '#',
    playBeep: true,
    trim: 'trim-silence',
    recordingStatusCallback: addresses.recording,
    recordingStatusCallbackMethod: 'POST',
    recordingStatusCallbackEvent: ['completed', 'absent'],
  })
  response.redirect({ method: 'POST' }, action)
}

/** One telephone at a time: of several the first that picks up wins, which is often a mailbox. */
function addRing(
  response: VoiceResponse,
  ring: Extract<Instruction, { do: 'ring' }>,
  { addresses, callId, turn }: AnswerPlace,
): void {
  const id = known(callId)
  const dial = response.dial({
    action: addresses.legEnded(id, ring.legId, turn),
    method: 'POST',
    callerId: ring.callerId,
    timeout: Math.max(shortestRing, ring.ringSeconds),
    timeLimit: ring.mostMinutes * 60,
    answerOnBridge: true,
    ringTone: ring.language === 'de' ? 'de' : 'uk',
    ...(ring.record && {
      record: 'record-from-answer-dual' as const,
      recordingStatusCallback: addresses.recording,
      recordingStatusCallbackMethod: 'POST',
      recordingStatusCallbackEvent: ['completed' as const, 'absent' as const],
    }),
  })
  dial.number(
    {
      ...(ring.party === 'agent' && { url: addresses.legAnswered(id, ring.legId), method: 'POST' }),
      statusCallback: addresses.legStatus(id, ring.legId),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    },
    ring.number,
  )
}

/**
 * Pieces next to each other are one text, so that the voice does not stop where we put them together. Twilio's own pauses
 * last whole seconds; a shorter one is a comma or a full stop, which every voice keeps to, as not every one does to SSML.
 * `mayPause` is false where Twilio refuses its own pauses: at a telephone that it rings, outside of a question.
 */
export function addWords(to: VoiceResponse | Gather, says: Utterance, voices: Voices, mayPause = true): void {
  const attributes = voiceOf(says.language, voices)
  let words = ''
  const speak = (): void => {
    for (const part of parts(clean(words))) to.say(attributes, part)
    words = ''
  }
  for (const piece of says.pieces) {
    if (!('pauseMs' in piece)) words += ` ${'text' in piece ? piece.text : piece.words}`
    else if (piece.pauseMs < wholeSecond || !mayPause)
      words = stopped(words, piece.pauseMs < longPause ? ',' : '.')
    else {
      speak()
      to.pause({ length: Math.round(piece.pauseMs / 1000) })
    }
  }
  speak()
}

const wholeSecond = 1000
const longPause = 500

function stopped(words: string, mark: string): string {
  return /[\p{L}\p{N}]\s*$/u.test(words) ? words.trimEnd() + mark : words
}

/** One line without what is no character of XML, or stands for one that got lost. */
function clean(words: string): string {
  return oneLine(words).replaceAll(/[\uFFFD-\uFFFF]/g, '')
}

function voiceOf(language: Language, voices: Voices): SayAttributes {
  return { language: languages[language], voice: voices[language] as NonNullable<SayAttributes['voice']> }
}

/** Cut at the end of a sentence, or else between words. */
function parts(text: string): string[] {
  const found: string[] = []
  let rest = text
  while (rest.length > longestText) {
    const head = rest.slice(0, longestText)
    const end = Math.max(head.lastIndexOf('. ') + 1, 0) || head.lastIndexOf(' ')
    const at = end > 0 ? end : longestText - 1
    found.push(rest.slice(0, at).trim())
    rest = rest.slice(at).trim()
  }
  return rest === '' ? found : [...found, rest]
}

function known(callId: string | undefined): string {
  if (callId === undefined) throw new Error('An answer that asks for another belongs to a call.')
  return callId
}
