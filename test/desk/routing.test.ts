import { describe, expect, test } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { type DutyNow, readersOf, responsibleFor } from '../../src/desk/assignment.ts'
import { assignByLoad, type RoutingFacts, route, routeWithin } from '../../src/desk/routing.ts'
import { deskConfig } from '../intake/desk.ts'

const facts: RoutingFacts = {
  line: null,
  mailbox: 'support',
  product: null,
  area: null,
  language: 'de',
  requestType: null,
  customer: null,
  group: 'support',
}

/** Blog2Social in German and in English belongs to different people; everything else of support is shared out. */
const config = configSchema.parse({
  ...deskConfig,
  groups: {
    support: { name: 'Support', agents: ['anna', 'bernd', 'emma'] },
    accounting: { name: 'Buchhaltung', agents: ['carla'] },
    sales: { name: 'Vertrieb', agents: ['dirk'] },
    switchboard: { name: 'Zentrale', agents: ['carla'] },
  },
  agents: {
    anna: { name: 'Anna Fink', addresses: ['anna@example.com'], deputy: 'bernd' },
    bernd: { name: 'Bernd Ohm', addresses: ['bernd@example.com'], languages: ['de', 'en'] },
    emma: { name: 'Emma Clarke', addresses: ['emma@example.com'], language: 'en', deputy: 'anna' },
    carla: { name: 'Carla Behn', addresses: ['carla@example.com'] },
    dirk: { name: 'Dirk Wulf', addresses: ['dirk@example.com'] },
  },
  routing: [
    { when: { product: 'b2s', language: 'de' }, group: 'support', agent: 'anna' },
    { when: { product: 'b2s', language: 'en' }, group: 'support', agent: 'emma' },
    { when: { line: 'hotline/195' }, group: 'accounting' },
    { when: { line: 'hotline/277' }, group: 'sales' },
    { when: { line: ['hotline/140', 'reception'] }, group: 'switchboard' },
    { when: { requestType: 'invoice', area: ['billing', 'contracts'] }, group: 'accounting' },
    { when: { customer: ['K-1001', 'Sonnenhof'] }, group: 'sales', agent: 'dirk' },
    { when: { mailbox: 'support' }, group: 'support' },
  ],
})

describe('the first row that fits decides', () => {
  const german = { product: 'b2s' }
  test.each<[string, Partial<RoutingFacts>, string, string | null, string | null]>([
    ['product and language', german, 'support', 'anna', 'routing row 1'],
    ['the same product in English', { ...german, language: 'en' }, 'support', 'emma', 'routing row 2'],
    ['an extension', { line: 'hotline/195', mailbox: null }, 'accounting', null, 'routing row 3'],
    ['another extension', { line: 'hotline/277', mailbox: null }, 'sales', null, 'routing row 4'],
    ['one of two lines', { line: 'hotline/140', mailbox: null }, 'switchboard', null, 'routing row 5'],
    ['a line and its extensions', { line: 'reception/9' }, 'switchboard', null, 'routing row 5'],
    ['kind and area', { requestType: 'invoice', area: 'billing' }, 'accounting', null, 'routing row 6'],
    ['kind without area', { requestType: 'invoice' }, 'support', null, 'routing row 8'],
    ['a number', { customer: { name: 'X', number: 'k-1001' } }, 'sales', 'dirk', 'routing row 7'],
    ['a name', { customer: { name: 'SONNENHOF', number: null } }, 'sales', 'dirk', 'routing row 7'],
    ['the line itself is not its extension', { line: 'hotline', mailbox: null, group: 'g' }, 'g', null, null],
    ['nothing', { mailbox: 'other', group: 'other' }, 'other', null, null],
  ])('%s', (_, changes, group, agent, row) =>
    expect(route({ ...facts, ...changes }, config)).toMatchObject({ group, agent, row }),
  )

  test('and the trail says of each row before it why it did not fit', () => {
    const { trail } = route({ ...facts, product: 'b2s', language: 'en' }, config)
    expect(trail).toEqual([
      { rule: 'routing row 1', hit: false, because: 'language is en, not de' },
      { rule: 'routing row 2', hit: true, because: 'product is b2s, language is en' },
    ])
    expect(route(facts, config).trail.at(0)?.because).toBe('product is unknown, not b2s')
    expect(route(facts, { routing: [] })).toEqual({ group: 'support', agent: null, row: null, trail: [] })
  })

  test('a group that a human chose stays, whatever the rows say', () => {
    const passed = { ...facts, product: 'b2s', group: 'sales' }
    expect(routeWithin(passed, config)).toMatchObject({ group: 'sales', agent: null, row: null })
    const customer = { name: 'Sonnenhof', number: null }
    expect(routeWithin({ ...passed, customer }, config)).toMatchObject({ group: 'sales', agent: 'dirk' })
  })
})

describe('of a group the one who speaks the language and has least to do gets it', () => {
  const agent = (key: string, languages: readonly ('de' | 'en')[], open: number) => ({ key, languages, open })
  test.each([
    ['least to do', 'de', [agent('a', ['de'], 3), agent('b', ['de'], 1)], 'b'],
    ['equally much to do', 'de', [agent('a', ['de'], 1), agent('b', ['de'], 1)], 'a'],
    ['language before load', 'en', [agent('a', ['de'], 0), agent('b', ['de', 'en'], 9)], 'b'],
    ['a language nobody speaks', 'en', [agent('a', ['de'], 2), agent('b', ['de'], 1)], 'b'],
    ['nobody there', 'de', [], null],
  ] as const)('%s', (_, language, onDuty, expected) =>
    expect(assignByLoad(language, onDuty)?.agent ?? null).toBe(expected),
  )
})

describe('whoever is away is stood in for', () => {
  const now = Temporal.Instant.from('2026-11-24T11:00:00Z')
  const away = (...agents: string[]) =>
    agents.map(agent => ({ agent, fromAt: now, untilAt: now.add({ hours: 24 }), deputy: null }))
  const duty = (...agents: string[]): DutyNow => ({
    ...{ config, now, timeZone: 'Europe/Berlin', absences: away(...agents) },
    openOf: key => ({ anna: 5, bernd: 1, emma: 0 })[key] ?? 0,
  })
  const named = (agent: string | null) => ({ group: 'support', agent, row: 'routing row 1' })

  test.each([
    ['the one named', named('anna'), [], 'anna'],
    ['her deputy', named('anna'), ['anna'], 'bernd'],
    ["a deputy's deputy", named('emma'), ['emma', 'anna'], 'bernd'],
    ['by load, where the deputies are away too', named('anna'), ['anna', 'bernd'], 'emma'],
    ['one of another group', named('dirk'), [], 'dirk'],
    ['by language and load, where none is named', named(null), [], 'bernd'],
    ['nobody, where nobody is there', named(null), ['anna', 'bernd', 'emma'], null],
  ] as const)('%s', (_, routed, absent, agent) =>
    expect(responsibleFor(routed, 'de', duty(...absent)).agent).toBe(agent),
  )

  test('where no row fits the whole group stays responsible', () =>
    expect(responsibleFor({ group: 'support', agent: null, row: null }, 'de', duty())).toEqual({
      group: 'support',
      agent: null,
      because: 'no row of the routing fits',
    }))

  test('a roster counts: who is not there at this hour is not given a matter while others are', () => {
    const rostered = {
      ...config,
      duty: [
        { group: 'support', agent: 'anna', days: ['mon' as const], hours: ['08:30-17:00'] },
        { group: 'support', agent: 'bernd', days: ['tue' as const], hours: ['08:30-17:00'] },
      ],
    }
    const tuesday = { ...duty(), config: rostered }
    expect(responsibleFor(named('anna'), 'de', tuesday).agent).toBe('bernd')
    const night = { ...tuesday, now: Temporal.Instant.from('2026-11-24T22:00:00Z') }
    expect(responsibleFor(named('anna'), 'de', night).agent).toBe('anna')
  })

  test.each([
    ['the one who has it', 'anna', [], ['anna']],
    ['her and her deputy, while she is away', 'anna', ['anna'], ['anna', 'bernd']],
    ['all, while nobody stands in', 'bernd', ['bernd'], ['bernd', 'anna', 'emma']],
    ['all, where nobody has it', null, [], ['anna', 'bernd', 'emma']],
    ['all, where whoever had it left the company', 'gone', [], ['anna', 'bernd', 'emma']],
  ] as const)('mail goes to %s', (_, assignee, absent, readers) =>
    expect(readersOf({ assignee, group: 'support' }, duty(...absent))).toEqual(readers),
  )
})
