import { describe, expect, it } from 'vitest'
import { targetFault } from '../../../src/desk/webhooks/target.ts'

const hosts = ['crm.internal', '127.0.0.1:9000', '[::1]:9000']
const fine = (url: string) => targetFault(url, hosts) === undefined

describe('where a webhook may be sent', () => {
  it('is a named host with TLS', () => {
    expect(fine('https://crm.example.com/hook?x=1')).toBe(true)
    expect(fine('https://crm.example.com:8443/hook')).toBe(true)
    expect(fine('http://crm.example.com/hook')).toBe(false)
  })

  it.each([
    'https://127.0.0.1/hook',
    'https://127.1/hook',
    'https://0x7f000001/hook',
    'https://2130706433/hook',
    'https://0177.0.0.1/hook',
    'https://１２７.0.0.1/hook',
    'https://8.8.8.8/hook',
    'https://[::1]/hook',
    'https://[::ffff:127.0.0.1]/hook',
    'https://user:secret@crm.example.com/hook',
    'https://user@crm.example.com/hook',
    'https://crm.example.com/hook#part',
    'ftp://crm.example.com/hook',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'crm.example.com/hook',
    '',
    `https://crm.example.com/${'a'.repeat(2000)}`,
  ])('is not %s', url => {
    expect(targetFault(url, [])).toMatchObject({ problem: expect.any(String), remedy: expect.any(String) })
  })

  it('is a host of the house where the configuration names it, with its port or with all', () => {
    expect(fine('http://crm.internal/hook')).toBe(true)
    expect(fine('http://CRM.internal:8080/hook')).toBe(true)
    expect(fine('http://127.0.0.1:9000/hook')).toBe(true)
    expect(fine('http://127.0.0.1:9001/hook')).toBe(false)
    expect(fine('https://[::1]:9000/hook')).toBe(true)
    expect(fine('http://other.internal/hook')).toBe(false)
    expect(targetFault('https://10.0.0.1/hook', ['10.0.0.1:443'])).toBeUndefined()
  })
})
