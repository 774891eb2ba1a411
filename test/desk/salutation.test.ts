import { expect, test } from 'vitest'
import { salutationName } from '../../src/desk/salutation.ts'

test.each(['Anna Schmidt', 'Dr. Jürgen von der Lippe-Weißenfeld', 'Seán O’Connor', 'Łukasz Żak'])(
  '%s is greeted by name',
  name => {
    expect(salutationName(name)).toBe(name)
  },
)

test.each([
  '',
  'Anna',
  'Schmidt, Anna',
  'anna@example.com',
  'Nordlicht GmbH',
  'Scanner Etage 3',
  'IT Service',
  'Win Money at www.evil.example',
  'Click https://evil.example',
  'You Have Won A Big Prize Today',
  'Anna <b>Schmidt</b>',
  `Anna ${'S'.repeat(80)}`,
])('"%s" is not', name => {
  expect(salutationName(name)).toBe('')
})
