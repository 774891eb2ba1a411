import fc from 'fast-check'
import twilio from 'twilio'
import { describe, expect, it } from 'vitest'
import { arrivedFields, oldToken, openDoor, publicUrl, token } from '../door.ts'

const path = '/phone/main/in'

describe('signatures', () => {
  it('are made and checked as the vendor documents it: its own example', () => {
    const url = 'https://example.com/myapp.php?foo=1&bar=2'
    const fields = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675310',
      Digits: '1234',
      From: '+14158675310',
      To: '+18005551212',
    }
    const signature = 'L/OH5YylLD5NRKLltdqwSvS0BnU='
    expect(twilio.getExpectedTwilioSignature('12345', url, fields)).toBe(signature)
    expect(twilio.validateRequest('12345', signature, url, fields)).toBe(true)
  })

  it('let a request pass that is signed for the public address, whatever Host it came with', async () => {
    const door = await openDoor()
    const answer = await door.post(path)
    expect(answer).toMatchObject({ status: 200, type: 'text/xml; charset=utf-8' })
    expect(door.events).toHaveLength(1)
  })

  it('are not checked against the address that the sender names', async () => {
    const door = await openDoor()
    const own = door.url(path)
    const signature = twilio.getExpectedTwilioSignature(token, own, arrivedFields)
    const answer = await fetch(own, {
      method: 'POST',
      body: new URLSearchParams(arrivedFields),
      headers: { 'x-twilio-signature': signature, 'x-forwarded-host': new URL(own).host },
    })
    expect(answer.status).toBe(403)
    expect(door.events).toEqual([])
  })

  it('of any other making are refused without a word and without a trace at the desk', async () => {
    const door = await openDoor()
    const good = twilio.getExpectedTwilioSignature(token, publicUrl + path, arrivedFields)
    const wrong = fc.oneof(
      fc.record({
        field: fc.constantFrom('From', 'To', 'CallSid', 'Extra'),
        value: fc.string({ minLength: 1 }),
      }),
      fc.record({ token: fc.string({ minLength: 1 }) }),
      fc.record({ tail: fc.stringMatching(/^[a-z0-9]{1,8}$/) }),
      fc.record({ signature: fc.base64String() }),
    )
    await fc.assert(
      fc.asyncProperty(wrong, async change => {
        const changed =
          'field' in change ? { ...arrivedFields, [change.field]: `x${change.value}` } : arrivedFields
        const signature =
          'token' in change
            ? twilio.getExpectedTwilioSignature(`x${change.token}`, publicUrl + path, arrivedFields)
            : 'signature' in change
              ? change.signature
              : good
        const target = 'tail' in change ? `${path}?${change.tail}` : path
        const answer = await door.post(target, changed, { signature })
        expect(answer).toEqual({ status: 403, type: '', body: '' })
      }),
      { numRuns: 60 },
    )
    expect(door.events).toEqual([])
    expect(door.door.figures().get('main')?.refused).toBeGreaterThan(50)
  })

  it('must be there', async () => {
    const door = await openDoor()
    expect(await door.post(path, arrivedFields, { signature: null })).toMatchObject({ status: 403, body: '' })
    expect(door.events).toEqual([])
  })

  it('of the token before this one are good while the token is changed', async () => {
    const door = await openDoor()
    expect(await door.post(path, arrivedFields, { token: oldToken })).toMatchObject({ status: 200 })
    expect(await door.post(path, arrivedFields, { token: 'one-before-that' })).toMatchObject({ status: 403 })
  })

  it('are good with the port of the address and without', async () => {
    const door = await openDoor({ publicUrl: 'https://gateway.example.com:8443/' })
    const signed = ['https://gateway.example.com:8443', 'https://gateway.example.com'].map(
      base => base + path,
    )
    for (const signedUrl of signed)
      expect(await door.post(path, arrivedFields, { signedUrl })).toMatchObject({ status: 200 })
  })

  it('hold for fields that come several times, that are new, and whose names have brackets', async () => {
    const door = await openDoor()
    const fields = { ...arrivedFields, Tag: ['b', 'a', 'b'], 'X[0]': '1', NewField: 'ä ß 漢' }
    expect(await door.post(path, fields)).toMatchObject({ status: 200 })
    expect(door.events[0]?.payload).toMatchObject({ Tag: ['b', 'a', 'b'], 'X[0]': '1', NewField: 'ä ß 漢' })
  })

  it('do not help a request that is too large or has too many fields', async () => {
    const door = await openDoor()
    expect(await door.post(path, { ...arrivedFields, Long: 'x'.repeat(70_000) })).toMatchObject({
      status: 403,
      body: '',
    })
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`F${index}`, 'x']))
    expect(await door.post(path, { ...arrivedFields, ...many })).toMatchObject({ status: 403, body: '' })
    expect(door.events).toEqual([])
  })

  it('are asked for at every address', async () => {
    const door = await openDoor()
    const paths = [
      'in',
      'fallback',
      'status',
      'recording',
      'goodbye',
      'self-test',
      'text/1',
      'nowhere',
      'call/1/keys/1',
    ]
    for (const one of paths)
      expect(await door.post(`/phone/main/${one}`, {}, { signature: 'x' }), one).toMatchObject({
        status: 403,
      })
    expect((await fetch(door.url(path))).status).toBe(404)
    expect(door.events).toEqual([])
  })

  it('do not keep secrets of the network in what is stored', async () => {
    const door = await openDoor()
    await door.post(path, { ...arrivedFields, CallToken: 'secret', StirPassportToken: 'secret' })
    expect(JSON.stringify(door.events[0])).not.toContain('secret')
  })
})
