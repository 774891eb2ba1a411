import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Config } from '../../../src/config/schema.ts'
import { readDuty } from '../../../src/intake/calls/duty.ts'
import { type CallbackDesk, callbackConfig, nine, openCallbackDesk } from './callback-desk.ts'

let desk: CallbackDesk
beforeEach(async () => {
  desk = await openCallbackDesk()
})
afterEach(() => desk.close())

async function duty(config: Config = callbackConfig, language: 'de' | 'en' = 'de') {
  const now = desk.deps.now()
  const { toRing, toAssign, paused } = await readDuty(desk.database, {
    ...{ group: 'support', office: 'hamburg', language, now, config },
  })
  return { toRing: toRing.map(({ key }) => key), toAssign, paused }
}

const agents = (changes: Partial<Record<'anna' | 'bernd', object>>): Config => ({
  ...callbackConfig,
  agents: Object.fromEntries(
    Object.entries(callbackConfig.agents).map(([key, agent]) => [
      key,
      { ...agent, ...changes[key as 'anna' | 'bernd'] },
    ]),
  ),
})

let calls = 0
/** An inward call in which agents were rung, `minutes` ago. */
async function hunted(agent: string, outcome: string, minutes: number, accepted = false) {
  const ticketId = await desk.ticket()
  const at = new Date(desk.deps.now().subtract({ minutes }).epochMilliseconds)
  calls += 1
  await desk.database.call.create({
    data: {
      ...{ id: ticketId, provider: 'carrier', providerId: `CA${calls}`, direction: 'in', line: 'hotline' },
      ...{
        language: 'de',
        ticketId,
        rawFrom: '',
        rawTo: '',
        state: outcome === '' ? 'open' : 'ended',
        step: 'hunt',
      },
      arrivedAt: at,
      legs: {
        create: {
          ...{ id: ticketId, party: 'agent', agent, number: '+4915112345678', rangAt: at },
          ...(outcome === '' ? { state: 'ringing' } : { state: 'ended', outcome }),
          ...(accepted ? { acceptedAt: at } : {}),
        },
      },
    },
  })
}

test('those on duty are rung, whoever speaks the language of the caller first', async () => {
  expect(await duty()).toEqual({ toRing: ['anna', 'bernd'], toAssign: ['anna', 'bernd'], paused: [] })
  expect((await duty(callbackConfig, 'en')).toRing).toEqual(['bernd', 'anna'])
})

test('row 15: who misses two calls in a row is not rung for a quarter of an hour, and taking one ends it', async () => {
  await hunted('anna', 'no-answer', 10)
  expect((await duty()).paused).toEqual([])
  await hunted('anna', 'declined', 5)
  expect(await duty()).toEqual({ toRing: ['bernd'], toAssign: ['bernd', 'anna'], paused: ['anna'] })
  desk.later({ minutes: 6 })
  expect((await duty()).paused).toEqual([])
  await hunted('anna', 'mailbox', 1)
  expect((await duty()).paused).toEqual(['anna'])
  await hunted('anna', 'bridged', 0, true)
  expect((await duty()).paused).toEqual([])
})

test('row 17: nobody is rung who is away; the deputy is, and an unattended group has nobody', async () => {
  const away = { absences: [{ from: '2026-11-20', to: '2026-11-20' }] }
  expect((await duty(agents({ anna: away }))).toRing).toEqual(['bernd'])
  const config = agents({ anna: { ...away, deputy: 'carla' } })
  const carla = { ...callbackConfig.agents.bernd, name: 'Carla', phone: '+4915112345670' }
  const withDeputy = { ...config, agents: { ...config.agents, carla } } as Config
  expect((await duty(withDeputy)).toRing).toEqual(['bernd', 'carla'])
  expect(await duty(agents({ anna: away, bernd: away }))).toEqual({ toRing: [], toAssign: [], paused: [] })
})

test('nobody is rung on a break or in a call, though either may get a callback to see to', async () => {
  const config = agents({ anna: { breaks: ['09:00-09:15'] } })
  expect(await duty(config)).toMatchObject({ toRing: ['bernd'], toAssign: ['bernd', 'anna'] })
  await hunted('bernd', '', 0)
  expect((await duty()).toRing).toEqual(['anna'])
  expect(desk.deps.now().equals(nine)).toBe(true)
})
