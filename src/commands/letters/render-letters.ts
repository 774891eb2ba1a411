/**
 * Writes every letter of the gateway into a folder, as the recipient gets it: for reading the wording before the first
 * customer does, and for finding a misspelt variable before the first letter fails.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { officesOf } from '../../config/office-calendar.ts'
import type { Config } from '../../config/schema.ts'
import { kindsByHumans, kindsToCustomers } from '../../desk/loop-budget.ts'
import { type ComposedLetter, composeLetter, mimeOf } from '../../outbox/letter.ts'
import { templatesOf } from '../../templates.ts'
import { exampleConfig, exampleLetters } from './example-letters.ts'

/**
 * Renders all letters in both languages, with the company, office and templates of `config`, as .html, .txt and .eml
 * files. Returns the names of the letters. Throws PermanentFailure('template') for the first one that cannot be rendered.
 */
export async function renderExampleLetters(
  folder: string,
  config: Config = exampleConfig(),
): Promise<readonly string[]> {
  const letters = await composeExamples(config)
  await mkdir(folder, { recursive: true })
  for (const [name, letter] of letters) {
    await writeFile(join(folder, `${name}.html`), letter.html)
    await writeFile(join(folder, `${name}.txt`), `${letter.subject}\n\n${letter.text}`)
    await writeFile(join(folder, `${name}.eml`), await mimeOf(letter))
  }
  return [...letters.keys()]
}

/** The other letters go to agents and administrators. */
const toCustomers: readonly string[] = [...kindsToCustomers, ...kindsByHumans]

async function composeExamples(config: Config): Promise<ReadonlyMap<string, ComposedLetter>> {
  const templates = await templatesOf(config)
  const [mailbox] = Object.entries(config.mailboxes)
  if (!mailbox) throw new Error('the configuration has no mailbox, so there is nobody to write the letters')
  const [key, { office, address }] = mailbox
  const offices = officesOf(config, Temporal.Instant.from('2026-11-20T12:00:00Z'))
  // Who has no hotline yet reads what its letters would be.
  const withPhone: Config = { ...config, phone: config.phone ?? exampleConfig().phone }
  const composed = exampleLetters(office).map(({ name, notice, createdAt }): [string, ComposedLetter] => {
    const letter = {
      ...notice,
      template: notice.kind,
      mailbox: key,
      recipient: toCustomers.includes(notice.kind) ? 'anna@example.org' : 'jana.petersen@example.com',
      messageId: `<${name.replace(/\W/g, '')}.example@${address.split('@')[1]}>`,
      inReplyTo: toCustomers.includes(notice.kind) ? '<question@example.org>' : null,
      references: [],
      createdAt: new Date(createdAt),
    }
    return [name, composeLetter(letter, withPhone, templates, offices)]
  })
  return new Map(composed)
}
