import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exampleConfig, exampleLetters } from '../../../src/commands/letters/example-letters.ts'
import { officesOf } from '../../../src/config/office-calendar.ts'
import { commandNames, helpLine } from '../../../src/desk/command-words.ts'
import { type WhyNotCode, whyNot, whyNotWords } from '../../../src/desk/why-not-told.ts'
import { composeLetter } from '../../../src/outbox/letter.ts'
import { builtInTemplates, templatesOf } from '../../../src/templates.ts'

/** What a template says itself: without its conditions, its comments, and the tags of its HTML. */
function saidBy(language: 'de' | 'en'): readonly (readonly [file: string, said: string])[] {
  const folder = join(builtInTemplates, language)
  return readdirSync(folder)
    .filter(file => !file.startsWith('_layout'))
    .map(file => [file, bare(readFileSync(join(folder, file), 'utf8'))])
}

function bare(source: string): string {
  return source
    .replace(/\{\{!--.*?--\}\}/gs, '')
    .replace(/\{\{.*?\}\}/gs, '')
    .replace(/<[^>]*>/g, '')
}

const helpIn = (language: 'de' | 'en') => commandNames.map(name => helpLine(name, language).does)
const pattern = (language: 'de' | 'en', wrong: RegExp) =>
  [...saidBy(language).map(([file, said]) => `${file}: ${said}`), ...helpIn(language)].filter(said =>
    wrong.test(said),
  )

describe('all letters of a language', () => {
  test('have the quotation marks and the apostrophe of print', () => {
    expect(pattern('de', /["”]|\w'\w/)).toEqual([])
    expect(pattern('en', /["„]|\w'\w/)).toEqual([])
  })

  test('spell email and E-Mail in one way', () => {
    expect(pattern('en', /\be-mails?\b/i)).toEqual([])
    expect(pattern('de', /(?<![\w-])(?:e-?mails?|Emails?|eMails?|Mails?)\b/)).toEqual([])
  })

  test('name a level, a severity and an impact with the same words everywhere', () => {
    for (const language of ['de', 'en'] as const)
      expect(
        pattern(language, /betriebs(?:ver|be)hindernd|(?:business|operation) (?:stopped|hindered)/).filter(
          said => !said.startsWith('_severity.hbs') && !said.includes('#'),
        ),
      ).toEqual([])
  })
})

describe('a German letter', () => {
  test('gives the reasons why a customer could not be told in German', () => {
    const codes: readonly WhyNotCode[] = [
      ...(['no-texts', 'no-number', 'no-mobile', 'text-budget', 'text-failed', 'no-address'] as const),
      ...(['no-answers-wanted', 'suppressed', 'mail-budget', 'mail-tried-first'] as const),
    ]
    for (const code of codes) {
      const [de, en] = (['de', 'en'] as const).map(language => whyNotWords(whyNot(code, 'detail'), language))
      expect(de).not.toBe(en)
      for (const said of [de, en]) {
        expect(said).toMatch(/^[A-Z].*\.$/)
        expect(said).not.toContain('detail')
      }
      expect(de).not.toMatch(english)
    }
  })

  test('has no English word but those of commands, of servers and of its administrators', async () => {
    const config = exampleConfig()
    const templates = await templatesOf(config)
    const offices = officesOf(config, Temporal.Instant.from('2026-11-20T12:00:00Z'))
    const found = exampleLetters('hamburg')
      .filter(({ name, notice }) => name.endsWith('.de') && !forAdministrators.includes(notice.kind))
      .flatMap(({ name, notice, createdAt }) => {
        const row = {
          ...{ ...notice, template: notice.kind, mailbox: 'support', recipient: 'jana.petersen@example.com' },
          ...{ messageId: '<wording@example.com>', inReplyTo: null, references: [] },
          createdAt: new Date(createdAt),
        }
        const { subject, text } = composeLetter(row, config, templates, offices)
        const own = `${subject}\n${text}`
          .split('\n')
          .filter(line => !/^>|Please reply above|gateway |^ {4}#|^#|https:/.test(line))
        return own.filter(line => english.test(line)).map(line => `${name}: ${line}`)
      })
    expect(found).toEqual([])
  })
})

/** They read the server's own words, in English; so does an agent who asks why. */
const forAdministrators: readonly string[] = ['alarm', 'digest', 'why']

const english =
  /\b(?:the|and|is|are|were|not|no|of|to|for|with|known|number|address|mail|text message|received|due|customer|promise|level|reason)\b/
