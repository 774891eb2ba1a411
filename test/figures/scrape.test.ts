import { expect, it } from 'vitest'
import { inTransaction } from '../../src/store/database.ts'
import { insertRows } from '../../src/store/insert-rows.ts'
import { openTelephoneWorld } from '../sandbox/telephone-world.ts'
import { ticket } from './world.ts'

/** A line of the text format: a name, labels, a number. */
const line = /^([a-z_]+)(\{(?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*\})? (?:-?\d[\d.e+-]*|NaN|[+-]Inf)$/

it('gives a scraper the figures of today and of seven days, read once a minute', async () => {
  const { origin, gateway } = await openTelephoneWorld('2026-11-24T12:00:00Z')
  const open = (sequence: number, openedAt: string) => {
    const row = { ...ticket(openedAt), sequence: 900_000 + sequence }
    return inTransaction(gateway.database, tx => insertRows(tx, 'ticket', [row]))
  }
  await open(1, '2026-11-24T09:00:00Z')
  await open(2, '2026-11-20T09:00:00Z')
  const scrape = async () => {
    const response = await fetch(`${origin}/metrics`)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    return (await response.text()).split('\n').filter(one => one !== '' && !one.startsWith('#'))
  }
  const opened = (window: string) =>
    `intake_figure{figure="throughput",part="opened",window="${window}",stat="count"}`
  const lines = await scrape()
  expect(lines.filter(one => !line.test(one))).toEqual([])
  expect(new Set(lines.map(one => one.slice(0, one.lastIndexOf(' ')))).size).toBe(lines.length)
  expect(lines).toContain(`${opened('today')} 1`)
  expect(lines).toContain(`${opened('7d')} 2`)
  // A median of nothing is absent: 0 minutes would be an excellent one.
  const response = 'intake_figure{figure="first-response",part="minutes",window="7d"'
  expect(lines.filter(one => one.startsWith(response))).toEqual([`${response},stat="of"} 0`])
  await open(3, '2026-11-24T10:00:00Z')
  expect(await scrape()).toContain(`${opened('today')} 1`)
})
