import { describe, expect, it } from 'vitest'
import { mailboxes } from '../../../../src/channels/mail/header/addresses.ts'

const cases: readonly (readonly [
  text: string,
  expected: readonly (readonly [address: string, name: string])[],
])[] = [
  ['anna@example.com', [['anna@example.com', '']]],
  ['Anna Muster <anna@example.com>', [['anna@example.com', 'Anna Muster']]],
  [
    '"Muster, Anna" <anna@example.com>, Bernd <bernd@example.com>',
    [
      ['anna@example.com', 'Muster, Anna'],
      ['bernd@example.com', 'Bernd'],
    ],
  ],
  ['"Anna \\"Anni\\" Muster" <anna@example.com>', [['anna@example.com', 'Anna "Anni" Muster']]],
  ['anna@example.com (Anna Muster)', [['anna@example.com', 'Anna Muster']]],
  [
    'MAILER-DAEMON@example.com (Mail Delivery System)',
    [['MAILER-DAEMON@example.com', 'Mail Delivery System']],
  ],
  ['=?utf-8?Q?J=C3=BCrgen_M=C3=BCller?= <j@example.com>', [['j@example.com', 'Jürgen Müller']]],
  ['"=?utf-8?Q?J=C3=BCrgen?=" <j@example.com>', [['j@example.com', 'Jürgen']]],
  ['=?utf-8?Q?M=C3=BCller,_J=C3=BCrgen?= <j@example.com>', [['j@example.com', 'Müller, Jürgen']]],
  [
    '=?utf-8?B?IkV2aWwiIDxldmlsQGV4YW1wbGUubmV0Piw=?= <anna@example.com>',
    [['anna@example.com', '"Evil" <evil@example.net>,']],
  ],
  ['=?utf-8?Q?Anna_=3Canna=40example.com=3E?=', [['anna@example.com', 'Anna']]],
  ['Jürgen <jürgen@exämple.com>', [['jürgen@exämple.com', 'Jürgen']]],
  ['J <j@xn--exmple-cua.com>', [['j@xn--exmple-cua.com', 'J']]],
  ['undisclosed-recipients:;', []],
  [
    'Team: anna@example.com, Bernd <bernd@example.com>;',
    [
      ['anna@example.com', ''],
      ['bernd@example.com', 'Bernd'],
    ],
  ],
  [
    'Team: anna@example.com;, carla@example.com',
    [
      ['anna@example.com', ''],
      ['carla@example.com', ''],
    ],
  ],
  [
    'anna@example.com; bernd@example.com',
    [
      ['anna@example.com', ''],
      ['bernd@example.com', ''],
    ],
  ],
  ['Anna', []],
  ['<>', []],
  ['Anna <>', []],
  ['', []],
  [',, ,', []],
  ['Anna <anna@example.com', [['anna@example.com', 'Anna']]],
  ['<<anna@example.com>>', [['anna@example.com', '']]],
  ['Anna anna@example.com', [['anna@example.com', 'Anna']]],
  ['<mailto:anna@example.com>', [['anna@example.com', '']]],
  ["'anna@example.com'", [['anna@example.com', '']]],
  ["'anna@example.com' <anna@example.com>", [['anna@example.com', "'anna@example.com'"]]],
  ['"anna@example.com"', [['anna@example.com', '']]],
  ['anna@example.com <anna@example.com>', [['anna@example.com', 'anna@example.com']]],
  ['<@relay.example,@other.example:anna@example.com>', [['anna@example.com', '']]],
  ['anna @ example . com', [['anna@example.com', '']]],
  ['Anna <anna@example.com.>', [['anna@example.com', 'Anna']]],
  ['"anna muster"@example.com', [['"anna muster"@example.com', '']]],
  ['"anna@home" <"a b"@example.com>', [['"a b"@example.com', 'anna@home']]],
  ['Anna\t Muster   <anna@example.com>', [['anna@example.com', 'Anna Muster']]],
  ['anna@[192.0.2.1]', [['anna@[192.0.2.1]', '']]],
  [
    'a@example.com,b@example.com,',
    [
      ['a@example.com', ''],
      ['b@example.com', ''],
    ],
  ],
  ['"unclosed <anna@example.com>', [['anna@example.com', 'unclosed']]],
]

describe('address lists', () => {
  it.each(cases)('%s', (text, expected) => {
    expect(mailboxes([text]).map(({ address, name }) => [address, name])).toEqual(expected)
  })

  it('goes on with the next field of the same name', () => {
    expect(mailboxes(['a@example.com', 'b@example.com']).map(({ address }) => address)).toEqual([
      'a@example.com',
      'b@example.com',
    ])
  })

  it('keeps the first ten thousand of a crowd', () => {
    const crowd = Array.from({ length: 20_000 }, (_, i) => `user${i}@example.com`).join(', ')
    expect(mailboxes([crowd])).toHaveLength(10_000)
  })
})
