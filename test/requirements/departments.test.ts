import { expect, it } from 'vitest'
import type { FigureKey } from '../../src/figures/figure.ts'
import { readFigure } from '../../src/figures/report.ts'
import { groups, openDesk, people, petra } from '../promises/desk.ts'

const levelOf = (group: string | undefined, level: number) => ({
  when: { broken: ['first-response'], ...(group && { group }) },
  ...{ level, because: 'a promised time was missed' },
})

/** Accounting answers within half an hour and solves within the day; what it misses goes to the head at once. */
const config = {
  agents: people,
  groups: { ...groups, accounting: { name: 'Buchhaltung', agents: ['bernd'] } },
  areas: { billing: { name: { de: 'Rechnungen', en: 'Invoices' }, words: ['Rechnung'] } },
  routing: [
    { when: { area: 'billing' }, group: 'accounting' },
    { when: {}, group: 'support' },
  ],
  policy: {
    targets: [
      { when: { group: 'accounting' }, firstResponse: 30, resolution: 240 },
      { when: {}, firstResponse: 120, resolution: 1020 },
    ],
    levels: [levelOf('accounting', 3), levelOf(undefined, 2)],
  },
}

it('L4: departments have times, limits and figures of their own', async () => {
  const desk = await openDesk('2026-11-24T09:00', { config })
  const invoice = await desk.mail(petra, 'Rechnung 4711', 'Bitte prüfen Sie die Rechnung.')
  const other = await desk.mail(petra, 'Drucker', 'Der Drucker druckt nicht.')
  const dueAt = async ({ ticketNumber = '' }: typeof invoice, kind: string) =>
    (await desk.promises(ticketNumber)).find(one => one.kind === kind)?.dueAt
  expect(await dueAt(invoice, 'first-response')).toBe(
    desk.at('09:30').toString({ fractionalSecondDigits: 3 }),
  )
  expect(await dueAt(other, 'first-response')).toBe(desk.at('11:00').toString({ fractionalSecondDigits: 3 }))

  await desk.until('09:40')
  expect(await desk.escalations(invoice.ticketNumber ?? '')).toMatchObject([{ level: 3 }])
  expect(await desk.escalations(other.ticketNumber ?? '')).toEqual([])
  const notice = (await desk.lettersTo('anna', 'agent-notice')).at(-1)
  await desk.answer('anna', '#erledigt\n\nGuten Tag, er war ausgeschaltet.', notice)
  await desk.until('16:00')

  const day = Temporal.PlainDate.from('2026-11-24')
  const deps = { config: desk.config, now: desk.deps.now }
  const period = { from: day, to: day, timeZone: 'Europe/Berlin' }
  // By area: a ticket that has risen belongs to its level's group.
  const byArea = async (key: FigureKey, part: string) => {
    const { slices } = await readFigure(desk.database, deps, key, { period, by: 'area' })
    return Object.fromEntries(
      slices.map(slice => [slice.key, slice.parts.find(one => one.key === part)?.value]),
    )
  }
  for (const [figure, part] of [
    ['first-response', 'kept'],
    ['promises', 'resolution'],
  ] as const)
    expect(await byArea(figure, part)).toMatchObject({
      billing: { part: 0, of: 1 },
      '': { part: 1, of: 1 },
    })
  // To the head, and then, as nobody took it, to the management.
  expect(await byArea('escalations', 'all')).toEqual({ billing: { kind: 'count', count: 2 } })
})
