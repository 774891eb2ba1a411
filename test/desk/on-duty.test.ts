import { describe, expect, it } from 'vitest'
import { agentsOnDuty, type NotedAbsence, type Roster } from '../../src/desk/on-duty.ts'
import { noon } from './mail-example.ts'

const agent = (deputy?: string, ...absences: { from: string; to: string }[]) => ({ deputy, absences })
const roster: Roster = {
  groups: { support: { agents: ['anna', 'bernd'] } },
  agents: { anna: agent('carla'), bernd: agent(), carla: agent('dora'), dora: agent('anna') },
}
const away = (key: string, changes: Partial<NotedAbsence> = {}): NotedAbsence => ({
  agent: key,
  fromAt: noon.subtract({ hours: 24 }),
  untilAt: noon.add({ hours: 24 }),
  deputy: null,
  ...changes,
})
const onDuty = (absences: readonly NotedAbsence[], given = roster) =>
  agentsOnDuty('support', given, absences, 'Europe/Berlin', noon)

describe('agents on duty', () => {
  it('are those of the group while nobody is away', () => {
    expect(onDuty([])).toEqual(['anna', 'bernd'])
    expect(onDuty([away('anna', { untilAt: noon })])).toEqual(['anna', 'bernd'])
    expect(onDuty([away('anna', { fromAt: noon.add({ seconds: 1 }) })])).toEqual(['anna', 'bernd'])
  })

  it('are joined by the deputy of one who is away', () => {
    expect(onDuty([away('anna')])).toEqual(['anna', 'bernd', 'carla'])
  })

  it('include the deputy whom the absence note names, where the configuration names none', () => {
    expect(onDuty([away('bernd', { deputy: 'dora' })])).toEqual(['anna', 'bernd', 'dora'])
    expect(onDuty([away('anna', { deputy: 'dora' })])).toEqual(['anna', 'bernd', 'carla'])
    expect(onDuty([away('bernd', { deputy: 'nobody' })])).toEqual(['anna', 'bernd'])
  })

  it('pass the mail on along deputies who are away too, without going in a circle', () => {
    expect(onDuty([away('anna'), away('carla'), away('dora')])).toEqual(['anna', 'bernd', 'carla', 'dora'])
  })

  it('know absences of the configuration by the days of their office', () => {
    const planned = (from: string, to: string) => ({
      ...roster,
      agents: { ...roster.agents, bernd: agent('dora', { from, to }) },
    })
    expect(onDuty([], planned('2026-11-24', '2026-11-24'))).toEqual(['anna', 'bernd', 'dora'])
    expect(onDuty([], planned('2026-11-25', '2026-11-30'))).toEqual(['anna', 'bernd'])
  })

  it('believe a note without an end for a week', () => {
    expect(onDuty([away('anna', { untilAt: null })])).toContain('carla')
    expect(onDuty([away('anna', { untilAt: null, fromAt: noon.subtract({ hours: 24 * 8 }) })])).not.toContain(
      'carla',
    )
  })
})
