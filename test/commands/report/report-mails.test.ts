import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { previewReport, sendReports } from '../../../src/commands/report/report-mails.ts'
import { configSchema } from '../../../src/config/schema.ts'
import { openWorld, ticket, type World, worldConfig } from '../../figures/world.ts'

/** `gateway report preview` and `gateway report send`: about the last week of real time. */

let world: World
beforeAll(async () => {
  world = await openWorld(`${Temporal.Now.instant()}`)
  await world.put('ticket', ticket(`${Temporal.Now.instant().subtract({ hours: 24 * 40 })}`))
})
afterAll(() => world.close())

const reports = configSchema.shape.reports.parse([{ to: ['uk', 'anna'], role: 'team', groups: ['support'] }])

const place = () => ({
  ...{ config: { ...worldConfig, reports }, databaseUrl: world.url },
  ...{ data: '.', ticketFormat: '[#{number}]', timeZone: 'UTC' },
})

describe('reports by mail on the command line', () => {
  it('are shown as they would read now, and write nothing', async () => {
    const { text } = await previewReport(place(), 'team', { language: 'en' })
    expect(text).toMatch(/^Subject: Team report .* \(Support\)\n\nDear /)
    const { text: html } = await previewReport(place(), 'executive', { part: 'html' })
    expect(html).toContain('<!doctype html>')
    expect(await world.database.letter.count()).toBe(0)
  })

  it('are sent once, and once more to those who ask for it', async () => {
    expect((await sendReports(place(), 'team', {})).data).toEqual({ role: 'team', sent: 2 })
    expect((await sendReports(place(), 'team', {})).text).toContain('Nobody gets one')
    expect((await sendReports(place(), 'team', { again: true })).text).toContain(
      '2 letters are in the outbox',
    )
    expect(await world.database.letter.count()).toBe(4)
  })

  it('name what was meant wrongly, and what there is', async () => {
    await expect(previewReport(place(), 'boss', {})).rejects.toThrow('use team, division, executive')
    await expect(previewReport(place(), 'team', { part: 'body' })).rejects.toThrow(
      'use subject, text or html',
    )
    await expect(sendReports(place(), 'executive', {})).rejects.toThrow('is configured')
  })
})
