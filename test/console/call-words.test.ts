import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callEntryKinds, callEntryWords } from '../../src/console/call-words.ts'
import type { DossierEntry } from '../../src/console/dossier.ts'
import { deedWords } from '../../src/sandbox/page/deed-words.ts'

const naming = { agent: (key: string) => `Agent ${key}`, when: (instant: string) => `<${instant}>` }
const said = (kind: string, detail: unknown = {}) => callEntryWords({ kind, detail }, naming)

/** Where rows of a ticket's history are written, by the words with which the code does it. */
const writers = [
  /addCallEntry\([^;]*?\bkind: ['`]([a-z-]+)(?:\$\{state\})?['`]/g,
  /\bentry\((?:context, )?'([a-z-]+)'/g,
  /entryRow\(\s*'([a-z-]+)'/g,
  /addEntry\(\s*turn,\s*'([a-z-]+)'/g,
  /entry: '([a-z-]+)'/g,
]

function writtenKinds(): readonly string[] {
  const root = join(import.meta.dirname, '../../src')
  const files = ['intake', 'desk'].flatMap(room =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => readFileSync(join(root, room, name), 'utf8')),
  )
  const found = files.flatMap(text => writers.flatMap(one => [...text.matchAll(one)].map(([, kind]) => kind)))
  return [...new Set(found.filter(kind => kind !== undefined))]
}

describe('the history of a ticket', () => {
  it('has words for every kind of line that is written anywhere', () => {
    const kinds = writtenKinds()
    expect(kinds).toEqual(expect.arrayContaining(['customer-mail', 'call', 'callback-owed', 'promise-moved']))
    const entry = (kind: string): DossierEntry => ({
      ...{ id: '', kind, at: '2026-11-24T09:00:00Z', author: '', text: '', detail: {}, inboundId: null },
      letterId: null,
    })
    // "recording-" is completed with a state: both are listed below.
    const unnamed = kinds.filter(
      kind => kind !== 'recording-' && (said(kind) ?? deedWords(entry(kind))) === undefined,
    )
    expect(unnamed).toEqual([])
    expect(callEntryKinds).toEqual(expect.arrayContaining(['recording-absent', 'recording-failed']))
  })

  it('says something of every line, also of one whose details another version wrote', () => {
    for (const kind of callEntryKinds)
      for (const detail of [{}, null, 'text', { number: 7, why: 'no list', dueAt: null }])
        expect(said(kind, detail), kind).toMatch(/^\S.{8,}$/)
  })

  it.each([
    [
      'callback-owed',
      { number: '+4940123456', dueAt: '2026-11-24T11:00:00Z' },
      'A call to +4940123456 is promised until <2026-11-24T11:00:00Z>',
    ],
    ['put-through', { agent: 'jana' }, 'Put through: Agent jana spoke with the customer'],
    [
      'callback-attempt',
      { mode: 'rung', outcome: 'mailbox', seconds: 4 },
      'tried to reach the customer: a mailbox answered, 4 s',
    ],
    ['call', { number: null, withheld: true, line: 'hamburg' }, 'Call from a withheld number on hamburg'],
    ['reopened', { from: 'resolved', callId: 'c' }, 'Reopened by a call; it was resolved'],
    ['reopened', { from: 'resolved' }, 'Reopened by a new mail; it was resolved'],
    ['number-refused', { number: '+49900123', reason: 'premium' }, '+49900123 is not rung: it costs extra'],
  ])('says of %s what happened', (kind, detail, words) => {
    expect(said(kind, detail)).toBe(words)
  })
})
