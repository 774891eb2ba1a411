import { expect, it } from 'vitest'
import { rememberStumbles } from '../../../../src/channels/mail/reading/stumbles.ts'

it('isolates a mail, then sets it aside, then gives it up', () => {
  const stumbles = rememberStumbles()
  const course: string[] = []
  for (let tries = 0; tries < 6; tries++) {
    stumbles.brokeAt(7)
    course.push(stumbles.isSetAside(7) ? (stumbles.givesUp(7) ? 'given up' : 'aside') : 'alone')
  }
  expect(course).toEqual(['alone', 'alone', 'aside', 'aside', 'aside', 'given up'])
  expect(stumbles.isAlone(7)).toBe(false)
})

it('forgets a mail that arrived after all', () => {
  const stumbles = rememberStumbles()
  for (let tries = 0; tries < 4; tries++) stumbles.brokeAt(7)
  expect(stumbles.setAside()).toBe(7)
  stumbles.arrived(7)
  expect(stumbles.setAside()).toBeUndefined()
  expect(stumbles.isAlone(7)).toBe(false)
})

it('offers the lowest mail set aside first, and none that is only suspected', () => {
  const stumbles = rememberStumbles()
  stumbles.brokeAt(3)
  for (const uid of [9, 5]) for (let tries = 0; tries < 3; tries++) stumbles.brokeAt(uid)
  expect(stumbles.setAside()).toBe(5)
})
