import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { configSchema } from '../../../src/config/schema.ts'
import { openWatchedDesk, type WatchedDesk, watchedConfig } from './watched.ts'

/** A department can have levels and times of its own; a matter that is passed on to it is judged by them. */

const config = configSchema.parse({
  ...structuredClone(watchedConfig),
  groups: { ...watchedConfig.groups, safety: { name: 'Arbeitssicherheit', agents: ['bernd'] } },
  policy: {
    targets: [
      { when: { group: 'safety' }, resolution: 120 },
      { when: {}, resolution: 960 },
    ],
    levels: [{ when: { group: 'safety' }, level: 3, because: 'people may be hurt' }],
  },
})

let desk: WatchedDesk
beforeAll(async () => {
  desk = await openWatchedDesk(config)
})
afterAll(() => desk.close())
beforeEach(() => desk.reset())

const theTicket = () => desk.database.ticket.findFirstOrThrow()

it('rises as the policy says for the department that it is passed on to', async () => {
  await desk.customer('Die Abdeckung ist gerissen.')
  expect(await theTicket()).toMatchObject({ level: 1 })
  await desk.agent('#weiter safety Die Abdeckung ist gerissen.')
  expect(await theTicket()).toMatchObject({ level: 3, group: 'safety' })
  const [raised] = await desk.database.entry.findMany({ where: { kind: 'level-raised' } })
  expect(raised?.detail).toMatchObject({ level: 3, because: 'people may be hurt' })
  const resolution = await desk.database.guarantee.findFirstOrThrow({
    where: { kind: 'resolution', state: 'open' },
  })
  expect(resolution).toMatchObject({ minutes: 120 })
})

it('stays where it is for a department of which the policy says nothing', async () => {
  await desk.customer('Die Rechnung stimmt nicht.')
  await desk.agent('#weiter safety Bitte prüfen.')
  await desk.agent('#weiter support Doch nicht.')
  // A level never falls.
  expect(await theTicket()).toMatchObject({ level: 3, group: 'support' })
  expect(await desk.database.entry.count({ where: { kind: 'level-raised' } })).toBe(1)
})
