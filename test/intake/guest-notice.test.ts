import { afterAll, beforeAll, expect, it } from 'vitest'
import { takeIn } from '../../src/intake/take-in.ts'
import { composeLetter } from '../../src/outbox/letter.ts'
import { builtInTemplates, loadTemplates } from '../../src/templates.ts'
import { arrival, openDesk, type TestDesk } from './desk.ts'

let desk: TestDesk

beforeAll(async () => {
  desk = await openDesk()
})

afterAll(() => desk.close())

it('tells the agent who of the customer’s colleagues wrote, and whom an answer reaches', async () => {
  await takeIn(desk.deps, [arrival(1)])
  const { messageId } = await desk.database.letter.findFirstOrThrow({ where: { kind: 'auto-reply' } })
  const kim = { address: 'kim@kunde.example.com', name: 'Kim Kunde' }
  await takeIn(desk.deps, [
    arrival(2, { from: kim, inReplyTo: [messageId] }),
    arrival(3, { inReplyTo: [messageId] }),
  ])
  const letters = await desk.database.letter.findMany({
    where: { kind: 'agent-notice', recipient: 'anna@example.com' },
    orderBy: { createdAt: 'asc' },
  })
  const templates = await loadTemplates([builtInTemplates])
  const notices = letters.map(letter => composeLetter(letter, desk.config, templates, desk.deps.offices))
  const ofKim = notices.filter(({ subject }) =>
    String(subject).includes('Neue Nachricht von kim@kunde.example.com'),
  )
  expect(ofKim).toHaveLength(1)
  expect(String(ofKim[0]?.text).replaceAll(/\s+/g, ' ')).toContain(
    'Geschrieben von: kim@kunde.example.com (Ihre Antwort geht an den Kunden)',
  )
  expect(ofKim[0]?.html).toContain('kim@kunde.example.com (Ihre Antwort geht an den Kunden)')
  expect(notices.filter(({ text }) => String(text).includes('Geschrieben von'))).toHaveLength(1)
})
