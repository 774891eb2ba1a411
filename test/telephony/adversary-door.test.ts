import twilio from 'twilio'
import { expect, it } from 'vitest'
import { hamburg, openHotline, phones } from './hotline.ts'

/** What somebody sends who wants to hurt: the door answers, the ledger holds, and nothing waits for ever. */

const token = 'the-token-of-the-virtual-hotline'
const lone = String.fromCharCode(0xd800)

/** As Twilio would sign it, or (`by`) as somebody else would. */
async function post(
  url: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  by: string = token,
): Promise<{ readonly status: number; readonly body: string }> {
  const signature = twilio.getExpectedTwilioSignature(by, `https://gateway.example.com${path}`, fields)
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'x-twilio-signature': signature },
    body: new URLSearchParams(fields),
  })
  return { status: answer.status, body: await answer.text() }
}

const call = (sid: string, more: Readonly<Record<string, string>> = {}) => ({
  ...{ CallSid: sid, AccountSid: `AC${'0'.repeat(32)}`, From: phones.mobile, To: hamburg },
  ...{ CallStatus: 'ringing', Direction: 'inbound', ...more },
})

const sidOf = (letter: string) => `CA${letter.repeat(32)}`

it.each([
  [
    'characters that no database keeps',
    { CallerName: `a\0b\u0001${'\u202e'}`, Extra: '\0\0', 'N\0ame': 'x' },
  ],
  ['half a character', { CallerName: `Name ${lone}`, Digits: lone }],
  ['ten thousand digits', { Digits: '1'.repeat(10_000), CallerName: 'x'.repeat(10_000) }],
  ['markup', { CallerName: '<script>alert(1)</script>"\'&', FromCity: ']]><Hangup/>' }],
  ['a number that is none', { From: `+${'9'.repeat(500)}` }],
  ['words for a number', { From: '<sip:\u0000@evil.example.com;x=1>' }],
  ['the number of the hotline itself', { From: hamburg }],
  ['the number of an agent', { From: phones.anna }],
])('takes a call in whose fields are %s', async (_, more) => {
  const hotline = await openHotline('2026-11-24T10:00')
  const { status, body } = await post(hotline.url, '/phone/telephone/in', call(sidOf('a'), more))
  expect(status).toBe(200)
  expect(body).toContain('<Gather')
  expect(body).not.toMatch(/<script|<Hangup\/><Hangup|\]\]>/)
  expect(await hotline.database.ticket.count()).toBe(1)
  const turned = /\/call\/([0-9a-f-]{36})\/keys\/(\d+)/.exec(body)
  const keys = await post(
    hotline.url,
    `/phone/telephone/call/${turned?.[1]}/keys/${turned?.[2]}`,
    call(sidOf('a'), more),
  )
  expect(keys.status).toBe(200)
  const ended = { ...call(sidOf('a'), more), CallStatus: 'completed' }
  expect((await post(hotline.url, '/phone/telephone/status', ended)).status).toBe(204)
  await hotline.settle()
  expect(await hotline.database.call.findFirst()).toMatchObject({ state: 'ended' })
  expect(hotline.door.waiting()).toBe(0)
})

it('answers addresses that nobody was given without a change, and keeps no secret in its ledger', async () => {
  const hotline = await openHotline('2026-11-24T10:00')
  const { url, database } = hotline
  await post(
    url,
    '/phone/telephone/in',
    call(sidOf('a'), { CallToken: 'pass-it-on', StirPassportToken: 'sealed' }),
  )
  const before = await database.call.findFirstOrThrow()
  const other = '22222222-2222-4222-8222-222222222222'
  for (const path of [
    `/phone/telephone/call/${other}/keys/1`,
    `/phone/telephone/call/no-id-at-all/keys/1`,
    `/phone/telephone/call/${before.id}/leg/${other}/answered`,
    `/phone/telephone/call/${before.id}/leg/${other}/ended/${before.turn}`,
    `/phone/telephone/call/${before.id}/keys/999999`,
    `/phone/telephone/attempt/${other}/answered`,
  ]) {
    const answer = await post(url, path, call(sidOf('b'), { Digits: '1', DialCallStatus: 'completed' }))
    expect([path, answer.status]).toEqual([path, 200])
  }
  for (const path of ['/phone/telephone/in', `/phone/telephone/call/${before.id}/keys/${before.turn}`])
    expect((await post(url, path, call(sidOf('c')), 'another token')).status).toBe(403)
  const after = await database.call.findFirstOrThrow({ where: { id: before.id } })
  expect(after).toMatchObject({ state: 'open', step: before.step })
  const kept = JSON.stringify(await database.callEvent.findMany({ select: { payload: true, effects: true } }))
  expect(kept).not.toMatch(/pass-it-on|sealed/)
})

it('ends a call in which a key is held down, with its promise', async () => {
  const hotline = await openHotline('2026-11-24T22:00')
  let { body } = await post(hotline.url, '/phone/telephone/in', call(sidOf('a')))
  let answers = 0
  for (; answers < 200 && !body.includes('<Hangup'); answers++) {
    const path = /action="https:\/\/gateway\.example\.com(\/phone[^"#]+)/.exec(body)?.[1]
    if (path === undefined) throw new Error(body)
    body = (await post(hotline.url, path, call(sidOf('a'), { Digits: '9' }))).body
  }
  expect(answers).toBeLessThan(50)
  expect(await hotline.database.callback.count({ where: { state: 'owed' } })).toBe(1)
})
