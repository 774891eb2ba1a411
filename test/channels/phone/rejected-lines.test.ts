import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keepRejected } from '../../../src/channels/phone/rejected-lines.ts'
import { noon } from './door.ts'

describe('requests that were set aside', () => {
  it('are counted while they are kept, and deleted when their time is over', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rejected-'))
    writeFileSync(join(folder, '2026-11-23T11.rejected.jsonl'), '\n{"a":1}\n\n{"a":2}\n')
    writeFileSync(join(folder, '2026-11-20T08.rejected.jsonl'), '\n{"torn')
    writeFileSync(join(folder, '2026-11-20T08.jsonl'), '\n{"waits":1}\n')
    expect(await keepRejected(folder, noon.subtract({ hours: 24 * 30 }))).toBe(3)
    expect(await keepRejected(folder, noon.subtract({ hours: 24 }))).toBe(2)
    expect(readdirSync(folder)).toEqual(['2026-11-20T08.jsonl', '2026-11-23T11.rejected.jsonl'])
  })
})
