import { parse } from 'csv-parse/sync'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { officesOf } from '../../../src/config/office-calendar.ts'
import { type Config, configSchema } from '../../../src/config/schema.ts'
import { type ReportDeps, wakeReports } from '../../../src/figures/mail/send-reports.ts'
import { composeLetter, mimeOf } from '../../../src/outbox/letter.ts'
import { openDatabase } from '../../../src/store/database.ts'
import { templatesOf } from '../../../src/templates.ts'
import { guarantee, openWorld, ticket, type World, worldConfig } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld('2026-11-30T12:00:00Z')
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.clear()
  await world.database.letter.deleteMany()
})

const monday = '2026-11-23T09:00:00Z'

function configWith(reports: readonly object[]): Config {
  const { agents } = worldConfig
  const { dora } = agents
  if (!dora) throw new Error('the world has Dora')
  const english = { ...agents, dora: { ...dora, language: 'en' as const } }
  return { ...worldConfig, agents: english, reports: configSchema.shape.reports.parse(reports) }
}

function deskAt(now: string, config: Config, database = world.database): ReportDeps {
  const at = Temporal.Instant.from(now)
  return { database, config, now: () => at, offices: officesOf(config, at), nudge: () => {} }
}

const letters = () =>
  world.database.letter.findMany({ orderBy: [{ recipient: 'asc' }, { createdAt: 'asc' }] })

describe('reports by mail', () => {
  const weekly = configWith([{ to: ['uk', 'anna'], role: 'division' }])

  it('are written when the office opens on its first day after the week, once for each reader', async () => {
    await world.put('ticket', ticket(monday))
    // The office opens at half past eight in Hamburg.
    const early = await wakeReports(deskAt('2026-11-30T07:29:59Z', weekly))
    expect(early).toMatchObject({ sent: 0 })
    expect(`${early.nextAt}`).toBe('2026-11-30T07:30:00Z')
    const due = await wakeReports(deskAt('2026-11-30T07:30:00Z', weekly))
    expect(due.sent).toBe(2)
    expect(`${due.nextAt}`).toBe('2026-12-07T07:30:00Z')
    expect((await wakeReports(deskAt('2026-12-02T07:30:00Z', weekly))).sent).toBe(0)
    expect((await letters()).map(({ recipient, language, kind }) => [recipient, language, kind])).toEqual([
      ['anna@example.com', 'de', 'report-division'],
      ['dora@example.com', 'en', 'report-division'],
    ])
    expect((await wakeReports(deskAt('2026-12-07T07:30:00Z', weekly))).sent).toBe(2)
  })

  it('wait for the day after a holiday, and a month for its end', async () => {
    await world.put('ticket', ticket('2026-12-01T09:00:00Z'))
    const monthly = configWith([{ to: ['anna'], role: 'executive', every: 'month' }])
    // 1 January is a Friday and a holiday.
    const { sent, nextAt } = await wakeReports(deskAt('2027-01-01T12:00:00Z', monthly))
    expect([sent, `${nextAt}`]).toEqual([0, '2027-01-04T07:30:00Z'])
    expect((await wakeReports(deskAt('2027-01-04T07:30:00Z', monthly))).sent).toBe(1)
    expect((await letters())[0]?.data).toMatchObject({ period: '01.12.2026 bis 31.12.2026' })
  })

  it('are written once by two processes at the same moment', async () => {
    await world.put('ticket', ticket(monday))
    const other = openDatabase(world.url, 2)
    const at = '2026-11-30T08:00:00Z'
    const both = await Promise.all([wakeReports(deskAt(at, weekly)), wakeReports(deskAt(at, weekly, other))])
    await other.$disconnect()
    expect(both.map(({ sent }) => sent).toSorted()).toEqual([0, 2])
    expect(await letters()).toHaveLength(2)
  })

  it('are not written by a gateway to which nothing had come by then', async () => {
    await world.put('ticket', ticket('2026-11-30T07:45:00Z'))
    expect((await wakeReports(deskAt('2026-11-30T08:00:00Z', weekly))).sent).toBe(0)
  })

  it('tell a team of its own tickets only: what was late and what is open the longest', async () => {
    const team = configWith([{ to: ['anna'], role: 'team', groups: ['support'] }])
    const late = ticket(monday, { number: '1004711', subject: '<b>Rot</b> & blau', assignee: 'carla' })
    const foreign = ticket(monday, { number: '1004728', subject: 'Fremd', group: 'uk' })
    await world.put('ticket', late, foreign)
    const broken = { dueAt: '2026-11-23T11:00:00Z', endedAt: '2026-11-23T11:00:00Z' }
    await world.put(
      'guarantee',
      ...[late, foreign].map(one => guarantee(one, 'first-response', monday, 'broken', broken)),
    )
    const desk = deskAt('2026-11-30T08:00:00Z', team)
    await wakeReports(desk)
    const [letter] = await letters()
    if (!letter) throw new Error('no report was written')
    const mail = composeLetter(letter, team, await templatesOf(team), desk.offices)
    expect(mail.subject).toBe('Teambericht 23.11.2026 bis 29.11.2026 (Support)')
    expect(mail.text).toContain('[#1004711] <b>Rot</b> & blau (Petra Lindner)')
    expect(mail.text.replaceAll(/\s+/g, ' ')).toContain(
      'Zusage: Erste Antwort; Fällig: 23.11., 12:00; Zuständig: carla',
    )
    expect(mail.html).toContain('[#1004711] &lt;b&gt;Rot&lt;/b&gt; &amp; blau')
    expect(mail.text + mail.html).not.toContain('Fremd')
    const { attachments } = await PostalMime.parse(await mimeOf(mail))
    expect(attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      ['team-2026-11-23-2026-11-29.csv', 'text/csv'],
    ])
    const rows: Record<string, string>[] = parse(Buffer.from(attachments[0]?.content as ArrayBuffer), {
      columns: true,
      bom: true,
    })
    expect(rows.find(({ figure, part }) => figure === 'throughput' && part === 'opened')).toMatchObject({
      count: '1',
    })
  })
})
