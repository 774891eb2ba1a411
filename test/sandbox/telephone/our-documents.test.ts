import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addressesOf } from '../../../src/channels/phone/twilio/addresses.ts'
import { answerTwiml } from '../../../src/channels/phone/twilio/twiml.ts'
import type { Instruction, Utterance } from '../../../src/desk/phone/instruction.ts'
import { parseTwiml } from '../../../src/sandbox/telephone/twiml-parser.ts'

const publicUrl = 'https://gateway.example.com'

/** Whatever customers are called and write. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('Müller & Söhne', '<Dial>+49900</Dial>', ']]>', '\u0007', ''),
)
const utterance: fc.Arbitrary<Utterance> = fc.record({
  language: fc.constantFrom('de', 'en'),
  pieces: fc.array(
    fc.oneof(
      words.map(text => ({ clip: 'clip', text })),
      words.map(text => ({ words: text })),
      fc.integer({ min: 100, max: 4000 }).map(pauseMs => ({ pauseMs })),
    ),
    { maxLength: 5 },
  ),
})
const saying: fc.Arbitrary<Instruction> = utterance.map(says => ({ do: 'say', says }))
const asking: fc.Arbitrary<Instruction> = fc.record({
  do: fc.constant('ask' as const),
  says: fc.array(utterance, { maxLength: 3 }),
  mostDigits: fc.integer({ min: 1, max: 20 }),
  endsWith: fc.constantFrom('#' as const, null),
  seconds: fc.integer({ min: 1, max: 20 }),
})
const ending: fc.Arbitrary<Instruction> = fc.oneof(
  asking,
  fc.constant({ do: 'record' as const, mostSeconds: 120, silenceSeconds: 5 }),
  fc.record({
    do: fc.constant('ring' as const),
    legId: fc.uuid(),
    party: fc.constantFrom('agent' as const, 'customer' as const),
    number: fc.constant('+4915112345678'),
    callerId: fc.constant('+494012345670'),
    ringSeconds: fc.integer({ min: 1, max: 60 }),
    mostMinutes: fc.integer({ min: 1, max: 120 }),
    record: fc.boolean(),
    language: fc.constantFrom('de' as const, 'en' as const),
  }),
  fc.constant({ do: 'hang-up' as const }),
)

const answer = (instructions: readonly Instruction[], legId: string | null) =>
  answerTwiml(instructions, {
    addresses: addressesOf(publicUrl, 'main'),
    voices: { de: 'Polly.Vicki-Neural', en: 'Polly.Amy-Neural' },
    callId: '0190a5b0-0000-7000-8000-000000000000',
    turn: 3,
    legId,
  })

it('answers a caller in markup that the network understands, whatever the words are', () => {
  fc.assert(
    fc.property(fc.array(saying, { maxLength: 4 }), ending, (says, end) => {
      const url = `${publicUrl}/phone/main/in`
      expect(parseTwiml(answer([...says, end], null), { place: 'call', url }).length).toBeGreaterThan(0)
    }),
  )
})

it('asks whoever picks up in what is allowed there, and joins by an empty end only', () => {
  fc.assert(
    fc.property(fc.array(saying, { maxLength: 2 }), asking, (says, ask) => {
      const origin = { place: 'whisper', url: `${publicUrl}/phone/main/in` } as const
      expect(parseTwiml(answer([...says, ask], 'leg'), origin).at(-1)?.name).toBe('Hangup')
      expect(parseTwiml(answer([{ do: 'join' }], 'leg'), origin)).toEqual([])
    }),
  )
})
