import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSpool } from '../../../src/channels/phone/spool.ts'
import type { CallEvent } from '../../../src/desk/phone/call-event.ts'
import { noon } from './door.ts'

const raw = { method: 'POST', path: '/main/in' }

function event(key: string, payload: CallEvent['payload'] = {}): CallEvent {
  return {
    provider: 'main',
    providerId: 'CA1',
    key,
    at: noon,
    providerAt: null,
    payload,
    kind: 'progress',
    state: 'ringing',
  }
}

function newFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'spool-')), 'phone-spool')
}

async function collect(folder: string): Promise<CallEvent[]> {
  const found: CallEvent[] = []
  const spool = await openSpool({ folder, now: () => noon })
  await spool.replay(async one => {
    found.push(one)
    return 'taken'
  })
  return found
}

describe('the spool', () => {
  it('gives back what it was given, in order, late and with its own time, and is empty then', async () => {
    const folder = newFolder()
    let now = noon
    const spool = await openSpool({ folder, now: () => now })
    await Promise.all(['a', 'b', 'c'].map(key => spool.append(event(key, { From: 'Zoë\u2028\n' }), raw)))
    now = noon.add({ hours: 3 })
    await spool.append(event('d'), raw)
    const found: CallEvent[] = []
    const round = await spool.replay(async one => {
      found.push(one)
      return 'taken'
    })
    expect(round).toEqual({ replayed: 4, left: 0, rejected: 0 })
    expect(found.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd'])
    expect(found[0]).toMatchObject({ late: true, payload: { From: 'Zoë\u2028\n' } })
    expect(found[3]?.at.equals(noon)).toBe(true)
    expect(readdirSync(folder)).toEqual([])
    expect(spool.waiting()).toBe(0)
  })

  it('is for nobody else to read', async () => {
    const folder = newFolder()
    const spool = await openSpool({ folder, now: () => noon })
    await spool.append(event('a'), raw)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, '2026-11-23T11.jsonl')).mode & 0o777).toBe(0o600)
  })

  it('waits at the first line that cannot be taken in yet, and goes on there', async () => {
    const folder = newFolder()
    const spool = await openSpool({ folder, now: () => noon })
    for (const key of ['a', 'b', 'c']) await spool.append(event(key), raw)
    const tried: string[] = []
    const first = await spool.replay(async ({ key }) => {
      tried.push(key)
      return key === 'b' ? 'wait' : 'taken'
    })
    expect(first).toEqual({ replayed: 1, left: 2, rejected: 0 })
    await spool.append(event('d'), raw)
    const second = await spool.replay(async ({ key }) => {
      tried.push(key)
      return 'taken'
    })
    expect(second).toEqual({ replayed: 3, left: 0, rejected: 0 })
    expect(tried).toEqual(['a', 'b', 'b', 'c', 'd'])
  })

  it('goes on behind a line that cannot be taken in yet, and tries it again', async () => {
    const folder = newFolder()
    const spool = await openSpool({ folder, now: () => noon })
    for (const key of ['early', 'b', 'c']) await spool.append(event(key), raw)
    const tried: string[] = []
    let known = false
    const takeIn = async ({ key }: CallEvent) => {
      tried.push(key)
      return key === 'early' && !known ? 'later' : 'taken'
    }
    expect(await spool.replay(takeIn)).toEqual({ replayed: 2, left: 1, rejected: 0 })
    expect(await spool.replay(takeIn)).toEqual({ replayed: 0, left: 1, rejected: 0 })
    known = true
    expect(await spool.replay(takeIn)).toEqual({ replayed: 1, left: 0, rejected: 0 })
    expect(tried).toEqual(['early', 'b', 'c', 'early', 'early'])
    expect(readdirSync(folder)).toEqual([])
  })

  it('sets aside what can never be taken in, and takes in what stands behind it', async () => {
    const folder = newFolder()
    const spool = await openSpool({ folder, now: () => noon })
    for (const key of ['a', 'poison', 'c']) await spool.append(event(key), raw)
    appendFileSync(join(folder, '2026-11-23T11.jsonl'), '\n{"v":1,"event":{"kind":"made up"}}\n')
    const round = await spool.replay(async ({ key }) => (key === 'poison' ? 'never' : 'taken'))
    expect(round).toEqual({ replayed: 2, left: 0, rejected: 2 })
    expect(readdirSync(folder)).toEqual(['2026-11-23T11.rejected.jsonl'])
    expect(readFileSync(join(folder, '2026-11-23T11.rejected.jsonl'), 'utf8')).toContain('"key":"poison"')
    expect(await collect(folder)).toEqual([])
  })

  it('loses nothing to a line that was torn when the power went', async () => {
    const folder = newFolder()
    const before = await openSpool({ folder, now: () => noon })
    await before.append(event('a'), raw)
    appendFileSync(join(folder, '2026-11-23T11.jsonl'), '\n{"v":1,"request":{"meth')
    const after = await openSpool({ folder, now: () => noon })
    expect(after.waiting()).toBe(2)
    await after.append(event('b'), raw)
    expect((await collect(folder)).map(({ key }) => key)).toEqual(['a', 'b'])
    expect(readdirSync(folder)).toEqual(['2026-11-23T11.rejected.jsonl'])
  })

  it('has on the disk whatever it said it had, when the process is killed', async () => {
    const folder = newFolder()
    const script = `
      import { openSpool } from ${JSON.stringify(join(import.meta.dirname, '../../../src/channels/phone/spool.ts'))}
      const spool = await openSpool({ folder: process.argv[1], now: () => Temporal.Instant.from('2026-11-23T11:00:00Z') })
      for (let n = 0; ; n += 1) {
        await spool.append({ provider: 'main', providerId: 'CA1', key: String(n), at: Temporal.Instant.from('2026-11-23T11:00:00Z'),
          providerAt: null, payload: { Pad: 'x'.repeat(5000) }, kind: 'progress', state: 'ringing' }, { method: 'POST', path: '/' })
        process.stdout.write(n + '\\n')
      }`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    for await (const chunk of child.stdout) {
      said += String(chunk)
      if (said.split('\n').length > 50) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    const acknowledged = said.split('\n').filter(line => /^\d+$/.test(line))
    const found = (await collect(folder)).map(({ key }) => key)
    expect(acknowledged.length).toBeGreaterThan(40)
    expect(found.slice(0, acknowledged.length)).toEqual(acknowledged)
  })

  it('refuses what is beyond its limits, and says so', async () => {
    const spool = await openSpool({ folder: newFolder(), now: () => noon, mostBytes: 1000 })
    await spool.append(event('a'), raw)
    await expect(spool.append(event('b', { Long: 'x'.repeat(2000) }), raw)).rejects.toThrow(
      'limit of 1000 bytes',
    )
    await expect(spool.append(event('c', { Long: 'x'.repeat(300_000) }), raw)).rejects.toThrow('too large')
    await spool.append(event('d'), raw)
    const keys: string[] = []
    await spool.replay(async ({ key }) => {
      keys.push(key)
      return 'taken'
    })
    expect(keys).toEqual(['a', 'd'])
  })

  it('leaves alone what lies beside its files', async () => {
    const folder = newFolder()
    await openSpool({ folder, now: () => noon })
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    expect(await collect(folder)).toEqual([])
    expect(readdirSync(folder)).toEqual(['notes.txt'])
  })
})
