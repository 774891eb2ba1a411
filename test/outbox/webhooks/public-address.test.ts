import { describe, expect, it } from 'vitest'
import { isPublicAddress } from '../../../src/outbox/webhooks/public-address.ts'

describe('an address on the open network', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2a01:4f8::1', '2606:4700::1111'])(
    '%s is one',
    address => expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
    ...[
      '172.31.255.255',
      '192.168.1.1',
      '192.0.2.1',
      '198.18.0.1',
      '203.0.113.9',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::127.0.0.1',
      '64:ff9b::a00:1',
      '100::1',
      'fc00::1',
    ],
    ...[
      'fd12:3456::1',
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'ff02::1',
      '2001::1',
      '2001:db8::1',
      '2002:7f00:1::',
    ],
    ...['', 'localhost', '127.0.0.1.nip.io'],
  ])('%s is none', address => expect(isPublicAddress(address)).toBe(false))
})
