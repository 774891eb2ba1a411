import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PermanentFailure } from '../src/desk/failure.ts'
import { fileSize } from '../src/template-language.ts'
import { builtInTemplates, loadTemplates, type Templates } from '../src/templates.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'letters-'))
  await cp(builtInTemplates, folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

const write = (name: string, source: string) => writeFile(join(folder, 'en', `${name}.hbs`), source)

/** Writes all three parts of the alarm and loads the folder. */
async function alarm(parts: { subject?: string; text?: string; html?: string }): Promise<Templates> {
  await write('alarm.subject', parts.subject ?? 'subject')
  await write('alarm.text', parts.text ?? 'text')
  await write('alarm.html', parts.html ?? '<p>html</p>')
  return loadTemplates([folder])
}

const view = {
  now: '2026-11-20T12:20:00Z',
  timeZone: 'Europe/Berlin',
  ticketFormat: '[#{number}]',
  number: '1004711',
  at: '2026-11-23T09:00:00Z',
  size: 1_204_311,
  none: null,
  empty: '',
  items: [{ name: 'a' }, { name: 'b' }],
  hostile: '<script>alert("1")</script> & co',
  tricky: 'one\r\nBcc: victim@example.com\u202E\u0007',
}

describe('the language of templates', () => {
  test('tells times and promises in the office’s zone', async () => {
    const text = '{{promise at}}|{{opening at}}|{{dateTime at}}|{{ticket number}}|{{fileSize size}}'
    const templates = await alarm({ text })
    expect(templates.render('alarm', 'en', view).text.replaceAll('\n', ' ')).toBe(
      'by 10:00 on Monday 23 November|from 10:00 on Monday 23 November|Monday 23 November 2026, 10:00 (CET)|[#1004711]|1.2 MB ',
    )
  })

  test('escapes HTML, but not text', async () => {
    const templates = await alarm({
      subject: '{{hostile}}',
      text: '{{quote hostile}}',
      html: '{{hostile}}{{lines hostile}}',
    })
    const { subject, text, html } = templates.render('alarm', 'en', view)
    expect(subject).toBe(view.hostile)
    expect(text).toBe(`> ${view.hostile}\n`)
    expect(html).not.toContain('<script')
    expect(html.match(/&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt; &amp; co/g)).toHaveLength(2)
  })

  test('keeps a subject on one line and every part free of control characters', async () => {
    const templates = await alarm({
      subject: '{{tricky}}\n\nx',
      text: '{{tricky}}',
      html: '{{lines tricky}}',
    })
    const { subject, text, html } = templates.render('alarm', 'en', view)
    expect(subject).toBe('one Bcc: victim@example.com x')
    expect(text).toBe('one\nBcc: victim@example.com\n')
    expect(html).toBe('one<br>\nBcc: victim@example.com')
  })

  test('shows indents in HTML and fills mailto links safely', async () => {
    const html = '{{lines hostile}}<a href="mailto:{{urlPart hostile}}">'
    const templates = await alarm({ html })
    const rendered = templates.render('alarm', 'en', { ...view, hostile: 'a\n  b"@x?cc=y' }).html
    expect(rendered).toBe('a<br>\n&nbsp;&nbsp;b&quot;@x?cc&#x3D;y<a href="mailto:a%0A%20%20b%22@x%3Fcc%3Dy">')
  })

  test.each([
    [0, '0 bytes', '0 Byte'],
    [999, '999 bytes', '999 Byte'],
    [345_678, '346 kB', '346 kB'],
    [999_499, '999 kB', '999 kB'],
    [999_500, '1.0 MB', '1,0 MB'],
    [1_204_311, '1.2 MB', '1,2 MB'],
    [2_500_000_000, '2.5 GB', '2,5 GB'],
  ])('%d bytes', (bytes, english, german) => {
    expect(fileSize(bytes, 'en')).toBe(english)
    expect(fileSize(bytes, 'de')).toBe(german)
  })
})

describe('a letter is rendered as a whole or not at all', () => {
  test.each([
    ['Dear {{naem}}', 'naem'],
    ['\n{{#if naem}}x{{/if}}', 'naem'],
    ['{{#unless naem}}x{{/unless}}', 'naem'],
    ['{{promise naem}}', 'naem'],
    ['{{#if (is naem "x")}}x{{/if}}', 'naem'],
    ['{{#each items}}{{nmae}}{{/each}}', 'nmae'],
    ['{{#each naem}}x{{/each}}', 'naem'],
  ])('%s fails and names template and variable', async (text, variable) => {
    const templates = await alarm({ text })
    const render = () => templates.render('alarm', 'en', view)
    expect(render).toThrow(PermanentFailure)
    expect(render).toThrow(new RegExp(`template en/alarm.text: line \\d+ uses the variable "${variable}"`))
  })

  test('a value that is there but empty is no fault', async () => {
    const templates = await alarm({
      text: '{{#if none}}x{{else}}-{{/if}}{{#if empty}}x{{else}}-{{/if}}{{empty}}',
    })
    expect(templates.render('alarm', 'en', view).text).toBe('--\n')
  })

  test('a time that is none is a fault', async () => {
    const templates = await alarm({ text: '{{promise none}}' })
    expect(() => templates.render('alarm', 'en', view)).toThrow(
      'template en/alarm.text: text expected, not null',
    )
  })

  test.each([
    ['{{#if none}}', 'Parse error'],
    ['{{shout number}}', 'unknown helper shout'],
  ])('%s is found while loading', async (text, message) => {
    await expect(alarm({ text })).rejects.toThrow(message)
    await expect(alarm({ text })).rejects.toThrow('alarm.text.hbs')
  })
})

describe('folders', () => {
  test('the built-in letters are complete in both languages', async () => {
    await expect(loadTemplates([builtInTemplates])).resolves.toBeDefined()
    const [german, english] = await Promise.all(
      ['de', 'en'].map(language => readdir(join(builtInTemplates, language))),
    )
    expect(german).toEqual(english)
  })

  test('a missing part, a misspelt letter and a missing folder are faults', async () => {
    await rm(join(folder, 'de', 'alarm.html.hbs'))
    await expect(loadTemplates([folder])).rejects.toThrow('templates are missing: de/alarm.html')
    await write('alrm.text', '')
    await expect(loadTemplates([builtInTemplates, folder])).rejects.toThrow(
      'belong to no letter: en/alrm.text',
    )
    await expect(loadTemplates([join(folder, 'nowhere')])).rejects.toThrow('nowhere')
  })

  test('a later folder overrides file by file, pieces included', async () => {
    const own = await mkdtemp(join(tmpdir(), 'own-'))
    await cp(join(folder, 'en'), join(own, 'en'), { recursive: true })
    for (const file of await readdir(join(own, 'en'))) await rm(join(own, 'en', file))
    await writeFile(join(own, 'en', 'alarm.subject.hbs'), 'Ours: {{what}}')
    await writeFile(join(own, 'en', 'alarm.text.hbs'), '{{> imprint}}')
    await writeFile(join(own, 'en', 'alarm.html.hbs'), '{{#asLines}}{{> imprint}}{{/asLines}}')
    await writeFile(join(own, 'en', '_imprint.hbs'), '{{company}}\nHamburg\n')
    const templates = await loadTemplates([builtInTemplates, own])
    expect(templates.render('alarm', 'en', { ...view, what: 'x', company: 'A & B' })).toEqual({
      subject: 'Ours: x',
      text: 'A & B\nHamburg\n',
      html: 'A &amp; B<br>\nHamburg',
    })
    await rm(own, { recursive: true })
  })
})

describe('wording of a single desk', () => {
  const write = async (path: readonly string[], source: string) => {
    const file = join(folder, ...path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, source)
  }

  test('counts for its mailbox only, with everything it does not word itself as everywhere', async () => {
    await write(['en', 'alarm.subject.hbs'], 'everywhere')
    await write(['en', 'alarm.text.hbs'], 'text')
    await write(['en', 'alarm.html.hbs'], 'html')
    await write(['presse', 'en', 'alarm.subject.hbs'], 'for the press')
    const templates = await loadTemplates([folder], { desks: ['support', 'presse'] })
    const subjectAt = (desk: string) => templates.render('alarm', 'en', view, desk).subject
    expect([subjectAt('support'), subjectAt('presse'), subjectAt('unheard-of')]).toEqual([
      'everywhere',
      'for the press',
      'everywhere',
    ])
    expect(templates.render('alarm', 'en', view, 'presse').text).toBe('text\n')
  })

  test('is looked at again when it is edited, and a broken edit keeps the former wording', async () => {
    const broken: string[] = []
    let now = 0
    await write(['en', 'alarm.subject.hbs'], 'everywhere')
    await write(['en', 'alarm.text.hbs'], 'text')
    await write(['en', 'alarm.html.hbs'], 'html')
    await write(['presse', 'en', 'alarm.subject.hbs'], 'before')
    const templates = await loadTemplates([folder], {
      desks: ['presse'],
      clock: () => now,
      onBroken: message => broken.push(message),
    })
    const subject = () => templates.render('alarm', 'en', view, 'presse').subject
    await write(['presse', 'en', 'alarm.subject.hbs'], 'afterwards')
    now = 1000
    expect(subject()).toBe('afterwards')
    await write(['presse', 'en', 'alarm.subject.hbs'], '{{#if')
    now = 2000
    expect(subject()).toBe('afterwards')
    expect(broken).toEqual([expect.stringContaining(join('presse', 'en', 'alarm.subject.hbs'))])
  })

  test('of a misspelt mailbox is a fault', async () => {
    await write(['pressse', 'de', 'alarm.subject.hbs'], 'x')
    await expect(loadTemplates([folder], { desks: ['presse'] })).rejects.toThrow(
      'pressse: no mailbox has this key; known here: presse',
    )
  })
})

test('a letter that a procedure names must be there in both languages and all parts', async () => {
  await write('prepayment.subject', 'x')
  const more = { letters: ['prepayment'] }
  await expect(loadTemplates([folder], more)).rejects.toThrow(
    'templates are missing: de/prepayment.subject, de/prepayment.text, de/prepayment.html, en/prepayment.text, en/prepayment.html',
  )
})

test('a variable that a letter does not have is told with file, line and the names that it has', async () => {
  const templates = await alarm({ text: 'one\n{{custmer}}' })
  expect(() =>
    templates.render('alarm', 'en', { now: '', timeZone: 'UTC', ticketFormat: '', customer: 'x' }),
  ).toThrow(
    `template en/alarm.text: line 2 uses the variable "custmer", which this letter does not have; it has customer, now, ticketFormat, timeZone (${join(folder, 'en', 'alarm.text.hbs')})`,
  )
})

describe('an edited file', () => {
  let now = 0
  const broken: string[] = []

  async function watched(): Promise<Templates> {
    now = 0
    broken.length = 0
    await write('alarm.subject', 'before')
    await write('alarm.text', 'text')
    await write('alarm.html', 'html')
    return loadTemplates([folder], { clock: () => now, onBroken: message => broken.push(message) })
  }

  test('counts from the next letter on, looked for once a second', async () => {
    const templates = await watched()
    await write('alarm.subject', 'afterwards')
    now = 999
    expect(templates.render('alarm', 'en', view).subject).toBe('before')
    now = 1000
    expect(templates.render('alarm', 'en', view).subject).toBe('afterwards')
  })

  test('that does not compile is told once and not used until it is mended', async () => {
    const templates = await watched()
    await write('alarm.subject', 'half {{#if')
    for (now of [1000, 2000, 3000]) expect(templates.render('alarm', 'en', view).subject).toBe('before')
    expect(broken).toHaveLength(1)
    expect(broken[0]).toContain('alarm.subject.hbs')
    await write('alarm.subject', 'whole again')
    now = 4000
    expect(templates.render('alarm', 'en', view).subject).toBe('whole again')
  })
})

test('no built-in letter loads anything from outside', async () => {
  for (const language of ['de', 'en']) {
    for (const file of await readdir(join(builtInTemplates, language))) {
      const source = await readFile(join(builtInTemplates, language, file), 'utf8')
      expect(source, file).not.toMatch(/<img|<script|<link|https?:|url\(/i)
    }
  }
})
