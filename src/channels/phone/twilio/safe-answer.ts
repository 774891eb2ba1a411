import twilio from 'twilio'
import type { Config } from '../../../config/schema.ts'
import type { Language } from '../../../desk/ticket.ts'
import { withoutSlash } from '../public-url.ts'
import { type Addresses, addressesOf } from './addresses.ts'
import { addWords, type Voices } from './twiml.ts'

/**
 * What is heard when we cannot work. Needs nothing but the configuration: no database, no memory of the call. A message
 * spoken here finds its way by Twilio's own id of the call.
 */

const apology: Record<Language, string> = {
  de: 'Guten Tag. Wegen einer technischen Störung können wir Ihren Anruf gerade nicht wie gewohnt annehmen. Dafür bitten wir um Entschuldigung. Bitte nennen Sie uns nach dem Ton Ihren Namen, Ihre Rufnummer und Ihr Anliegen. Ihre Nachricht wird dafür aufgezeichnet.',
  en: 'Hello. Owing to a technical fault we cannot take your call in the usual way at the moment. We apologise for this. After the tone, please tell us your name, your telephone number and what we can help you with. Your message will be recorded for this purpose.',
}

const thanks: Record<Language, string> = {
  de: 'Vielen Dank. Auf Wiederhören.',
  en: 'Thank you. Goodbye.',
}

const toAgent: Record<Language, string> = {
  de: 'Wegen einer technischen Störung kann dieser Anruf nicht fortgesetzt werden. Bitte rufen Sie den Kunden von Hand zurück.',
  en: 'Owing to a technical fault this call cannot go on. Please ring the customer yourself.',
}

const messageSeconds = 120
const silenceSeconds = 8

type VoiceResponse = InstanceType<typeof twilio.twiml.VoiceResponse>

/** To a caller: in both languages, as nobody can look up which is his; that of the line first. */
export function safeTwiml(addresses: Addresses, voices: Voices, first: Language): string {
  return messageTwiml(addresses.recording, { url: addresses.goodbye, method: 'POST' }, voices, first)
}

/** After such a message. */
export function goodbyeTwiml(voices: Voices, first: Language): string {
  const response = new twilio.twiml.VoiceResponse()
  sayBoth(response, thanks, voices, first)
  response.hangup()
  return response.toString()
}

/** To an agent whom we rang for a callback. */
export function safeAgentTwiml(voices: Voices, first: Language): string {
  const response = new twilio.twiml.VoiceResponse()
  sayBoth(response, toAgent, voices, first)
  response.hangup()
  return response.toString()
}

/** At a telephone that we rang for a caller: not joined, so that the caller goes on. */
export function hangUpTwiml(): string {
  const response = new twilio.twiml.VoiceResponse()
  response.hangup()
  return response.toString()
}

/** For what asks nothing, and for errors: Twilio would read any other kind of answer aloud. */
export function emptyTwiml(): string {
  return new twilio.twiml.VoiceResponse().toString()
}

/**
 * Two static files for a host that is not this machine, put next to each other; the first is the number's fallback
 * address (method GET). Whoever rings while this gateway does not run can leave a message there; that there is one is
 * told to this gateway for as long as Twilio tries, and the comparison of call lists finds the call.
 */
export function fallbackTwiml(
  config: Config,
  providerKey: string,
): readonly { readonly name: string; readonly twiml: string }[] {
  const provider = config.phone?.providers[providerKey]
  if (config.phone === undefined || provider?.kind !== 'twilio') return []
  const first =
    Object.values(config.phone.lines).find(line => line.provider === providerKey)?.language ?? 'de'
  const { recording } = addressesOf(withoutSlash(config.phone.publicUrl), providerKey)
  const goodbye = { url: 'goodbye.xml', method: 'GET' }
  return [
    { name: 'fallback.xml', twiml: messageTwiml(recording, goodbye, provider.voices, first) },
    { name: 'goodbye.xml', twiml: goodbyeTwiml(provider.voices, first) },
  ]
}

function messageTwiml(
  recording: string,
  after: { readonly url: string; readonly method: string },
  voices: Voices,
  first: Language,
): string {
  const response = new twilio.twiml.VoiceResponse()
  sayBoth(response, apology, voices, first)
  response.record({
    // Without an action Twilio would ask for this document again, and the caller hear it all once more.
    action: after.url,
    method: after.method,
    maxLength: messageSeconds,
    timeout: silenceSeconds,
    finishOnKey: '#',
    playBeep: true,
    recordingStatusCallback: recording,
    recordingStatusCallbackMethod: 'POST',
    recordingStatusCallbackEvent: ['completed', 'absent'],
  })
  // Nothing was said.
  response.hangup()
  return response.toString()
}

function sayBoth(
  response: VoiceResponse,
  texts: Record<Language, string>,
  voices: Voices,
  first: Language,
): void {
  for (const language of [first, first === 'de' ? 'en' : 'de'] as const)
    addWords(response, { language, pieces: [{ words: texts[language] }] }, voices)
}
