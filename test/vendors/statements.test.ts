import { expect, test } from 'vitest'
import { countStatements } from '../../bench/statements.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { arrival, deskConfig, openDesk } from '../intake/desk.ts'
import { vendors } from './vendor-desk.ts'

const statements = countStatements()

/** What a new matter, an answer on it, one with a number sign and a mail that names a case cost in the database. */
const mails: readonly Partial<MailContent>[] = [
  { subject: 'MV-400 defekt' },
  { subject: 'AW: MV-400 defekt', inReplyTo: ['<mail1@kunde.example.com>'] },
  {
    subject: 'AW: MV-400 defekt',
    inReplyTo: ['<mail1@kunde.example.com>'],
    replyText: '#4711 ist die Rechnung',
  },
  { subject: 'Frage zu H100007' },
]

async function costs(config: typeof deskConfig): Promise<readonly number[]> {
  const desk = await openDesk(undefined, config)
  const counted: number[] = []
  await takeIn(desk.deps, [arrival(99, { subject: 'Zum Aufwärmen' })])
  for (const [index, mail] of mails.entries()) {
    statements.take()
    await takeIn(desk.deps, [arrival(index + 1, mail)])
    counted.push(statements.take())
  }
  await desk.close()
  return counted
}

test('a customer’s mail costs no statement more where manufacturers are configured, and one where it names a case', async () => {
  const messwerk = {
    ...vendors.messwerk,
    language: 'de' as const,
    needs: ['fault' as const],
    office: 'hamburg',
  }
  const { levels, ...rest } = messwerk
  const configured = {
    ...deskConfig,
    vendors: { messwerk: { ...rest, levels: levels.map(one => ({ ...one })) } },
  }
  const without = await costs(deskConfig)
  const withThem = await costs(configured as unknown as typeof deskConfig)
  expect(withThem.slice(0, 3)).toEqual(without.slice(0, 3))
  expect(withThem[3]).toBe((without[3] ?? 0) + 1)
  if (process.env.SHOW_STATEMENTS) process.stdout.write(`${JSON.stringify(without)}\n`)
})
