import { describe, expect, it } from 'vitest'
import { writeDigest } from '../../src/intake/digest.ts'
import { groups, openDesk } from './desk.ts'

/** Rosters with gaps. In virtual time, on a real database. */

describe('a gap in a duty roster', () => {
  it('is reported on the morning of the day before, to the administrators', async () => {
    const hours = ['08:30-17:00']
    const duty = [
      { group: 'support', agent: 'anna', days: ['mon', 'tue', 'thu', 'fri'], hours },
      { group: 'support', agent: 'anna', days: ['wed'], hours: ['08:30-12:00'] },
    ]
    const desk = await openDesk('2026-11-24T08:00', { config: { duty, groups } })
    const { config, database, clock, deps } = desk
    await writeDigest(database, config, clock.now(), deps.offices)
    const [digest] = await desk.letters('admin@example.com')
    expect(digest?.kind).toBe('digest')
    expect(digest?.text).toMatch(/Support/)
    expect(digest?.text).toMatch(/12:00/)
    expect(digest?.text).toMatch(/17:00/)
  })

  it('is not reported where somebody is always there', async () => {
    const desk = await openDesk('2026-11-24T08:00')
    await writeDigest(desk.database, desk.config, desk.clock.now(), desk.deps.offices)
    expect(await desk.letters('admin@example.com')).toEqual([])
  })
})
