import { expect, it } from 'vitest'
import { callSubject, ownWords } from '../../../src/desk/phone/call-subject.ts'

it.each(['+494066969900', '+491713920099', '+442079460042', '+33142685300', null])(
  'knows its own subject of a call from %s, so that nobody hears it read aloud',
  number => {
    expect(ownWords(callSubject(number, 'de'))).toBe('')
    expect(ownWords(callSubject(number, 'en'))).toBe('')
  },
)

it('leaves what a person wrote', () => {
  expect(ownWords('Anruf von gestern')).toBe('Anruf von gestern')
  expect(ownWords('Call from Woking')).toBe('Call from Woking')
})
