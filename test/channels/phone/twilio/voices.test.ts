import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fallbackTwiml } from '../../../../src/channels/phone/twilio/safe-answer.ts'
import { voiceFaults } from '../../../../src/channels/phone/twilio/voices.ts'
import { phoneConfig } from '../door.ts'

const voices = { de: 'Polly.Vicki-Neural', en: 'Polly.Amy-Neural' }

/** Of the vendor's own list. */
const known = new Set(
  [
    ...readFileSync(
      join(
        dirname(createRequire(import.meta.url).resolve('twilio/lib/twiml/VoiceResponse')),
        'VoiceResponse.d.ts',
      ),
      'utf8',
    ).matchAll(/"((?:Polly|Google)\.[^"]+)"/g),
  ].map(([, name]) => name ?? ''),
)

describe('voices', () => {
  it('of the default configuration speak their languages', () => {
    const main = phoneConfig().phone?.providers.main
    expect(main?.kind === 'twilio' && voiceFaults(main.voices)).toEqual([])
  })

  it('are taken if Twilio lists them for the language, and only then', () => {
    const german = [...known].filter(voice => voiceFaults({ ...voices, de: voice }).length === 0)
    const british = [...known].filter(voice => voiceFaults({ ...voices, en: voice }).length === 0)
    const google = (code: string) => [...known].filter(voice => voice.startsWith(`Google.${code}-`))
    const polly = (names: string[], list: string[]) =>
      list.filter(voice => names.some(name => new RegExp(`^Polly\\.${name}(-|$)`).test(voice)))
    expect(german.toSorted()).toEqual(
      [...google('de-DE'), ...polly(['Vicki', 'Daniel', 'Marlene', 'Hans'], [...known])].toSorted(),
    )
    expect(british.toSorted()).toEqual(
      [...google('en-GB'), ...polly(['Amy', 'Emma', 'Brian', 'Arthur'], [...known])].toSorted(),
    )
  })

  it('that do not fit are named, with one that does', () => {
    expect(voiceFaults({ de: 'Polly.Hannah-Neural', en: 'alice' })).toEqual([
      'voices.de is "Polly.Hannah-Neural", which is no voice of Twilio\'s for German; "Polly.Vicki" is one.',
      'voices.en is "alice", which is no voice of Twilio\'s for British English; "Polly.Amy" is one.',
    ])
  })
})

describe('the answer for another host', () => {
  it('row 6: takes a message without this gateway, and does not begin again afterwards', () => {
    const files = fallbackTwiml(phoneConfig(), 'main')
    expect(files.map(({ name }) => name)).toEqual(['fallback.xml', 'goodbye.xml'])
    const [message, goodbye] = files.map(({ twiml }) => twiml)
    expect(message).toContain('action="goodbye.xml" method="GET"')
    expect(message).toContain(
      'recordingStatusCallback="https://gateway.example.com/phone/main/recording#rc=3&amp;rp=ct,5xx"',
    )
    expect(message).toMatch(/Entschuldigung.*We apologise.*<Record.*<Hangup\/>/s)
    expect(goodbye).toMatch(/Auf Wiederhören.*Goodbye.*<Hangup\/>/s)
    expect(fallbackTwiml(phoneConfig(), 'nobody')).toEqual([])
  })
})
