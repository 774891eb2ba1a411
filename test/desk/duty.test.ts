import { describe, expect, it } from 'vitest'
import { officesOf } from '../../src/config/office-calendar.ts'
import { maySpeakFor, peopleOnDuty } from '../../src/desk/duty.ts'
import { dutyGaps } from '../../src/desk/duty-gaps.ts'
import { gapWords } from '../../src/desk/gap-words.ts'
import type { Office } from '../../src/desk/office-hours.ts'
import { agentsOnDuty, type NotedAbsence } from '../../src/desk/on-duty.ts'
import { hotlineConfig } from '../telephony/hotline.ts'

const zone = 'Europe/Berlin'
const at = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant()
const addresses = { publicUrl: 'https://gateway.example.com', apiUrl: 'http://127.0.0.1:1' }
const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token' }
const agent = (name: string, more: object = {}) => ({ name, addresses: [`${name}@example.com`], ...more })

function configWith(more: object = {}) {
  return hotlineConfig(
    { ...addresses, ...account },
    {},
    {
      agents: {
        anna: agent('anna'),
        bernd: agent('bernd', { deputy: 'clara' }),
        emma: agent('emma'),
        clara: agent('clara'),
      },
      ...more,
    },
  )
}
const row = (name: string, hours: string, days = ['mon', 'tue', 'wed', 'thu', 'fri']) => ({
  ...{ group: 'support', agent: name, days, hours: [hours] },
})
const shifts = [row('anna', '08:30-13:00'), row('bernd', '12:30-17:00')]
const away = (name: string, from: string, until: string): NotedAbsence => ({
  ...{ agent: name, deputy: null, fromAt: at(from), untilAt: at(until) },
})
const onDuty = (config: ReturnType<typeof configWith>, wall: string, absences: NotedAbsence[] = []) =>
  peopleOnDuty('support', config, absences, zone, at(wall))
const keys = (people: ReturnType<typeof onDuty>) => people.map(one => one.agent)

describe('who is on duty', () => {
  it('is everybody of a group without a roster, and with one those whom it has at the moment', () => {
    expect(keys(onDuty(configWith(), '2026-11-24T03:00'))).toEqual(['anna', 'bernd'])
    const config = configWith({ duty: shifts })
    expect(keys(onDuty(config, '2026-11-24T08:30'))).toEqual(['anna'])
    expect(keys(onDuty(config, '2026-11-24T12:45'))).toEqual(['anna', 'bernd'])
    expect(keys(onDuty(config, '2026-11-24T13:00'))).toEqual(['bernd'])
    expect(keys(onDuty(config, '2026-11-28T12:00'))).toEqual([])
  })

  it('has deputies in the place of those who are away, and says for whom', () => {
    const config = configWith({ duty: shifts })
    const absences = [away('bernd', '2026-11-24T00:00', '2026-11-25T00:00')]
    expect(onDuty(config, '2026-11-24T14:00', absences)).toEqual([{ agent: 'clara', standsInFor: 'bernd' }])
    const both = [...absences, away('clara', '2026-11-24T00:00', '2026-11-25T00:00')]
    expect(onDuty(config, '2026-11-24T14:00', both)).toEqual([])
  })

  it('sends mail to those on duty, and to all of the group while nobody is', () => {
    const config = configWith({ duty: shifts })
    expect(agentsOnDuty('support', config, [], zone, at('2026-11-24T09:00'))).toEqual(['anna'])
    expect(agentsOnDuty('support', config, [], zone, at('2026-11-24T20:00'))).toEqual(['anna', 'bernd'])
    const sick = [away('anna', '2026-11-24T00:00', '2026-11-25T00:00')]
    expect(agentsOnDuty('support', config, sick, zone, at('2026-11-24T09:00'))).toEqual(['anna', 'bernd'])
  })

  it('lets members and their deputies speak for the group at any hour, and nobody else', () => {
    const config = configWith({ duty: shifts })
    const may = (name: string) => maySpeakFor('support', name, config, [], zone, at('2026-11-24T22:00'))
    expect(['anna', 'bernd', 'clara', 'emma'].filter(may)).toEqual(['anna', 'bernd', 'clara'])
  })
})

describe('gaps', () => {
  const gapsOf = (more: object, from: string, until: string, absences: NotedAbsence[] = []) => {
    const config = configWith(more)
    const offices: ReadonlyMap<string, Office> = officesOf(config, at(from))
    return dutyGaps(config, offices, absences, at(from), at(until))
      .filter(({ group }) => group === 'support')
      .map(gap => gapWords(gap, zone, 'en', key => key))
  }
  const week = ['2026-11-23T00:00', '2026-11-30T00:00'] as const

  it('are none where somebody is there in all office hours', () => {
    expect(gapsOf({}, ...week)).toEqual([])
    expect(gapsOf({ duty: shifts }, ...week)).toEqual([])
  })

  it('are times that the roster leaves open, in office hours only', () => {
    const duty = [row('anna', '08:30-12:00'), row('bernd', '13:00-19:00', ['mon', 'tue', 'wed', 'thu'])]
    expect(gapsOf({ duty }, '2026-11-26T00:00', '2026-11-30T00:00')).toEqual([
      'Thu 26/11 12:00–13:00: nobody is on the roster',
      'Fri 27/11 12:00–17:00: nobody is on the roster',
    ])
  })

  it('are absences in which nobody stands in, joined over nights; a deputy closes them', () => {
    const anna = away('anna', '2026-11-24T12:00', '2026-11-27T00:00')
    const duty = [row('anna', '08:30-17:00')]
    expect(gapsOf({ duty }, ...week, [anna])).toEqual([
      'Tue 24/11 12:00–Thu 26/11 17:00: anna away, nobody stands in',
    ])
    expect(gapsOf({ duty: [row('bernd', '08:30-17:00')] }, ...week, [{ ...anna, agent: 'bernd' }])).toEqual(
      [],
    )
  })

  it('are breaks of the only one who answers a line', () => {
    const breaks = { breaks: ['12:00-12:30'] }
    const agents = { anna: agent('anna', breaks), bernd: agent('bernd', breaks), emma: agent('emma') }
    expect(gapsOf({ agents }, '2026-11-24T00:00', '2026-11-25T00:00')).toEqual([
      'Tue 24/11 12:00–12:30: anna, bernd on a break, nobody else there',
    ])
    const turns = { ...agents, bernd: agent('bernd', { breaks: ['12:30-13:00'] }) }
    expect(gapsOf({ agents: turns }, '2026-11-24T00:00', '2026-11-25T00:00')).toEqual([])
  })

  it('say in German too what is missing', () => {
    const gap = {
      group: 'support',
      office: 'hamburg',
      from: at('2026-11-24T12:00'),
      until: at('2026-11-24T13:00'),
    }
    expect(gapWords({ ...gap, reason: { kind: 'roster' } }, zone, 'de', key => key)).toBe(
      'Di 24.11. 12:00–13:00: niemand ist eingeteilt',
    )
  })
})
