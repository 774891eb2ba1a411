import { expect, it, onTestFinished } from 'vitest'
import { seededRandom } from '../../bench/corpus.ts'
import { openDatabase } from '../../src/store/database.ts'
import { cloneDatabase } from '../database.ts'
import { fuzzMails, seedMails } from './mail-fuzz.ts'
import { mutation } from './mutate.ts'

it('300 mutated mails each end in exactly one outcome of the ledger, and none crashes or hangs the reader', async () => {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  const database = openDatabase(url, 2)
  onTestFinished(() => database.$disconnect())
  const report = await fuzzMails({ seed: 20_261_121, database, goOn: mails => mails < 300 })
  expect(report.faults).toEqual([])
  expect(report.mails).toBe(300)
  expect(Object.values(report.outcomes).reduce((sum, one) => sum + one, 0)).toBe(300)
  expect(await database.inbound.count()).toBe(300)
  expect(Object.keys(report.outcomes).length).toBeGreaterThan(3)
}, 120_000)

it('the same seed makes the same mails', () => {
  const seeds = seedMails()
  const made = (seed: number) => {
    const random = seededRandom(seed)
    return Array.from({ length: 20 }, () => mutation(seeds, random))
  }
  expect(made(7)).toEqual(made(7))
  expect(made(7)).not.toEqual(made(8))
})
