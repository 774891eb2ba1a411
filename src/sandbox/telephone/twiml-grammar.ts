/**
 * TwiML as far as this network speaks it: what the vendor's builder does not check (it emits invented attributes and
 * `timeout="abc"` unchanged), the network does. Attributes that exist but are not simulated are missing on purpose:
 * a document must not rely on what nobody tried.
 */

/** What is wrong with a value, or null. */
export type ValueRule = (value: string) => string | null

export interface VerbRule {
  readonly attributes: Readonly<Record<string, ValueRule>>
  readonly required: readonly string[]
  readonly children: readonly string[]
  /** `words` to speak, a `url`, an E.164 `number`, a `name`, or nothing. */
  readonly text: 'words' | 'url' | 'number' | 'name' | 'none'
}

const oneOf =
  (...values: readonly string[]): ValueRule =>
  value =>
    values.includes(value) ? null : `is none of ${values.join(', ')}`

const whole =
  (least: number, most: number): ValueRule =>
  value => {
    const number = Number(value)
    return /^\d+$/.test(value) && number >= least && number <= most
      ? null
      : `is no whole number of ${least} to ${most}`
  }

const severalOf =
  (...values: readonly string[]): ValueRule =>
  value =>
    value.split(' ').every(one => values.includes(one)) ? null : `are not all of ${values.join(', ')}`

const matching =
  (pattern: RegExp, what: string): ValueRule =>
  value =>
    pattern.test(value) ? null : `is no ${what}`

const truth = oneOf('true', 'false')
const method = oneOf('GET', 'POST')
const language = oneOf('de-DE', 'en-GB')
const phone = matching(/^\+[1-9]\d{6,14}$/, 'number in E.164')
const trim = oneOf('trim-silence', 'do-not-trim')

/**
 * State belongs into the path: the provider has been seen to sort the query's parameters anew before sending while
 * signing the unsorted form (twilio-php#790), and the fragment never arrives.
 */
const url: ValueRule = value => {
  if (/[\s<>"]/.test(value) || value === '') return 'is no URL'
  if (value.includes('?')) return 'has a query string'
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]
  return scheme && scheme !== 'https' && scheme !== 'http' ? `has the scheme ${scheme}` : null
}

const recordingEvents = severalOf('in-progress', 'completed', 'absent')
const recordingCallback = {
  recordingStatusCallback: url,
  recordingStatusCallbackMethod: method,
  recordingStatusCallbackEvent: recordingEvents,
}

/** The voices of the vendor's list for our two languages; a pair that does not match makes the Say fail. */
const voices: Readonly<Record<string, RegExp>> = {
  'de-DE':
    /^(Polly\.(Vicki|Daniel)(-Neural|-Generative)?|Polly\.(Marlene|Hans)|Google\.de-DE-(Standard|Wavenet|Neural2|Chirp3-HD)-\w+|man|woman|alice)$/,
  'en-GB':
    /^(Polly\.(Amy|Emma|Brian|Arthur)(-Neural)?|Polly\.Amy-Generative|Google\.en-GB-(Standard|Wavenet|Neural2|Chirp3-HD)-\w+|man|woman|alice)$/,
}

/** Whether that voice can speak that language. */
export function speaks(voice: string, inLanguage: string): boolean {
  return voices[inLanguage]?.test(voice) ?? false
}

const none = { required: [], children: [], text: 'none' } as const

export const verbRules: Readonly<Record<string, VerbRule>> = {
  Say: {
    ...none,
    attributes: { language, voice: matching(/^[\w.-]+$/, 'voice'), loop: whole(1, 10) },
    // Said in the caller's language or not at all: the default would be American English.
    required: ['language'],
    text: 'words',
  },
  Play: { ...none, attributes: { loop: whole(1, 10), digits: matching(/^[\dwW*#]+$/, 'key') }, text: 'url' },
  Pause: { ...none, attributes: { length: whole(1, 60) } },
  Gather: {
    ...none,
    attributes: {
      action: url,
      actionOnEmptyResult: truth,
      bargeIn: truth,
      finishOnKey: matching(/^[\d*#]*$/, 'key'),
      hints: matching(/^.{1,500}$/u, 'list of hints'),
      input: severalOf('dtmf', 'speech'),
      language,
      method,
      numDigits: whole(1, 32),
      profanityFilter: truth,
      speechTimeout: matching(/^(auto|[1-9]\d?)$/, 'time'),
      timeout: whole(1, 60),
    },
    // Without one the provider asks for the same document again, for ever.
    required: ['action'],
    children: ['Say', 'Play', 'Pause'],
  },
  Record: {
    ...none,
    attributes: {
      action: url,
      method,
      timeout: whole(1, 60),
      maxLength: whole(1, 14_400),
      finishOnKey: matching(/^[\d*#]*$/, 'key'),
      playBeep: truth,
      trim,
      ...recordingCallback,
    },
    required: ['action'],
  },
  Dial: {
    ...none,
    attributes: {
      action: url,
      method,
      timeout: whole(5, 600),
      timeLimit: whole(1, 14_400),
      callerId: phone,
      answerOnBridge: truth,
      hangupOnStar: truth,
      sequential: truth,
      ringTone: oneOf('de', 'uk'),
      record: oneOf(
        'do-not-record',
        'record-from-answer',
        'record-from-ringing',
        'record-from-answer-dual',
        'record-from-ringing-dual',
      ),
      trim,
      ...recordingCallback,
    },
    // Without one nothing of ours would say whose number is shown.
    required: ['callerId'],
    children: ['Number'],
  },
  Number: {
    ...none,
    attributes: {
      url,
      method,
      statusCallback: url,
      statusCallbackMethod: method,
      statusCallbackEvent: severalOf('initiated', 'ringing', 'answered', 'completed'),
    },
    text: 'number',
  },
  Enqueue: {
    ...none,
    attributes: { action: url, method, maxQueueSize: whole(1, 5000), waitUrl: url, waitUrlMethod: method },
    required: ['waitUrl'],
    text: 'name',
  },
  Leave: { ...none, attributes: {} },
  Redirect: { ...none, attributes: { method }, text: 'url' },
  Reject: { ...none, attributes: { reason: oneOf('rejected', 'busy') } },
  Hangup: { ...none, attributes: {} },
}

/** Where a document is carried out, and which verbs may stand in it there. */
export type Place = 'call' | 'whisper' | 'queue'

export const verbsAt: Readonly<Record<Place, readonly string[]>> = {
  call: ['Say', 'Play', 'Pause', 'Gather', 'Record', 'Dial', 'Enqueue', 'Redirect', 'Reject', 'Hangup'],
  whisper: ['Say', 'Play', 'Gather', 'Hangup'],
  queue: ['Say', 'Play', 'Pause', 'Gather', 'Redirect', 'Leave', 'Hangup'],
}

/** Speech markup inside Say: what may stand in what, by its attributes. */
export const speechMarkup: Readonly<Record<string, readonly string[]>> = {
  break: ['strength', 'time'],
  emphasis: ['level'],
  lang: ['xml:lang'],
  p: [],
  phoneme: ['alphabet', 'ph'],
  prosody: ['volume', 'rate', 'pitch'],
  s: [],
  'say-as': ['interpret-as', 'format'],
  sub: ['alias'],
}

/** Attributes with which an URL of the document comes: absolute in a document that has no address of its own. */
export const urlAttributes = [
  'action',
  'url',
  'statusCallback',
  'recordingStatusCallback',
  'waitUrl',
] as const
