import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { playDesks } from '../../src/commands/desks/play-desks.ts'

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'play-'))
  chmodSync(folder, 0o711)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('what cannot be played is said before anything is', async () => {
  const out = join(freshFolder(), 'desks')
  await expect(playDesks(['nobody'], { out })).rejects.toThrow(
    'There is no desk "nobody"; use vs-moebel, hamburg-woking, press-portal.',
  )
  await expect(playDesks([], { out, language: 'fr' })).rejects.toThrow('"fr" is no language of ours')
  expect(existsSync(out)).toBe(false)
})

test('a file or a folder with anything else in it is left alone', async () => {
  const out = freshFolder()
  const file = join(out, 'notes.txt')
  writeFileSync(file, 'mine')
  await expect(playDesks([], { out: file })).rejects.toThrow('is a file; name a folder with --out.')
  await expect(playDesks([], { out })).rejects.toThrow('holds other things, such as notes.txt')
  rmSync(file)
  writeFileSync(join(out, 'index.html'), '<title>My own pages</title>')
  await expect(playDesks([], { out })).rejects.toThrow('holds other things, such as index.html')
  expect(readdirSync(out)).toEqual(['index.html'])
})

test('a day is written as files, in the place of one that was played before', async () => {
  const out = freshFolder()
  const played = () => playDesks(['hamburg-woking'], { out, language: 'en' })
  await played()
  const day = join(out, 'hamburg-woking', 'en')
  writeFileSync(join(day, 'letters', 'old.txt'), 'of an earlier day')
  const { text } = await played()
  expect(text).toContain(join(day, 'day.md'))
  expect(readdirSync(day)).toEqual(
    expect.arrayContaining(['calls.md', 'day.md', 'letters', 'report.csv', 'report.json', 'report.md']),
  )
  expect(existsSync(join(day, 'letters', 'old.txt'))).toBe(false)
  expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain('hamburg-woking/en/letters/index.html')
})

test('interrupted, it leaves neither its database nor half a day behind', async () => {
  const [place, out] = [freshFolder(), join(freshFolder(), 'desks')]
  const child = spawn(process.execPath, ['src/cli.ts', 'desks', 'play', 'vs-moebel', '--out', out], {
    env: { ...process.env, TMPDIR: place },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  const database = () =>
    readdirSync(place, { recursive: true }).some(name => String(name).endsWith('postmaster.pid'))
  await vi.waitFor(() => expect(database()).toBe(true), { timeout: 30_000, interval: 50 })
  child.kill('SIGINT')
  expect((await ended)[0]).toBe(130)
  expect(readdirSync(place)).toEqual([])
  expect(existsSync(out)).toBe(false)
})
