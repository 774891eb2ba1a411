import { describe, expect, it } from 'vitest'
import { messageIds, ownMessageId } from '../../../../src/channels/mail/header/message-ids.ts'

const lists: readonly (readonly [text: string, expected: readonly string[]])[] = [
  ['<a@x>', ['<a@x>']],
  ['<a@x> <b@x>', ['<a@x>', '<b@x>']],
  ['<a@x><b@x>', ['<a@x>', '<b@x>']],
  ['<a@x>,<b@x>, <c@x>', ['<a@x>', '<b@x>', '<c@x>']],
  ['<a@x>\t<b@x>', ['<a@x>', '<b@x>']],
  ['<a @x>', ['<a@x>']],
  ['<a@x> (from the list)', ['<a@x>']],
  ['Your message of "Thu, 5 Mar 2026" <a@x>', ['<a@x>']],
  ['a@x', ['<a@x>']],
  ['a@x b@x', ['<a@x>', '<b@x>']],
  ['<a@x', ['<a@x>']],
  ['<a@x <b@x>', ['<a@x>', '<b@x>']],
  ['<12345>', ['<12345>']],
  ['<>', []],
  ['no id', []],
  ['', []],
]

describe('message identifiers', () => {
  it.each(lists)('%s', (text, expected) => {
    expect(messageIds([text])).toEqual(expected)
  })

  it('keeps the order of several fields', () => {
    expect(messageIds(['<a@x>', '<b@x>'])).toEqual(['<a@x>', '<b@x>'])
  })

  it('takes one bare word as the name of a mail', () => {
    expect(ownMessageId('12345')).toBe('<12345>')
    expect(ownMessageId(' <a@x> ')).toBe('<a@x>')
    expect(ownMessageId('two words')).toBeNull()
    expect(ownMessageId('')).toBeNull()
  })
})
