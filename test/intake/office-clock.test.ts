import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type Config, configSchema } from '../../src/config/schema.ts'
import { mailSource } from '../channels/mail/mail-source.ts'
import { noon } from '../desk/mail-example.ts'
import { deskConfig, openDesk, type TestDesk } from './desk.ts'
import { openPostman } from './postman.ts'

/** Complaints 56, 57 and 59 about other systems: what the first answer promises, from the mail to the letter's words. */

const post = await openPostman()
let now = noon

function withHours(hours: readonly string[]): Config {
  const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map(day => [day, hours]))
  return configSchema.parse({
    ...deskConfig,
    offices: { hamburg: { ...deskConfig.offices.hamburg, hours: week } },
  })
}

const desk = await openDesk(() => now)
const withLunch = await openDesk(() => now, withHours(['08:00-12:00', '13:00-17:00']))

afterAll(async () => {
  await desk.close()
  await withLunch.close()
})
beforeEach(async () => {
  for (const { database } of [desk, withLunch])
    await database.$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor, suppression cascade`
})

let mails = 0

/** A customer's mail at this wall time in Hamburg: when the promise ends there, and the words of our answer. */
async function promisedAt(wallTime: string, at: TestDesk = desk) {
  now = Temporal.PlainDateTime.from(wallTime).toZonedDateTime('Europe/Berlin').toInstant()
  mails++
  const fields = {
    From: 'Petra Lindner <petra@kunde.example.com>',
    'Message-ID': `<clock${mails}@kunde.example.com>`,
  }
  await post.bring(
    at,
    mailSource({ fields, body: 'Guten Tag, der Drucker druckt nicht und macht Geräusche.' }),
  )
  const { dueAt } = await at.database.guarantee.findFirstOrThrow()
  const [answer] = (await post.collect(at)).filter(({ letter }) => letter.kind === 'auto-reply')
  const due = Temporal.Instant.fromEpochMilliseconds(dueAt.getTime()).toZonedDateTimeISO('Europe/Berlin')
  return {
    due: due.toPlainDateTime().toString({ smallestUnit: 'minute' }),
    data: answer?.letter.data as { readonly officeOpen: boolean },
  }
}

describe('56: the clock runs in office hours only', () => {
  it.each([
    ['in the morning', '2026-11-24T09:00', '2026-11-24T11:00'],
    ['shortly before closing', '2026-11-24T16:30', '2026-11-25T10:00'],
    ['on Friday evening', '2026-11-27T18:00', '2026-11-30T10:30'],
    ['on a public holiday', '2026-12-25T10:00', '2026-12-28T10:30'],
    ['before the night in which the clocks change', '2026-10-23T16:30', '2026-10-26T10:00'],
  ])('%s', async (_, written, due) => {
    expect((await promisedAt(written)).due).toBe(due)
  })
})

describe('57: a day may have two blocks', () => {
  it.each([
    ['before lunch', '2026-11-24T11:30', '2026-11-24T14:30'],
    ['during lunch', '2026-11-24T12:15', '2026-11-24T15:00'],
    ['in the afternoon', '2026-11-24T16:00', '2026-11-25T09:00'],
  ])('%s', async (_, written, due) => {
    expect((await promisedAt(written, withLunch)).due).toBe(due)
  })
})

describe('59: the automatic answer differs out of hours', () => {
  it.each([
    ['in office hours', '2026-11-24T09:00', true],
    ['at night', '2026-11-24T22:00', false],
    ['on a public holiday', '2026-12-25T10:00', false],
  ])('%s', async (_, written, officeOpen) => {
    expect((await promisedAt(written)).data).toMatchObject({ officeOpen })
  })
})
