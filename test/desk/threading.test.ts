import { describe, expect, it } from 'vitest'
import {
  conversationOf,
  customerThreadOf,
  mergeTarget,
  nearestReferences,
  sameConversation,
  sameTopic,
  topicOf,
} from '../../src/desk/threading.ts'
import { contentLike } from './mail-example.ts'

/** 22 bytes of a conversation and `answers` blocks of five. */
const threadIndex = (conversation: number, answers: number) =>
  Buffer.concat([Buffer.alloc(22, conversation), Buffer.alloc(answers * 5, 0xaa)]).toString('base64')

describe('topicOf', () => {
  it.each([
    ['AW: WG: [EXT] Re[2]: Bett', 'bett'],
    ['Antwort:AW:AW: Bett', 'bett'],
    ['RE [3]: Fwd: Re(2): Bett', 'bett'],
    ['Re: [#1000018] AW: Bett', 'bett'],
    ['  Weitergeleitet:   Bett \t quietscht ', 'bett quietscht'],
    ['Frage zu Re: im Betreff', 'frage zu re: im betreff'],
    ['Antwort auf alles', 'antwort auf alles'],
    ['[Projekt X] Bett', '[projekt x] bett'],
    ['AW:', ''],
  ])('takes the run of prefixes at the start of %j and nothing else', (subject, topic) => {
    expect(topicOf(subject)).toBe(topic)
  })
})

describe('sameConversation', () => {
  const recent = [
    { id: 'new', subject: 'Bett', threadIndex: threadIndex(1, 0) },
    { id: 'old', subject: 'Bett', threadIndex: threadIndex(2, 4) },
  ]

  it('needs the first 22 bytes and the topic', () => {
    const mail = contentLike({ subject: 'AW: Bett', threadIndex: threadIndex(2, 1) })
    expect(sameConversation(mail, recent)?.id).toBe('old')
    expect(sameConversation({ ...mail, subject: 'AW: Tisch' }, recent)).toBeUndefined()
    expect(sameConversation({ ...mail, threadIndex: threadIndex(3, 1) }, recent)).toBeUndefined()
  })

  it.each([null, '', 'AAAA', '%%%'])('takes %j for no conversation', value => {
    expect(conversationOf(value)).toBeUndefined()
  })
})

it('finds no common topic in mails without a subject', () => {
  const recent = [{ id: 'a', subject: 'AW:', threadIndex: null }]
  expect(sameTopic(contentLike({ subject: '' }), recent)).toBeUndefined()
})

it('reads references from the right, and fifty at the most', () => {
  const references = Array.from({ length: 600 }, (_, i) => `<${i}@example.com>`)
  const nearest = nearestReferences(contentLike({ references }))
  expect(nearest).toHaveLength(50)
  expect(nearest[0]).toBe('<599@example.com>')
})

it("keeps what an answer needs to stand in the customer's thread", () => {
  const references = Array.from({ length: 30 }, (_, i) => `<${i}@example.com>`)
  expect(customerThreadOf(contentLike({ references, subject: 'AW: Bett', threadIndex: 'abc' }))).toEqual({
    messageId: '<first@kunde.example.com>',
    references: references.slice(10),
    threadIndex: 'abc',
    threadTopic: 'Bett',
  })
})

describe('mergeTarget', () => {
  it('follows any number of steps', () => {
    const merged = new Map([
      ['a', 'b'],
      ['b', 'c'],
    ])
    expect(mergeTarget('a', merged)).toBe('c')
    expect(mergeTarget('c', merged)).toBe('c')
  })

  it('ends in a ring', () => {
    const ring = new Map([
      ['a', 'b'],
      ['b', 'a'],
    ])
    expect(['a', 'b']).toContain(mergeTarget('a', ring))
  })
})
