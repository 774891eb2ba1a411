import { describe, expect, it } from 'vitest'
import type { Spoken } from '../../../../src/desk/phone/instruction.ts'
import { allClips } from '../../../../src/desk/phone/speech/all-clips.ts'
import { heardWords } from '../../../../src/desk/phone/speech/heard-words.ts'
import { speakNumber, speakPhone } from '../../../../src/desk/phone/speech/numbers.ts'
import { allPhrases } from '../../../../src/desk/phone/speech/phrases.ts'
import { speakSince, speakTime, spokenHours } from '../../../../src/desk/phone/speech/times.ts'
import { line, read } from '../call-example.ts'

const berlin = 'Europe/Berlin'
const london = 'Europe/London'
const at = (wall: string, zone: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant()

const clips = allClips([line])
const clipIds = new Set(clips.map(({ clip }) => clip))
const unrecorded = (pieces: readonly Spoken[]) =>
  pieces.filter(piece => 'clip' in piece && !clipIds.has(piece.clip))

describe('speakNumber', () => {
  it.each([
    ['1004728', 'eins null null, vier sieben zwo acht', 'one zero zero, four seven two eight'],
    ['12345678', 'eins zwo drei vier, fünf sechs sieben acht', 'one two three four, five six seven eight'],
    [
      '123456789',
      'eins zwo drei, vier fünf sechs, sieben acht neun',
      'one two three, four five six, seven eight nine',
    ],
    ['12', 'eins zwo', 'one two'],
    ['', '', ''],
  ])('reads %s digit by digit in groups of three and four', (number, german, english) => {
    expect(read(speakNumber(number, 'de'))).toBe(german)
    expect(read(speakNumber(number, 'en'))).toBe(english)
  })

  it('reads a number of the own country as it is dialled there, and others with their code', () => {
    expect(read(speakPhone('+4940123456', 'DE', 'de'))).toBe('null vier null, eins zwo drei, vier fünf sechs')
    expect(read(speakPhone('+442079460123', 'DE', 'en'))).toBe(
      'plus four four two zero, seven nine four six, zero one two three',
    )
  })
})

describe('speakTime', () => {
  it.each([
    ['2026-11-20T13:20', '2026-11-20T15:20', 'bis heute 15 Uhr 20', 'by 3 20 pm today'],
    ['2026-11-20T16:30', '2026-11-23T10:00', 'bis Montag 10 Uhr', 'by 10 am on Monday'],
    ['2026-11-19T16:30', '2026-11-20T10:05', 'bis morgen 10 Uhr 5', 'by 10 oh 5 am tomorrow'],
    ['2026-11-19T10:30', '2026-11-19T12:00', 'bis heute 12 Uhr', 'by 12 noon today'],
    ['2026-11-19T10:30', '2026-11-19T12:30', 'bis heute 12 Uhr 30', 'by 12 30 pm today'],
    [
      '2026-12-23T16:30',
      '2027-01-04T09:45',
      'bis Montag den 4. Januar 9 Uhr 45',
      'by 9 45 am on Monday the 4th of January',
    ],
    [
      '2026-11-16T10:00',
      '2026-11-23T10:00',
      'bis Montag den 23. November 10 Uhr',
      'by 10 am on Monday the 23rd of November',
    ],
    ['2026-05-01T23:30', '2026-05-02T01:00', 'bis morgen ein Uhr', 'by 1 am tomorrow'],
  ])('says at %s of %s what a person would', (now, due, german, english) => {
    expect(read(speakTime(at(due, berlin), at(now, berlin), berlin, 'de'))).toBe(german)
    expect(read(speakTime(at(due, london), at(now, london), london, 'en'))).toBe(english)
  })

  it('says when something began', () => {
    const now = at('2026-11-20T13:20', berlin)
    const since = (wall: string) => read(speakSince(at(wall, berlin), now, berlin, 'de'))
    expect(since('2026-11-20T10:00')).toBe('von heute 10 Uhr')
    expect(since('2026-11-16T10:05')).toBe('von Montag 10 Uhr 5')
    expect(since('2026-11-09T10:05')).toBe('von Montag den 9. November 10 Uhr 5')
    expect(read(speakSince(at('2026-11-19T15:20', berlin), now, berlin, 'en'))).toBe('from 3 20 pm yesterday')
  })

  it('says office hours without figures that a voice reads as it likes', () => {
    expect(spokenHours('Montag bis Freitag 8:30–17:00 Uhr', 'de')).toBe(
      'Montag bis Freitag 8 Uhr 30 bis 17 Uhr',
    )
    expect(spokenHours('Monday to Friday 08:30–17:00', 'en')).toBe('Monday to Friday 8 30 am to 5 pm')
  })

  it('says wall time across the change to daylight saving', () => {
    const friday = Temporal.Instant.from('2027-03-26T15:30:00Z')
    const monday = Temporal.Instant.from('2027-03-29T08:00:00Z')
    expect(read(speakTime(monday, friday, berlin, 'de'))).toBe('bis Montag 10 Uhr')
  })

  it('is made of recorded pieces at every minute of a year', () => {
    const start = Temporal.Instant.from('2026-01-01T00:00:00Z')
    const missing = Array.from({ length: 8_760 / 7 }, (_, n) =>
      start.add({ hours: n * 7, minutes: n % 60 }),
    ).flatMap(due => (['de', 'en'] as const).flatMap(one => unrecorded(speakTime(due, start, berlin, one))))
    expect(missing).toEqual([])
  })
})

describe('heardWords', () => {
  it('reads no control characters, markup or addresses aloud (row 31)', () => {
    const hostile = 'Petra\u0000\u0007 <Say>\u202Eleet</Say> & Söhne\r\nhttps://evil.example/x \u{E0041}'
    const [piece] = heardWords(hostile)
    expect(piece).toEqual({ words: 'Petra Say leet /Say & Söhne' })
  })

  it('reads nothing where nothing is left, and never for long', () => {
    expect(heardWords('', '<>', '\u200B')).toEqual([])
    const [piece] = heardWords('Wort '.repeat(500))
    expect(piece && 'words' in piece ? piece.words.length : 0).toBeLessThanOrEqual(80)
  })
})

describe('allClips', () => {
  it('names every recording once, in both languages', () => {
    expect(clipIds.size).toBe(clips.length)
    expect(allPhrases('en').length).toBe(allPhrases('de').length - 1)
    expect(clips.every(({ clip, text }) => /^(?:de|en)\/[a-z0-9-]+$/.test(clip) && text.trim() !== '')).toBe(
      true,
    )
  })

  it("has a greeting for every line, in the line's own words where it has some", () => {
    const own = { ...line, key: 'woking', greeting: { en: 'Hello, this is Example Print.' } }
    const greetings = allClips([own]).filter(({ clip }) => clip.includes('greeting-woking'))
    expect(greetings).toEqual([
      { clip: 'de/greeting-woking', text: 'Guten Tag, Sie sind mit dem Support von Muster Druck verbunden.' },
      { clip: 'en/greeting-woking', text: 'Hello, this is Example Print.' },
    ])
  })

  it('addresses nobody as "du" and spells British English', () => {
    const german = clips
      .filter(({ clip }) => clip.startsWith('de/'))
      .map(({ text }) => text)
      .join('\n')
    const english = clips
      .filter(({ clip }) => clip.startsWith('en/'))
      .map(({ text }) => text)
      .join('\n')
    expect(german).not.toMatch(/\b(?:du|dich|dir|dein\w*|ihr)\b/)
    expect(english).not.toMatch(/\b(?:pound key|apologize|toll-free|voicemail box)\b/i)
  })
})
