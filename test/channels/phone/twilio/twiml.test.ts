import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressesOf } from '../../../../src/channels/phone/twilio/addresses.ts'
import { type AnswerPlace, answerTwiml } from '../../../../src/channels/phone/twilio/twiml.ts'
import type { Instruction, Utterance } from '../../../../src/desk/phone/instruction.ts'
import { parseTwiml } from '../../../../src/sandbox/telephone/twiml-parser.ts'
import { publicUrl } from '../door.ts'

const place: AnswerPlace = {
  addresses: addressesOf(publicUrl, 'main'),
  voices: { de: 'Polly.Vicki-Neural', en: 'Polly.Amy-Neural' },
  callId: 'call-1',
  turn: 4,
  legId: null,
}
const leg = { ...place, legId: 'leg-1' }
const base = `${publicUrl}/phone/main/call/call-1`

function words(text: string, language: 'de' | 'en' = 'de'): Utterance {
  return { language, pieces: [{ words: text }] }
}

/** The document, which a strict network has to take, without the elements around it, one element a line. */
function inside(answer: readonly Instruction[], at: AnswerPlace = place): string[] {
  const xml = answerTwiml(answer, at)
  parseTwiml(xml, { place: at.legId === null ? 'call' : 'whisper', url: publicUrl })
  const match = /^<\?xml version="1.0" encoding="UTF-8"\?><Response>(.*)<\/Response>$/su.exec(xml)
  return (match?.[1] ?? '').replaceAll(/>(?=<(?!\/))/g, '>\n').split('\n')
}

describe('an answer to Twilio', () => {
  it('speaks in the voice of the language, pieces together, with pauses between', () => {
    const says: Utterance = {
      language: 'de',
      pieces: [
        { clip: 'a', text: 'Ihre Nummer ist' },
        { pauseMs: 300 },
        { clip: '4', text: '4' },
        { clip: '1', text: '1' },
        { pauseMs: 600 },
        { clip: '7', text: '7.' },
        { pauseMs: 600 },
        { pauseMs: 2000 },
        { words: 'Danke' },
      ],
    }
    expect(
      inside([
        { do: 'say', says },
        { do: 'say', says: words('Thank you', 'en') },
      ]),
    ).toEqual([
      '<Say language="de-DE" voice="Polly.Vicki-Neural">Ihre Nummer ist, 4 1. 7.</Say>',
      '<Pause length="2"/>',
      '<Say language="de-DE" voice="Polly.Vicki-Neural">Danke</Say>',
      '<Say language="en-GB" voice="Polly.Amy-Neural">Thank you</Say>',
      '<Hangup/>',
    ])
  })

  it('asks for keys, and hears of silence too', () => {
    const ask: Instruction = {
      do: 'ask',
      says: [words('Bitte 1')],
      mostDigits: 1,
      endsWith: null,
      seconds: 6,
    }
    expect(inside([ask])).toEqual([
      `<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="6" actionOnEmptyResult="true" action="${base}/keys/4#ct=3000&amp;rt=12000" method="POST">`,
      '<Say language="de-DE" voice="Polly.Vicki-Neural">Bitte 1</Say></Gather>',
      '<Hangup/>',
    ])
    expect(inside([{ ...ask, mostDigits: 15, endsWith: '#' }])[0]).toContain('numDigits="15" finishOnKey="#"')
  })

  it('asks whoever picked up at an address of that leg', () => {
    const ask: Instruction = { do: 'ask', says: [words('1?')], mostDigits: 1, endsWith: null, seconds: 6 }
    expect(inside([ask], leg)[0]).toContain(`action="${base}/leg/leg-1/keys/4#`)
  })

  it('records a message, and goes on where nothing was said', () => {
    expect(inside([{ do: 'record', mostSeconds: 120, silenceSeconds: 8 }])).toEqual([
      `<Record action="${base}/recorded/4#ct=3000&amp;rt=12000" method="POST" maxLength="120" timeout="8" finishOnKey="#" playBeep="true" trim="trim-silence" recordingStatusCallback="${publicUrl}/phone/main/recording#rc=3&amp;rp=ct,5xx" recordingStatusCallbackMethod="POST" recordingStatusCallbackEvent="completed absent"/>`,
      `<Redirect method="POST">${base}/recorded/4#ct=3000&amp;rt=12000</Redirect>`,
    ])
  })

  const ring: Extract<Instruction, { do: 'ring' }> = {
    do: 'ring',
    legId: 'leg-1',
    party: 'agent',
    number: '+491701234567',
    callerId: '+4940123456',
    ringSeconds: 15,
    mostMinutes: 60,
    record: false,
    language: 'de',
  }

  it('rings one agent, who is asked before being joined', () => {
    expect(inside([ring])).toEqual([
      `<Dial action="${base}/leg/leg-1/ended/4#ct=3000&amp;rt=12000" method="POST" callerId="+4940123456" timeout="15" timeLimit="3600" answerOnBridge="true" ringTone="de">`,
      `<Number url="${base}/leg/leg-1/answered#ct=3000&amp;rt=12000" method="POST" statusCallback="${base}/leg/leg-1/status#rc=3&amp;rp=ct,5xx" statusCallbackMethod="POST" statusCallbackEvent="initiated ringing answered completed">+491701234567</Number></Dial>`,
    ])
  })

  it('rings a customer without asking, and never shorter than Twilio can', () => {
    const xml = answerTwiml([{ ...ring, party: 'customer', language: 'en', ringSeconds: 2 }], place)
    expect(xml).not.toContain('/answered')
    expect(xml).toContain('timeout="5"')
    expect(xml).toContain('ringTone="uk"')
  })

  it('records a call only where it is told to', () => {
    expect(answerTwiml([ring], place)).not.toContain('record')
    expect(answerTwiml([{ ...ring, record: true }], place)).toContain('record="record-from-answer-dual"')
  })

  it('joins by an empty answer, and by nothing else', () => {
    expect(answerTwiml([{ do: 'join' }], leg)).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>')
    expect(inside([], leg)).toEqual(['<Hangup/>'])
    expect(inside([{ do: 'say', says: words('Danke') }], leg).at(-1)).toBe('<Hangup/>')
  })

  it('does not pause at a leg, where Twilio refuses to', () => {
    const says: Utterance = {
      language: 'de',
      pieces: [{ words: 'Eins' }, { pauseMs: 2000 }, { words: 'zwei' }],
    }
    const ask: Instruction = { do: 'ask', says: [says], mostDigits: 1, endsWith: null, seconds: 5 }
    expect(
      inside(
        [
          { do: 'say', says },
          { do: 'wait', seconds: 3 },
        ],
        leg,
      ),
    ).toEqual(['<Say language="de-DE" voice="Polly.Vicki-Neural">Eins. zwei</Say>', '<Hangup/>'])
    expect(inside([ask], leg)).toContain('<Pause length="2"/>')
  })

  it('waits, refuses and hangs up', () => {
    expect(inside([{ do: 'wait', seconds: 3 }])).toEqual(['<Pause length="3"/>', '<Hangup/>'])
    expect(inside([{ do: 'refuse' }], { ...place, callId: undefined })).toEqual([
      '<Reject reason="rejected"/>',
    ])
    expect(inside([{ do: 'hang-up' }])).toEqual(['<Hangup/>'])
  })

  it('cuts a long text between sentences, and loses none of it', () => {
    const sentence = 'Das ist ein Satz mit einigen Worten, wie ihn jemand schreibt. '
    const xml = answerTwiml([{ do: 'say', says: words(sentence.repeat(150)) }], place)
    const said = [...xml.matchAll(/<Say[^>]*>([^<]*)<\/Say>/g)].map(([, text]) => text ?? '')
    expect(said.length).toBeGreaterThan(2)
    expect(said.every(text => text.length <= 3000 && text.endsWith('schreibt.'))).toBe(true)
    expect(said.join(' ')).toBe(sentence.repeat(150).trim())
  })

  it('row 31: is one well-formed document whatever somebody is called, and adds no element of theirs', () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 200 })
    const seeds = [
      '</Say><Dial>+4990012345</Dial>',
      '\u0000\u0007\uFFFE',
      ']]>',
      '\uD800',
      '&amp;<!--',
      '\u2028',
    ]
    fc.assert(
      fc.property(fc.oneof(hostile, fc.constantFrom(...seeds)), name => {
        const xml = answerTwiml(
          [
            { do: 'say', says: words(`Anruf von ${name}`) },
            { do: 'ask', says: [words(name)], mostDigits: 1, endsWith: null, seconds: 5 },
          ],
          place,
        )
        const faults: string[] = []
        const document = new DOMParser({
          onError: (_level, message) => faults.push(message),
        }).parseFromString(xml, 'text/xml')
        expect(faults).toEqual([])
        const names = [...document.getElementsByTagName('*')].map(element => element.tagName)
        expect(names.filter(one => one !== 'Say')).toEqual(['Response', 'Gather', 'Hangup'])
      }),
      { numRuns: 300 },
    )
  })
})
