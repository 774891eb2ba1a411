import { describe, expect, it, test } from 'vitest'
import { parseTwiml } from '../../../src/sandbox/telephone/twiml-parser.ts'

const at = (
  body: string,
  place: 'call' | 'whisper' | 'queue' = 'call',
  url: string | null = 'https://a.example/x/y',
) => parseTwiml(`<Response>${body}</Response>`, { place, url })

const say = '<Say language="de-DE">Hallo</Say>'

describe('a document', () => {
  test.each([
    ['an unknown verb', '<Shout>Hallo</Shout>', /Shout is no verb/],
    ['a verb in small letters', '<say language="de-DE">Hallo</say>', /say is no verb/],
    ['an unknown attribute', '<Say language="de-DE" mood="kind">Hallo</Say>', /no attribute mood/],
    ['a language that nobody here speaks', '<Say language="de">Hallo</Say>', /is none of de-DE/],
    ['no language', '<Say>Hallo</Say>', /needs language/],
    [
      'a voice of the other language',
      '<Say language="de-DE" voice="Polly.Amy-Neural">Hallo</Say>',
      /cannot speak/,
    ],
    ['a word for a number', '<Gather action="/a" timeout="abc"/>', /timeout="abc" is no whole number/],
    [
      'too short a ring',
      '<Dial callerId="+494012345670" timeout="4"><Number>+494012345678</Number></Dial>',
      /5 to 600/,
    ],
    ['too many digits', '<Gather action="/a" numDigits="33"/>', /numDigits/],
    ['an entry without an end', '<Gather action="/a" finishOnKey=""/>', /neither a key/],
    ['a Gather without an action', '<Gather/>', /needs action/],
    ['an action with a query', '<Gather action="/a?turn=1"/>', /query string/],
    ['a Redirect with a query', '<Redirect>/a?b=1</Redirect>', /query string/],
    ['words outside of verbs', 'Hallo', /has words in it/],
    ['words in a Gather', '<Gather action="/a">Hallo</Gather>', /has words in it/],
    [
      'a Dial in a Gather',
      '<Gather action="/a"><Dial callerId="+494012345670"/></Gather>',
      /not allowed in Gather/,
    ],
    ['a number in words', '<Dial callerId="+494012345670">+494012345678</Dial>', /has words in it/],
    [
      'a national number',
      '<Dial callerId="+494012345670"><Number>04012345678</Number></Dial>',
      /not in E.164/,
    ],
    ['a Dial that rings nobody', '<Dial callerId="+494012345670"/>', /rings nobody/],
    [
      'an event that does not exist',
      '<Dial callerId="+494012345670"><Number statusCallbackEvent="done">+494012345678</Number></Dial>',
      /not all of/,
    ],
    ['unknown speech markup', '<Say language="de-DE"><loud>Hallo</loud></Say>', /no markup loud/],
    ['silence', '<Say language="de-DE"> </Say>', /says nothing/],
    ['verbs after the end', `<Hangup/>${say}`, /never carried out/],
    ['a Reject after words', `${say}<Reject/>`, /not the first verb/],
    ['a Leave outside of a queue', '<Leave/>', /not allowed in a call/],
    ['what is no XML', '<Say', /./],
    ['an entity that is none', '<Say language="de-DE">a &uuml; b</Say>', /./],
    ['a control character', '<Say language="de-DE">a\u0007b</Say>', /./],
  ])('with %s fails loudly', (_what, body, message) => {
    expect(() => at(body)).toThrowError(message)
  })

  it('asks whoever picks up by Play, Say, Gather and Hangup only', () => {
    expect(at(`${say}<Gather action="/a" numDigits="1"/><Hangup/>`, 'whisper')).toHaveLength(3)
    expect(() =>
      at('<Dial callerId="+494012345670"><Number>+494012345678</Number></Dial>', 'whisper'),
    ).toThrowError(/not allowed in a whisper/)
    expect(() => at('<Record action="/a"/>', 'whisper')).toThrowError(/not allowed/)
  })

  it('has absolute URLs and at most 4000 characters where it is given inline', () => {
    expect(() => at('<Gather action="/a"/>', 'call', null)).toThrowError(/relative in an inline/)
    expect(() => at(`<Say language="de-DE">${'a '.repeat(2000)}</Say>`, 'call', null)).toThrowError(/4000/)
    expect(at('<Gather action="https://a.example/b"/>', 'call', null)).toHaveLength(1)
  })

  it('has its URLs against its own address, and keeps what says how to fetch them', () => {
    const [gather, redirect] = at('<Gather action="z#rc=2"/><Redirect>/q</Redirect>')
    expect(gather?.attributes.action).toBe('https://a.example/x/z#rc=2')
    expect(redirect?.text).toBe('https://a.example/q')
  })

  it('refuses a document type, which could pull in files', () => {
    const hostile = '<!DOCTYPE Response [<!ENTITY x "y">]><Response/>'
    expect(() => parseTwiml(hostile, { place: 'call', url: null })).toThrowError(/document type/)
  })

  it('speaks escaped words as they are, without markup', () => {
    const [words] = at('<Say language="en-GB">Smith &amp; Sons<break time="1s"/> &lt;here&gt;</Say>')
    expect(words?.text).toBe('Smith & Sons <here>')
  })
})
