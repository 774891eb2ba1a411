import { expect, it } from 'vitest'
import { checkDuty } from '../../src/commands/check/check-duty.ts'
import { exampleConfig } from '../../src/commands/letters/example-letters.ts'

const config = exampleConfig()
const now = Temporal.Instant.from('2026-11-24T09:00:00Z')
const jana = config.agents.jana
if (!jana) throw new Error('the example has an agent')

it('says that somebody is there in all office hours of four weeks', async () => {
  expect(await checkDuty(config, now)).toEqual([
    {
      what: 'duty',
      ok: true,
      found: 'somebody of every group is on duty in all office hours of the next 28 days',
    },
  ])
})

it('names the first times at which nobody is, and what to do', async () => {
  const away = { ...jana, absences: [{ from: '2026-12-07', to: '2026-12-14' }] }
  const [finding] = await checkDuty({ ...config, agents: { jana: away } }, now)
  expect(finding).toMatchObject({ what: 'duty', ok: false })
  expect(finding?.found).toContain('nobody of service at hamburg: Mon 7/12 8:30')
  expect(finding?.found).toContain('Jana Petersen away, nobody stands in')
  expect(finding?.advice).toContain('deputy')
})
