import { describe, expect, it } from 'vitest'
import { exampleDesks, loadExampleDesk } from '../../src/config/example-desks.ts'
import type { Config } from '../../src/config/schema.ts'

/** Who answers for what can be read before the first customer writes. */
describe.each(exampleDesks)('the configuration of %s', desk => {
  it('L3: names a department for every way in, and people with their tasks for each department', async () => {
    const config = await loadExampleDesk(desk)
    const waysIn = departmentsOfWaysIn(config)
    expect(waysIn.length).toBeGreaterThan(2)
    const levels = Object.values(config.levels ?? {}).map(({ group }) => group)
    expect(levels).toHaveLength(4)
    for (const key of [...waysIn, ...levels]) expect(titlesOf(config, key)).not.toEqual([])
  })

  it('L3: has somebody who stands in for each of them', async () => {
    const { agents, groups } = await loadExampleDesk(desk)
    const alone = Object.values(groups)
      .filter(group => group.agents.length === 1)
      .flatMap(group => group.agents)
    expect(alone.filter(key => agents[key]?.deputy === undefined)).toEqual([])
  })
})

/** Of mailboxes, numbers with their extensions, and other systems; a department may stand there more than once. */
function departmentsOfWaysIn({ mailboxes, phone, api }: Config): readonly string[] {
  const ofMailbox = (key: string) => mailboxes[key]?.group ?? ''
  return [
    ...Object.keys(mailboxes).map(ofMailbox),
    ...Object.values(phone?.lines ?? {}).flatMap(line => [
      line.group,
      ...Object.values(line.extensions ?? {}).map(({ group }) => group),
    ]),
    ...Object.values(api?.clients ?? {}).map(({ mailbox }) => ofMailbox(mailbox)),
  ]
}

/** What its people do, as customers and colleagues read it; throws where one of them has nothing there. */
function titlesOf({ groups, agents }: Config, group: string): readonly string[] {
  return (groups[group]?.agents ?? []).map(key => {
    const title = agents[key]?.title
    if (!title) throw new Error(`${key} of ${group} has no title`)
    return title
  })
}
