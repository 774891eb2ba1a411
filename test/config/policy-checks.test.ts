import { describe, expect, it } from 'vitest'
import { type FaultTable, faultsIn } from './faults-in.ts'
import { soundConfig, soundPhoneConfig } from './sound-config.ts'

const agent = (key: string, rest = '') =>
  `  ${key}:\n    name: ${key}\n    addresses: [${key}@example.com]\n${rest}`

/** The sound configuration with a second agent and group; line 14 to 24 are agents and groups. */
const wider = (base: string) =>
  base
    .replace('groups:\n', 'groups:\n  second:\n    name: Second\n    agents: [bert]\n')
    .replace('agents:\n  anna', `agents:\n${agent('bert')}  anna`)
const base = wider(soundConfig)
const withPhone = wider(soundPhoneConfig)

const level = (number: number, rest = '') =>
  `  "${number}": { name: { de: Stufe, en: Level }, group: ${number === 1 ? 'support' : 'second'}${rest} }\n`
const allLevels = (rest = '') => `levels:\n${level(1)}${level(2)}${level(3)}${level(4, rest)}`
const targets = (...rows: string[]) => `policy:\n  targets:\n${rows.map(row => `    - ${row}\n`).join('')}`
const levelRows = (...rows: string[]) => `policy:\n  levels:\n${rows.map(row => `    - ${row}\n`).join('')}`
const row = (when: string, to: number | 'next') => `{ when: ${when}, level: ${to}, because: so }`
const routing = (...rows: string[]) => `routing:\n${rows.map(one => `  - ${one}\n`).join('')}`
const steps = (text: string) =>
  `requestTypes:\n  deletion:\n    name: { de: Löschung, en: Deletion }\n    fields: {}\n    steps:\n${text}`
const step = (rest: string) => `      one: { name: { de: Eins, en: One }, ${rest} }\n`

/** What is said, without the place: lines and columns are told in faults.test.ts. */
async function told(text: string): Promise<readonly string[]> {
  return (await faultsIn(text)).map(line => line.replace(/ \(line \d+, column \d+\)/, ''))
}

const table: FaultTable = [
  [
    'a contract, an area and a group that nobody knows',
    `${base}contracts:\n  premium: { name: { de: Premium, en: Premium } }\n${targets('{ when: { contract: [premium, premum], area: presses, group: thrid }, resolution: 60 }')}`,
    'policy.targets row 1, when.contract row 2 is "premum", which is not a kind of contract; did you mean "premium"?',
    'policy.targets row 1, when.area is "presses", which is not a service area',
    'policy.targets row 1, when.group is "thrid", which is not a group; known here: second, support',
  ],
  [
    'a clock of promised calls that would stand still, which it never does',
    `${base}policy:\n  pauses: { customer: [resolution, callback], vendor: [callback] }\n`,
    'policy.pauses.customer row 2 is "callback"; use "first-response", "status-update" or "resolution"',
    'policy.pauses.vendor row 1 is "callback"; use "first-response", "status-update" or "resolution"',
  ],
  [
    'a row that promises nothing',
    base + targets('{ when: { severity: stopped } }'),
    'policy.targets row 1 promises nothing; name one of firstResponse, callback, statusUpdate, resolution',
  ],
  [
    'a row behind one that fits all of its matters, for the times that both name',
    base +
      targets(
        '{ when: { severity: [stopped, hindered] }, resolution: 240 }',
        '{ when: { severity: stopped, impact: serious }, resolution: 120, callback: 30 }',
      ),
    'policy.targets row 2, resolution never counts, because policy.targets row 1 stands before it and fits all of its matters; move it above, or take it away',
  ],
  [
    'a rhythm of status updates that is longer than the time to solve it',
    base + targets('{ when: { severity: stopped }, resolution: 240 }', '{ statusUpdate: 480 }'),
    'policy.targets row 1, resolution is 240, shorter than statusUpdate in policy.targets row 2 with 480: no status update would ever be due',
  ],
  [
    'an answer that is promised later than the solution, in one row',
    base + targets('{ firstResponse: 240, resolution: 120 }'),
    'policy.targets row 1, firstResponse is 240, longer than resolution with 120: it would be solved before anybody answers',
  ],
  [
    'a rise to where everything begins, and rows that a higher one takes over',
    base +
      levelRows(
        row('{ impact: financial-loss }', 1),
        row('{ severity: stopped }', 3),
        row('{ severity: stopped, reopened: 2 }', 2),
      ),
    'policy.levels row 1, level is 1, where every matter begins; use 2, 3, 4 or next',
    'policy.levels row 3 never counts, because policy.levels row 2 fits all of its matters and does not rise less; take it away, or let it rise higher',
  ],
  [
    'a broken promise that nobody makes',
    base + levelRows(row('{ broken: [first-response, resolution] }', 'next')),
    'policy.levels row 1, when.broken names resolution, which nothing promises; give it a time with resolution in policy.targets, or leave it out',
  ],
  [
    'three levels of four',
    `${base}levels:\n${level(1)}${level(2)}${level(4)}`,
    'levels.3 is missing; use a section with keys of its own',
  ],
  [
    'a level of a group and an office that nobody knows',
    `${base}levels:\n${level(1)}${level(2)}${level(3)}${level(4).replace('second', 'secnd').replace('group', 'office: bremen, group')}`,
    'levels.4.group is "secnd", which is not a group; did you mean "second"?',
    'levels.4.office is "bremen", which is not an office; known here: hamburg',
  ],
  [
    'a level that is rung where there is no telephone',
    base + allLevels(', ways: [mail, call]'),
    'levels.4.ways row 2 is "call", but there is no phone section; add one, or use mail',
  ],
  [
    'a level that is texted where nobody sends texts, and rung where nobody has a phone',
    withPhone + allLevels(', ways: [text, call]'),
    'levels.4.ways row 1 is "text", but there is no phone.texts; say there who sends texts, or use mail',
    'levels.4.ways row 2 is "call", but nobody in second has a phone; give its agents one, or use mail',
  ],
  [
    'a level that is texted where all phones stand on desks',
    withPhone
      .replace(
        '    addresses: [bert@example.com]\n',
        '    addresses: [bert@example.com]\n    phone: "+494066969321"\n',
      )
      .concat('  texts: { provider: carrier, sender: Muster }\n', allLevels(', ways: [text]')),
    'levels.4.ways row 1 is "text", but nobody in second has a mobile phone, and texts reach no other; give one of its agents one, or use call',
  ],
  [
    'a way of matters with unknown names, to a stranger of the group',
    withPhone +
      routing(
        '{ when: { line: [hotline/195, hotline/196], mailbox: sales, product: mv, requestType: pres }, group: support, agent: bert }',
      ),
    'routing row 1, when.line row 2 is "hotline/196", which is not a line or an extension; did you mean "hotline/195"?',
    'routing row 1, when.mailbox is "sales", which is not a mailbox; known here: support',
    'routing row 1, when.product is "mv", which is not a product',
    'routing row 1, when.requestType is "pres", which is not a request type; known here: malfunction',
    'routing row 1, agent is "bert", who is not in the group support; add bert there, or name another',
  ],
  [
    'a way behind one for everything',
    base + routing('{ when: {}, group: support }', '{ when: { language: en }, group: second }'),
    'routing row 2 is never reached, because routing row 1 stands before it and fits all of its matters; move it above, or take it away',
  ],
  [
    'areas that cannot be told apart, and a product of no area',
    `${base}areas:\n  a: { name: { de: A, en: A }, words: [Waage] }\n  b: { name: { de: B, en: B }, words: [waage] }\nproducts:\n  mv: { name: MV, area: c }\n`,
    'areas.b.words row 1 is "waage", by which areas.a is recognised already; leave it to one of them',
    'products.mv.area is "c", which is not a service area; known here: a, b',
  ],
  [
    'a step that nobody may approve',
    base + steps(step('kind: approve')),
    'requestTypes.deletion.steps.one.by is missing; name the agent or the group who may approve it',
  ],
  [
    'a step of somebody who does not exist',
    base + steps(step('kind: task, by: berta')),
    'requestTypes.deletion.steps.one.by is "berta", which is not an agent or a group; did you mean "bert"?',
  ],
  [
    'an agent where a ticket waits for a queue',
    base + steps(step('kind: queue, by: bert')),
    'requestTypes.deletion.steps.one.by is "bert", which is not a group; known here: second, support',
  ],
  [
    'a letter without a name',
    base + steps(step('kind: letter')),
    'requestTypes.deletion.steps.one.letter is missing; name the template of the letter',
  ],
  [
    'a roster that leaves office hours to nobody',
    `${base}duty:\n  - { group: support, agent: anna, days: [mon], hours: ["09:00-12:00", "13:30-16:00"] }\n`,
    'duty row 1 leaves nobody of support on duty at hamburg mon 08:30-09:00, mon 13:00-13:30, mon 16:00-17:00; roster somebody for that time',
  ],
  [
    'a roster with a stranger, at a time that ends before it begins',
    `${base}duty:\n  - { group: second, agent: anna, days: [mon], hours: ["12:00-09:00"] }\n`,
    'duty row 1, agent is "anna", who is not in the group second; add anna there, or name another',
    'duty row 1, hours row 1 is "12:00-09:00", which ends before it begins; use "09:00-12:00"?',
  ],
]

describe('a policy that nobody could keep is refused', () => {
  it.each(table)('%s', async (_name, text, ...faults) => {
    expect((await told(text)).toSorted()).toEqual(faults.toSorted())
  })

  it('one mistyped value elsewhere does not hide what is wrong here', async () => {
    const text = base.replace('host: smtp.example.com', 'host: smtp.example.com\n  port: many')
    expect(await told(text + targets('{ when: { area: presses }, resolution: 60 }'))).toEqual([
      'smtp.port is "many"; use a whole number from 1 to 65535',
      'policy.targets row 1, when.area is "presses", which is not a service area',
    ])
  })
})

describe('a policy that can be kept is taken', () => {
  it.each([
    [
      'a special row before the general one',
      targets('{ when: { severity: stopped }, resolution: 60 }', '{ resolution: 240 }'),
    ],
    [
      'a general row before a special one that names another time',
      targets('{ resolution: 240 }', '{ when: { severity: stopped }, callback: 60 }'),
    ],
    ['four levels that are mailed', allLevels()],
    [
      'a roster of two who share the day',
      `duty:\n  - { group: support, agent: anna, days: [mon], hours: ["08:00-12:30"] }\n  - { group: support, agent: anna, days: [mon], hours: ["12:30-18:00"] }\n`,
    ],
    ['a step that the group does', steps(step('kind: task, by: support'))],
  ])('%s', async (_name, text) => {
    expect(await told(base + text)).toEqual([])
  })
})
