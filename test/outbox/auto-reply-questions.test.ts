import { expect, it } from 'vitest'
import { exampleConfig, exampleLetters } from '../../src/commands/letters/example-letters.ts'
import { officesOf } from '../../src/config/office-calendar.ts'
import type { AutoReplyData } from '../../src/desk/notice.ts'
import { viewFor } from '../../src/outbox/letter-view.ts'
import { builtInTemplates, loadTemplates } from '../../src/templates.ts'

const config = exampleConfig()
const offices = officesOf(config, Temporal.Instant.from('2026-11-20T12:00:00Z'))
const templates = await loadTemplates([builtInTemplates])

function rendered(language: 'de' | 'en', changes: Partial<AutoReplyData>) {
  const example = exampleLetters('hamburg').find(({ name }) => name === `auto-reply.${language}`)
  const { support } = config.mailboxes
  if (!example || !support) throw new Error('the example has this letter and this mailbox')
  const data = { ...example.notice.data, missing: [], known: [], ...changes }
  const source = { language, data, createdAt: new Date(example.createdAt), mailbox: support, config, offices }
  return templates.render(
    'auto-reply',
    language,
    viewFor('auto-reply', { ...source, replyAddress: 'a@example.com' }),
  )
}

it.each([
  ['de', 'benötigen wir noch', 'entnommen', 'Möchten Sie etwas ergänzen?'],
  ['en', 'please let us have', 'we have noted', 'Would you like to add anything?'],
] as const)('asks for what is missing and for nothing else (%s)', (language, asks, noted, otherwise) => {
  const asking = rendered(language, {
    missing: ['Serial <b>'],
    known: [{ label: 'Product', value: 'MV-400' }],
  })
  for (const part of [asking.text, asking.html]) {
    expect(part).toContain(asks)
    expect(part).toContain(noted)
    expect(part).toContain('Product: MV-400')
    expect(part).not.toContain(otherwise)
  }
  expect(asking.text).toContain('- Serial <b>')
  expect(asking.html).toContain('<li>Serial &lt;b&gt;</li>')
  const complete = rendered(language, {})
  for (const part of [complete.text, complete.html]) {
    expect(part).not.toContain(asks)
    expect(part).not.toContain(noted)
    expect(part).toContain(otherwise)
  }
})

it('carries no link of a stranger to whom the letter goes', () => {
  const { text } = rendered('de', { known: [{ label: 'Firma', value: 'Kauf https://evil.example/x GmbH' }] })
  expect(text).toContain('Firma: Kauf [Link] GmbH')
})
