/** The shape of the telephone part of gateway.yaml: who carries calls, which numbers are ours, how calls are led. */
import { z } from 'zod'
import { key, language, secret, span, text, url } from './words.ts'

const number = z
  .string()
  .regex(/^\+[1-9]\d{5,14}$/)
  .meta({ allowed: 'a number in international form such as +4940123456' })

const twilio = z.strictObject({
  kind: z.literal('twilio').describe('Twilio, or whatever speaks its language.'),
  accountSid: z
    .string()
    .regex(/^AC[0-9a-zA-Z]{32}$/)
    .meta({ allowed: 'the account SID: AC and 32 characters' })
    .describe('The account.'),
  authToken: secret.describe('Signs what the provider sends to us, and logs us in there.'),
  previousAuthToken: secret
    .optional()
    .describe('Accepted beside `authToken` while the token is changed; remove it afterwards.'),
  region: text.optional().describe('Processing region such as ie1; needs `edge` as well.'),
  edge: text.optional().describe('Network edge such as dublin.'),
  apiUrl: url.optional().describe("Address of the provider's interface where it is not the usual one."),
  voices: z
    .strictObject({
      de: text.default('Polly.Vicki-Neural').describe('Voice for German.'),
      en: text.default('Polly.Amy-Neural').describe('Voice for English.'),
    })
    .prefault({})
    .describe('Voices that read our words.'),
})

const sipgate = z.strictObject({
  kind: z.literal('sipgate').describe('Plays recordings and asks for keys (sipgate.io).'),
  publicKey: z
    .string()
    .regex(/^-----BEGIN PUBLIC KEY-----[\s\S]+-----END PUBLIC KEY-----\s*$/)
    .meta({ allowed: 'a public key in PEM form' })
    .optional()
    .describe('Key that its signatures are checked with, where it is not the one the provider publishes.'),
  clips: text.describe('Folder with the recordings; `gateway phone clips` says which are needed.'),
})

const cti = z.strictObject({
  kind: z
    .literal('cti')
    .describe('Any telephone system that can send newCall, answer and hangup events to a URL.'),
  token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{24,200}$/)
    .meta({ allowed: 'at least 24 random letters and digits' })
    .describe('Part of that URL: who knows it may tell us of calls.'),
})

const provider = z
  .discriminatedUnion('kind', [twilio, sipgate, cti])
  .describe('Who carries the calls of a line.')

const extension = z.strictObject({
  name: text.describe('What it is for, such as "Accounting".'),
  group: key.describe('Group whose agents are rung and who get its tickets.'),
  office: key.optional().describe('Office, where it is not that of the line.'),
  language: language.optional().describe('First language, where it is not that of the line.'),
  mailbox: key.optional().describe('Mailbox that letters are sent from, where it is not that of the line.'),
})

const line = z.strictObject({
  provider: key.describe('Who carries its calls.'),
  number: number.describe('Its number: also shown when we ring somebody.'),
  office: key.describe('Office whose hours count for calls to it.'),
  group: key.describe('Group whose agents are rung and who get its tickets.'),
  mailbox: key.describe('Mailbox that letters about its tickets are sent from.'),
  language: language.default('de').describe('Language of the first words; callers change it by a key.'),
  greeting: z
    .strictObject({
      de: text.optional().describe('In German.'),
      en: text.optional().describe('In English.'),
    })
    .prefault({})
    .describe('First sentence, in place of "Guten Tag, Sie sind mit dem Support von … verbunden".'),
  extensions: z
    .record(
      z
        .string()
        .regex(/^\d{1,5}$/)
        .meta({ allowed: 'up to five digits' }),
      extension,
    )
    .default({})
    .describe('Extensions behind `number`, by the digits that follow it, each with its own queue.'),
})

const days = z.array(span).meta({ allowed: 'spans such as "12:00-12:30"' })

const callback = z.strictObject({
  minutes: z.int().min(1).default(120).describe('Office minutes within which a caller is rung back.'),
  reminders: z
    .array(z.int().min(1).max(99))
    .length(2)
    .default([50, 75])
    .describe(
      'Parts of that time, in percent of its office minutes, after which the agent is reminded and then all on duty are told.',
    ),
  keptBy: z
    .enum(['attempt', 'contact'])
    .default('attempt')
    .describe(
      "What keeps the promise: the first attempt that rang the customer's telephone with an agent on the line, or the first conversation.",
    ),
  busyMinutes: z.int().min(1).default(5).describe('Pause after a busy line.'),
  noAnswerMinutes: z.int().min(1).default(15).describe('Pause after nobody picked up.'),
  mailboxMinutes: z.int().min(1).default(30).describe('Pause after a mailbox.'),
  mostAttempts: z.int().min(1).max(10).default(4).describe('Attempts, then a human decides.'),
  redial: z
    .enum(['ring', 'remind'])
    .default('ring')
    .describe('After a pause: ring the agent and then the customer, or remind the agent by mail.'),
  linkHours: z.int().min(1).default(72).describe('How long a "call now" link is good for.'),
})

const guard = z.strictObject({
  countries: z
    .array(
      z
        .string()
        .regex(/^[A-Z]{2}$/)
        .meta({ allowed: 'a country code such as DE' }),
    )
    .min(1)
    .default(['DE', 'AT', 'CH', 'GB', 'IE'])
    .describe('Countries that are rung.'),
  kinds: z
    .array(z.enum(['fixed', 'mobile', 'voip']))
    .min(1)
    .default(['fixed', 'mobile', 'voip'])
    .describe('Kinds of numbers that are rung; premium, shared-cost and personal numbers never are.'),
  perNumberPerDay: z.int().min(1).default(8).describe('Times that one number is rung in 24 hours.'),
  perHour: z.int().min(1).default(60).describe('Calls we place in an hour, all together.'),
  mostMinutes: z.int().min(1).max(240).default(60).describe('Longest conversation that we carry.'),
  never: z.array(number).default([]).describe('Numbers that are never rung, beside all of our own.'),
})

/** Whom we ring where the file says nothing of it. */
export const usualGuard = guard.parse({})

const recording = z.strictObject({
  calls: z
    .boolean()
    .meta({ allowed: 'true or false' })
    .default(false)
    .describe('Offer callers to have the conversation recorded; without their key it never is.'),
  messages: z
    .boolean()
    .meta({ allowed: 'true or false' })
    .default(true)
    .describe('Let callers leave a message after the tone.'),
  messageSeconds: z.int().min(10).max(600).default(120).describe('Longest message.'),
  keepDays: z.int().min(1).default(90).describe('Days after which recordings are deleted.'),
  transcriber: text
    .optional()
    .describe(
      'Program that turns a recording into text: it gets the path of an audio file and the language, and writes the text to its output. Without it recordings are not transcribed.',
    ),
})

const texts = z.strictObject({
  sender: z
    .string()
    .regex(/^(?:\+[1-9]\d{5,14}|(?=[^\d]*[A-Za-z])[A-Za-z0-9 ]{1,11})$/)
    .meta({ allowed: 'a number in international form, or up to 11 letters, digits and blanks' })
    .describe('Who text messages come from. A name cannot be answered.'),
  provider: key.describe('Who sends them.'),
})

export const phone = z.strictObject({
  publicUrl: url.describe(
    'Address under which providers and agents reach this gateway: signatures are checked against it.',
  ),
  providers: z.record(key, provider).describe('Who carries calls, by key.'),
  lines: z.record(key, line).describe('Our numbers, by key.'),
  ringSeconds: z
    .int()
    .min(5)
    .max(60)
    .default(15)
    .describe('How long an agent is rung: shorter than their mailbox waits.'),
  huntSeconds: z.int().min(5).default(60).describe('How long we look for an agent before we promise a call.'),
  missesBeforePause: z
    .int()
    .min(1)
    .default(2)
    .describe('Calls in a row that an agent misses before a pause.'),
  pauseMinutes: z.int().min(1).default(15).describe('Pause in which such an agent is not rung.'),
  callback: callback.prefault({}).describe('The promise to ring back.'),
  guard: guard.prefault({}).describe('Whom we ring, and how often.'),
  recording: recording.prefault({}).describe('Messages and recorded calls.'),
  texts: texts.optional().describe('Text messages to mobile telephones; without it only mail is sent.'),
  payloadDays: z
    .int()
    .min(1)
    .default(30)
    .describe('Days after which the fields that providers sent are deleted; what follows from them stays.'),
})

/** What an agent needs to be rung. */
export const agentPhone = {
  phone: number.optional().describe('Where the agent is rung; without it only mail is sent.'),
  languages: z
    .array(language)
    .min(1)
    .optional()
    .describe('Languages spoken with callers; without it `language` alone.'),
  breaks: days
    .default([])
    .describe("Times of each day at which the agent is not rung, in the office's wall time."),
  phoneUser: text
    .optional()
    .describe('How a telephone system calls this agent in its events, where it is not the key.'),
}

export type PhoneConfig = z.output<typeof phone>
export type ProviderConfig = z.output<typeof provider>
export type LineConfig = z.output<typeof line>
