import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Language } from '../../src/desk/ticket.ts'
import { tellCall } from '../../src/simulation/transcript.ts'
import { cloneDatabase } from '../database.ts'

async function tell(language: Language, seed: string): Promise<string> {
  const { url, drop } = await cloneDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'gateway-transcript-'))
  onTestFinished(async () => {
    await drop()
    await rm(folder, { recursive: true })
  })
  return tellCall(language, seed, { databaseUrl: url, folder })
}

it('tells a German call from the greeting to the promise that was kept', async () => {
  expect(await tell('de', '1')).toMatchSnapshot()
}, 120_000)

it('tells a British call from the greeting to the promise that was kept', async () => {
  expect(await tell('en', '1')).toMatchSnapshot()
}, 120_000)

it('tells the same for the same seed, word for word', async () => {
  expect(await tell('de', '7')).toBe(await tell('de', '7'))
}, 120_000)
