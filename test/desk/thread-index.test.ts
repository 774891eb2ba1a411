import { expect, test } from 'vitest'
import { childThreadIndex } from '../../src/desk/thread-index.ts'

/** A conversation begun on 24 November 2026 at noon UTC: FILETIME's six high bytes, then a GUID. */
const began = Temporal.Instant.from('2026-11-24T12:00:00Z')
const conversation = Buffer.concat([
  Buffer.from(
    ((BigInt(began.epochMilliseconds) + 11_644_473_600_000n) * 10_000n)
      .toString(16)
      .padStart(16, '0')
      .slice(0, 12),
    'hex',
  ),
  Buffer.from('00112233445566778899aabbccddeeff', 'hex'),
])
const parent = conversation.toString('base64')

test('keeps the conversation and adds a block that tells the time since it began', () => {
  const child = Buffer.from(childThreadIndex(parent, began.add({ hours: 1 }), 5) ?? '', 'base64')
  expect(child.subarray(0, 22)).toEqual(conversation)
  expect(child).toHaveLength(27)
  const block = child.readUInt32BE(22)
  expect(block >>> 31).toBe(0)
  // 2^18 ticks of 100 ns.
  expect(Math.abs((block * 2 ** 18) / 1e7 - 3600)).toBeLessThan(0.1)
  expect(child[26]).toBe(0x50)
})

test('counts in larger units after 1.7 years', () => {
  const child = Buffer.from(childThreadIndex(parent, began.add({ hours: 24 * 900 }), 0) ?? '', 'base64')
  const block = child.readUInt32BE(22)
  expect(block >>> 31).toBe(1)
  expect(Math.abs(((block & 0x7fffffff) * 2 ** 23) / 1e7 - 900 * 86_400)).toBeLessThan(10)
})

test('an answer to an answer is one block longer, up to an end', () => {
  let index = parent
  for (let i = 0; i < 300; i++) index = childThreadIndex(index, began, i) ?? ''
  expect(Buffer.from(index, 'base64')).toHaveLength(22 + 5 * 200)
})

test('a clock that went back counts as no time', () => {
  const child = Buffer.from(childThreadIndex(parent, began.subtract({ hours: 1 }), 0) ?? '', 'base64')
  expect(child.readUInt32BE(22)).toBe(0)
})

test.each(['', 'AAAA', conversation.subarray(0, 21).toString('base64'), Buffer.alloc(24).toString('base64')])(
  '%j is no index',
  parent => {
    expect(childThreadIndex(parent, began, 0)).toBeUndefined()
  },
)
