import { expect, it } from 'vitest'
import type { Listed } from '../../../../src/channels/mail/imap/list-folder.ts'
import { planBatches } from '../../../../src/channels/mail/imap/plan-batches.ts'

const receivedAt = Temporal.Instant.from('2026-03-02T09:00:00Z')
const folder = (sizes: readonly number[]): Listed[] =>
  sizes.map((size, index) => ({ uid: index + 1, size, receivedAt }))
const plan = (sizes: readonly number[], alone?: (uid: number) => boolean): number[][] =>
  [...planBatches(folder(sizes), alone)].map(batch => batch.map(mail => mail.uid))

it('cuts by count', () => {
  expect(plan(Array(120).fill(1000)).map(batch => batch.length)).toEqual([50, 50, 20])
})

it('cuts by bytes', () => {
  expect(plan(Array(10).fill(3_900_000))).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10],
  ])
})

it('lets a big mail travel alone, in its place', () => {
  expect(plan([1, 1, 9_000_000, 1])).toEqual([[1, 2], [3], [4]])
})

it('lets a suspect travel alone, in its place', () => {
  expect(plan([1, 1, 1, 1], uid => uid === 2)).toEqual([[1], [2], [3, 4]])
})

it('makes nothing of nothing', () => {
  expect(plan([])).toEqual([])
})
