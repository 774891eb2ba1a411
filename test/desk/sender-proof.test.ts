import { describe, expect, it } from 'vitest'
import type { Authentication, AuthResult } from '../../src/desk/mail-content.ts'
import { coversDomain, displayNameFlags, proveSender } from '../../src/desk/sender-proof.ts'

const none: Authentication = {
  from: ['anna@mail.example.com'],
  fromDomain: 'mail.example.com',
  sender: [],
  results: [],
  internal: false,
  dkim: 'unknown',
}
const result = (method: string, word: string, domain: string | null = 'example.com'): AuthResult => ({
  method,
  result: word,
  domain,
})

describe('proof of a sender', () => {
  it.each<[string, boolean, Partial<Authentication>]>([
    ['nothing', false, {}],
    ['DMARC', true, { results: [result('dmarc', 'pass')] }],
    ['DMARC of another domain', false, { results: [result('dmarc', 'pass', 'example.org')] }],
    ['DMARC of nobody', false, { results: [result('dmarc', 'pass', null)] }],
    ['DMARC that could not be looked up', false, { results: [result('dmarc', 'temperror')] }],
    ['SPF alone', false, { results: [result('spf', 'pass')] }],
    ['DKIM alone, by report', false, { results: [result('dkim', 'pass')] }],
    ['SPF and DKIM', true, { results: [result('spf', 'pass'), result('dkim', 'pass')] }],
    [
      'SPF of the relay and DKIM',
      false,
      { results: [result('spf', 'pass', 'relay.net'), result('dkim', 'pass')] },
    ],
    [
      'SPF and DKIM of the relay',
      false,
      { results: [result('spf', 'pass'), result('dkim', 'pass', 'relay.net')] },
    ],
    [
      'two signatures, one of the domain',
      true,
      { results: [result('spf', 'pass'), result('dkim', 'pass', 'relay.net'), result('dkim', 'pass')] },
    ],
    ['SPF softfail and DKIM', false, { results: [result('spf', 'softfail'), result('dkim', 'pass')] }],
    ['our own look at DKIM', true, { dkim: 'pass' }],
    ['a bad signature', false, { dkim: 'fail' }],
    ['no answer from the DNS', false, { dkim: 'unknown' }],
    ['the tenant', true, { internal: true }],
    ['DKIM against the word of the server', false, { results: [result('dmarc', 'fail')], dkim: 'pass' }],
    ['two words of the server', false, { results: [result('dmarc', 'pass'), result('dmarc', 'fail')] }],
    ['DMARC without a single sender', false, { fromDomain: null, results: [result('dmarc', 'pass')] }],
  ])('%s: %s', (_what, proven, changes) => {
    expect(proveSender({ ...none, ...changes }).proven).toBe(proven)
  })

  it.each([
    ['example.com', 'example.com', true],
    ['example.com', 'mail.example.com', true],
    ['mail.example.com', 'example.com', false],
    ['ample.com', 'example.com', false],
    ['com', 'example.com', false],
    ['', 'example.com', false],
  ])('%s covers %s: %s', (domain, from, covers) => {
    expect(coversDomain(domain, from)).toBe(covers)
  })
})

describe('a display name', () => {
  const agents = [{ name: 'Anna Petersen', addresses: ['anna@example.com'] }]
  it.each([
    ['Anna Petersen', 'anna@example.com', []],
    ['Petersen, Anna', 'mallory@example.org', ['the display name is that of an agent']],
    ['ÁNNA  petersen', 'mallory@example.org', ['the display name is that of an agent']],
    ['anna@example.com', 'mallory@example.org', ['the display name contains another address']],
    ['Petra', 'petra@kunde.example.com', []],
    ['petra@kunde.example.com', 'Petra@kunde.example.com', []],
    ['', 'petra@kunde.example.com', []],
  ])('"%s" on %s is flagged: %j', (name, address, flags) => {
    expect(displayNameFlags({ name, address }, agents)).toEqual(flags)
  })
})
