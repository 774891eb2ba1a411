import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exampleConfig } from '../src/commands/letters/example-letters.ts'
import { previewLetter } from '../src/commands/letters/preview-letter.ts'
import { openLetterPreview } from '../src/letter-preview.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { insertTicket } from './console/ticket-rows.ts'
import { cloneDatabase, type TestDatabase } from './database.ts'

let clone: TestDatabase
let db: Database
const number = '1004711'
const now = () => Temporal.Instant.from('2026-11-24T09:00:00Z')
const config = exampleConfig()

beforeAll(async () => {
  clone = await cloneDatabase()
  db = openDatabase(clone.url, 2)
  const at = Temporal.Instant.from('2026-11-23T08:41:00Z')
  await insertTicket(db, {
    ...{
      number,
      subject: 'Rechnungsexport',
      customerName: 'Petra Lindner',
      language: 'de',
      text: 'Guten Tag',
    },
    ...{ customerAddress: 'petra.lindner@example.org', at, dueAt: at.add({ hours: 2 }), uid: 1 },
  })
  const { id } = await db.ticket.findUniqueOrThrow({ where: { number } })
  const data = {
    ...{ ticketNumber: number, subject: 'Rechnungsexport', customerName: 'Petra Lindner' },
    ...{ excerpt: 'Der Export bricht ab.', excerptCut: false, attachments: [], office: 'hamburg' },
    ...{
      receivedAt: at.toString(),
      dueAt: at.add({ hours: 2 }).toString(),
      officeOpen: true,
      oversized: false,
    },
  }
  await db.letter.create({
    data: {
      ...{ id: randomUUID(), ticketId: id, kind: 'auto-reply', template: 'auto-reply', language: 'de' },
      ...{ data, mailbox: 'support', recipient: 'petra.lindner@example.org' },
      ...{ messageId: '<1@example.com>', references: [], state: 'sent' },
      ...{ createdAt: new Date(at.epochMilliseconds), nextTryAt: new Date(at.epochMilliseconds) },
    },
  })
})

afterAll(async () => {
  await db?.$disconnect()
  await clone?.drop()
})

describe('a letter can be read before it is sent', () => {
  test('with the data of the ticket’s own letter, in either language', async () => {
    const preview = await openLetterPreview({ database: db, config, now })
    const german = await preview.render({ kind: 'auto-reply', ticketNumber: number })
    expect(german).toMatchObject({ ok: true, subject: expect.stringContaining('Rechnungsexport') })
    const english = await preview.render({ kind: 'auto-reply', ticketNumber: number, language: 'en' })
    expect(english).toMatchObject({ ok: true, text: expect.stringContaining('Der Export bricht ab.') })
    expect(english.ok && english.text).toMatch(/^Dear/)
    expect(english.ok && english.shows).toBe(
      'Data of the letter to petra.lindner@example.org of 2026-11-23 09:41 (Europe/Berlin).',
    )
  })

  test('with the ticket’s own words and example data where it has had none', async () => {
    const preview = await openLetterPreview({ database: db, config, now })
    const letter = await preview.render({ kind: 'agent-notice', ticketNumber: number })
    expect(letter).toMatchObject({ ok: true, text: expect.stringContaining('Petra Lindner') })
  })

  test('of every kind of which there is an example, in both languages', async () => {
    const preview = await openLetterPreview({ database: db, config, now })
    const faults: string[] = []
    for (const kind of preview.kinds)
      for (const language of ['de', 'en'] as const) {
        const letter = await preview.render({ kind, language })
        if (!letter.ok && !letter.because.startsWith('There is no example'))
          faults.push(`${kind} ${language}: ${letter.because}`)
      }
    expect(faults).toEqual([])
  })

  test('an unknown kind, ticket or part says what there is', async () => {
    const preview = await openLetterPreview({ database: db, config, now })
    expect(await preview.render({ kind: 'auto-relpy' })).toEqual({
      ok: false,
      because: expect.stringMatching(/^No letter is called "auto-relpy"; there are: agent-answer, /),
    })
    expect(await preview.render({ kind: 'alarm', ticketNumber: '9999999' })).toEqual({
      ok: false,
      because: 'There is no ticket 9999999.',
    })
    const place = {
      ...{ config, databaseUrl: clone.url, data: '.', ticketFormat: '[#{number}]', timeZone: 'UTC' },
    }
    await expect(previewLetter(place, 'alarm', { part: 'body' })).rejects.toThrow(
      '"body" is no part of a letter; use subject, text or html.',
    )
    const { text } = await previewLetter(place, 'auto-reply', { ticket: number, part: 'subject' })
    expect(text).toContain('Rechnungsexport')
  })
})

test('an edit that names an unknown variable is told, and nothing half-rendered is shown', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'own-letters-'))
  await mkdir(join(folder, 'de'))
  await writeFile(join(folder, 'de', 'alarm.text.hbs'), 'Achtung\n{{mailbx}}')
  const preview = await openLetterPreview({ database: db, config: { ...config, templates: folder }, now })
  const letter = await preview.render({ kind: 'alarm', language: 'de' })
  expect(letter).toEqual({
    ok: false,
    because: expect.stringContaining('alarm.text: line 2 uses the variable "mailbx"'),
  })
  await rm(folder, { recursive: true })
})
