import { describe, expect, it } from 'vitest'
import { agent, caller, mailbox } from '../../src/sandbox/telephone/actors.ts'
import { hamburg, openHotline, phones } from './hotline.ts'

/** Calls find their people: by the line that was rung and the language, before anybody is rung. */

const stopped = { hears: /Betrieb stillsteht/, presses: '1' } as const
const groups = {
  support: { name: 'Support', agents: ['anna', 'bernd'] },
  uk: { name: 'Support UK', agents: ['emma'] },
  night: { name: 'Bereitschaft', agents: ['bernd'] },
}

describe('a line that the routing speaks of', () => {
  it('rings the group it names, and its ticket is that group’s', async () => {
    const hotline = await openHotline('2026-11-24T10:00', {
      more: { groups, routing: [{ when: { line: 'hotline' }, group: 'night' }] },
    })
    const { network, database } = hotline
    network.connect(phones.bernd, agent('bernd'))
    const call = network.call(caller(phones.mobile, [stopped]), hamburg)
    await hotline.runUntil(hotline.at('10:05'))
    expect(network.transcript(call)).toMatch(/bernd hears/)
    expect(network.transcript(call)).not.toMatch(/anna/)
    expect(await database.ticket.findMany()).toMatchObject([{ group: 'night', assignee: 'bernd' }])
    expect(await database.entry.findMany({ where: { kind: 'routed' } })).toMatchObject([
      { detail: { group: 'night', agent: null, row: 'routing row 1' } },
    ])
  })

  it('rings the agent it names first, and the promised call is that agent’s', async () => {
    const hotline = await openHotline('2026-11-24T10:00', {
      more: { groups, routing: [{ when: { line: 'hotline' }, group: 'support', agent: 'bernd' }] },
    })
    const { network, database } = hotline
    network.connect(phones.bernd, mailbox('bernd'))
    network.connect(phones.anna, mailbox('anna'))
    network.call(caller(phones.mobile, [stopped]), hamburg)
    await hotline.runUntil(hotline.at('10:06'))
    const legs = await database.callLeg.findMany({ where: { party: 'agent' }, orderBy: { rangAt: 'asc' } })
    expect(legs[0]).toMatchObject({ agent: 'bernd' })
    expect(await database.ticket.findMany()).toMatchObject([{ group: 'support', assignee: 'bernd' }])
    expect(await database.callback.findMany()).toMatchObject([{ state: 'owed', agent: 'bernd' }])
  })

  it('is answered by its own group where nobody of the named one can be rung', async () => {
    const hotline = await openHotline('2026-11-24T10:00', {
      more: {
        groups: { ...groups, office: { name: 'Büro', agents: ['carla'] } },
        agents: {
          ...hotlineAgents,
          carla: { name: 'Carla Behn', addresses: ['carla@example.com'] },
        },
        routing: [{ when: { line: 'hotline' }, group: 'office' }],
      },
    })
    const { network } = hotline
    network.connect(phones.anna, agent('anna'))
    const call = network.call(caller(phones.mobile, [stopped]), hamburg)
    await hotline.runUntil(hotline.at('10:05'))
    expect(network.transcript(call)).toMatch(/anna hears/)
  })
})

const hotlineAgents = {
  anna: { name: 'Anna Fink', addresses: ['anna@example.com'], phone: phones.anna },
  bernd: { name: 'Bernd Ohm', addresses: ['bernd@example.com'], phone: phones.bernd },
  emma: { name: 'Emma Clarke', addresses: ['emma@example.com'], language: 'en', phone: phones.emma },
}
