import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exampleConfig, exampleLetters } from '../../src/commands/letters/example-letters.ts'
import { renderExampleLetters } from '../../src/commands/letters/render-letters.ts'
import { officesOf } from '../../src/config/office-calendar.ts'
import { PermanentFailure } from '../../src/desk/failure.ts'
import type { AutoReplyData } from '../../src/desk/notice.ts'
import { ticketNumberOf } from '../../src/desk/reply-token.ts'
import { composeLetter, type LetterToCompose, mimeOf } from '../../src/outbox/letter.ts'
import { builtInTemplates, loadTemplates } from '../../src/templates.ts'

const config = exampleConfig()
const offices = officesOf(config, Temporal.Instant.from('2026-11-20T12:00:00Z'))
const templates = await loadTemplates([builtInTemplates])
const example = (name: string) => {
  const found = exampleLetters('hamburg').find(letter => letter.name === name)
  if (!found) throw new Error(`no example ${name}`)
  return found
}

function letter(name: string, changes: Partial<LetterToCompose> = {}): LetterToCompose {
  const { notice, createdAt } = example(name)
  return {
    kind: notice.kind,
    template: notice.kind,
    language: notice.language,
    data: notice.data,
    mailbox: 'support',
    recipient: 'anna@example.org',
    messageId: '<0123456789abcdef.autoreply@example.com>',
    inReplyTo: '<question@example.org>',
    references: ['<first@example.org>'],
    createdAt: new Date(createdAt),
    ...changes,
  }
}

const compose = (row: LetterToCompose, settings = config) => composeLetter(row, settings, templates, offices)
const sent = async (row: LetterToCompose): Promise<Email> => PostalMime.parse(await mimeOf(compose(row)))
const withData = (changes: Partial<AutoReplyData>) =>
  letter('auto-reply.de', { data: { ...example('auto-reply.de').notice.data, ...changes } })

describe('the headers of a letter', () => {
  test('say who wrote to whom, when, and where an answer goes', async () => {
    const mail = await sent(letter('auto-reply.de'))
    expect(mail.from).toEqual({ name: 'Nordlicht Kundenservice', address: 'support@example.com' })
    expect(mail.to).toEqual([{ name: '', address: 'anna@example.org' }])
    expect(mail.messageId).toBe('<0123456789abcdef.autoreply@example.com>')
    expect(mail.date).toBe('2026-11-20T12:20:04.000Z')
    expect(mail.subject).toBe('[#1004711] Ihre Anfrage ist eingegangen: Messverstärker zeigt E 17')
    const [replyTo] = mail.replyTo ?? []
    expect(ticketNumberOf(config.secret, 'support+{token}@example.com', replyTo?.address ?? '')).toBe(
      '1004711',
    )
    expect(compose(letter('auto-reply.de')).envelope).toEqual({
      from: 'support@example.com',
      // As an object: as text, a comma in a local part would make two recipients.
      to: [{ name: '', address: 'anna@example.org' }],
    })
  })

  test('without a signed address answers go to the mailbox', () => {
    const { support } = config.mailboxes
    if (!support) throw new Error('the example has a mailbox')
    const { replyAddress: _, ...plain } = support
    const composed = compose(letter('auto-reply.de'), { ...config, mailboxes: { support: plain } })
    expect(composed.replyTo).toEqual({ name: 'Nordlicht Kundenservice', address: 'support@example.com' })
    expect(compose(letter('alarm.de')).replyTo).toEqual({
      name: 'Nordlicht Kundenservice',
      address: 'support@example.com',
    })
  })

  test.each([
    ['auto-reply.en', 'auto-replied', 'en-GB'],
    ['agent-notice-new-ticket.de', 'auto-generated', 'de'],
    ['alarm.de', 'auto-generated', 'de'],
  ])('%s is marked as written by a machine', async (name, submitted, language) => {
    const mail = await sent(letter(name))
    const headers = new Map(mail.headers.map(({ key, value }) => [key, value]))
    expect(headers.get('auto-submitted')).toBe(submitted)
    expect(headers.get('x-auto-response-suppress')).toBe('DR, RN, NRN, OOF, AutoReply')
    expect(headers.get('x-intake-gateway')).toBe(`gateway; kind=${letter(name).kind}`)
    expect(headers.get('content-language')).toBe(language)
    expect(headers.has('precedence')).toBe(false)
    expect(headers.has('x-mailer')).toBe(false)
  })

  test('the bytes are plain lines of at most 998 octets', async () => {
    const bytes = await mimeOf(compose(withData({ excerpt: 'ö'.repeat(5000) })))
    expect(bytes.every(byte => byte < 128)).toBe(true)
    expect(
      bytes
        .toString()
        .split('\r\n')
        .every(line => line.length <= 998),
    ).toBe(true)
  })
})

describe('the thread', () => {
  test('answers the customer’s mail', async () => {
    const mail = await sent(letter('auto-reply.de'))
    expect(mail.inReplyTo).toBe('<question@example.org>')
    expect(mail.references).toBe('<first@example.org> <question@example.org>')
  })

  test('a long one keeps its first id and as many of the latest as fit', () => {
    const ids = Array.from({ length: 200 }, (_, i) => `<message-number-${i}@mail.example.org>`)
    const { references } = compose(letter('auto-reply.de', { references: ids }))
    const kept = [references ?? []].flat()
    expect(kept[0]).toBe(ids[0])
    expect(kept.at(-1)).toBe('<question@example.org>')
    expect(kept.slice(1, -1)).toEqual(ids.slice(2 - kept.length))
    const length = kept.join(' ').length
    expect(length).toBeLessThanOrEqual(1500)
    expect(length).toBeGreaterThan(1400)
  })

  test('what is no id is left out', async () => {
    const references = ['<a b@x>', '<evil@x>\r\nBcc: v@example.com', 'bare@x', '<ü@x>', '<good@x>']
    const composed = compose(letter('auto-reply.de', { references, inReplyTo: `<${'x'.repeat(2000)}@x>` }))
    expect(composed.references).toEqual(['<good@x>'])
    expect(composed.inReplyTo).toBeUndefined()
    expect(compose(letter('alarm.de', { references: [], inReplyTo: null })).references).toBeUndefined()
  })
})

describe('what a customer reads', () => {
  test('number, promise, own words, attachments and telephone, in both parts', () => {
    const { text, html } = compose(letter('auto-reply.de'))
    for (const part of [text, html]) {
      expect(part).toContain('Guten Tag Anna Schmidt,')
      expect(part).toContain('1004711')
      expect(part.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')).toContain(
        'Sie erhalten heute bis 15:20 Uhr eine persönliche Antwort',
      )
      expect(part).toContain('gestern lief er noch einwandfrei.')
      expect(part).toContain('Anzeige Gerät 2.jpg (1,2 MB)')
      expect(part).toContain('+49 40 5550 1234')
      expect(part).toContain('Montag bis Freitag 8:30–17:00 Uhr')
      expect(part).not.toContain('geschlossen')
    }
  })

  test('outside office hours: when the office opens', () => {
    const { text } = compose(letter('auto-reply-closed.en'))
    const words = text.replace(/\s+/g, ' ')
    expect(words).toContain('closed at the moment; we will be back from 08:30 on Monday 23 November.')
    expect(words).toContain('You will receive a personal reply by 10:30 on Monday 23 November.')
  })

  test('an empty mail without a name still gets a sound letter', () => {
    const { subject, text } = compose(letter('auto-reply-bare.de'))
    expect(subject).toBe('[#1004711] Ihre Anfrage ist eingegangen')
    expect(text.startsWith('Guten Tag,\n\n')).toBe(true)
    expect(text).toContain('enthielt keinen Text')
    expect(text).toContain('zu groß')
    expect(text).not.toContain('Betreff')
  })

  test('no hostile mail forges a header, a link or markup', async () => {
    const row = withData({
      subject: `Re: AW: win\r\nBcc: victim@example.com\r\n\r\n<b>https://evil.example/x ${'long '.repeat(100)}`,
      customerName: 'Click https://evil.example',
      excerpt: '<img src=x onerror=alert(1)> \u202Ehttps://evil.example/pay\u0000',
      attachments: [{ filename: '"><script>\r\nx: y\u202Efdp.exe', size: 1 }],
    })
    const composed = compose(row)
    expect(composed.subject).toMatch(
      /^\[#1004711\] Ihre Anfrage ist eingegangen: win Bcc: victim@example.com <b>\[Link\] long/,
    )
    expect(composed.subject.length).toBeLessThan(150)
    expect(composed.html).not.toMatch(/<img|<script|<b>|evil\.example|\u202E/)
    expect(composed.text).not.toMatch(/evil\.example|\u202E|\0/)
    expect(composed.text.startsWith('Guten Tag,\n')).toBe(true)
    const mail = await sent(row)
    expect(mail.bcc).toBeUndefined()
    expect(mail.headers.map(({ key }) => key)).not.toContain('bcc')
  })

  test('a recipient is one address, whatever it looks like', async () => {
    const recipient = '"a,b@example.com"@example.org'
    expect(compose(letter('auto-reply.de', { recipient })).to).toEqual({ name: '', address: recipient })
  })
})

describe('what an agent reads', () => {
  test('everything about the ticket, the deadline and how to answer', () => {
    const { subject, text, html } = compose(letter('agent-notice-new-ticket.en'))
    expect(subject).toBe('[#1004711] New ticket from Anna Smith: Amplifier shows E 17')
    expect(text).toContain('Anna Smith <anna@example.org>')
    expect(text).toContain('Reply due:        Friday 20 November 2026, 15:20 (CET)')
    expect(text).toContain('Severity:         business hindered')
    expect(text).toContain('Assigned to:      Jana Petersen')
    expect(text).toContain('Earlier tickets:  7 (most recently 1004535,')
    expect(text).toContain('- Product: MV-400')
    expect(text).toContain('What is still missing\n---------------------\n\n- Serial number')
    expect(text).toContain('Just reply to this email')
    expect(text).toContain('gateway ticket show 1004711')
    expect(text).toContain('gateway why 118')
    expect(html).toContain('Just reply to this email')
  })

  test('of a letter that came back: not to write there again', () => {
    const { subject, text, html } = compose(letter('agent-notice-letter-failed.de'))
    expect(subject).toBe('[#1004711] Nicht zugestellt: Messverstärker zeigt E 17')
    expect(text).toContain('> 550 5.1.1 <anna@example.org>: Recipient address rejected')
    expect(text).not.toContain('So antworten Sie')
    expect(html).not.toContain('mailto:')
  })
})

describe('a letter that cannot be composed is a permanent failure that says why', () => {
  test.each([
    [letter('auto-reply.de', { mailbox: 'gone' }), 'mailbox "gone" is not in the configuration any more'],
    [letter('auto-reply.de', { template: 'poem' }), 'no letter is called "poem"'],
    [withData({ dueAt: 'soon' }), 'template de/auto-reply.text: '],
  ])('%#', (row, message) => {
    expect(() => compose(row)).toThrow(PermanentFailure)
    expect(() => compose(row)).toThrow(message)
  })
})

test('an office that was taken out of the configuration stops no letter: it has the times of its mailbox', () => {
  expect(compose(withData({ office: 'gone' })).text).toBe(compose(withData({ office: 'hamburg' })).text)
})

describe('the example letters', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'examples-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('are written in both languages as .html, .txt and .eml', async () => {
    const names = await renderExampleLetters(folder)
    expect((await readdir(folder)).length).toBe(3 * names.length)
    expect(names.filter(name => name.endsWith('.de')).length).toBe(
      names.filter(name => name.endsWith('.en')).length,
    )
    const mail = await PostalMime.parse(await readFile(join(folder, 'auto-reply.de.eml')))
    const html = await readFile(join(folder, 'auto-reply.de.html'), 'utf8')
    const text = await readFile(join(folder, 'auto-reply.de.txt'), 'utf8')
    expect(mail.html?.trim()).toBe(html.trim())
    expect(text.trim()).toBe(`${mail.subject}\n\n${mail.text?.trim()}`)
  })

  test('find a misspelt variable in a company’s own wording', async () => {
    const own = await mkdtemp(join(tmpdir(), 'own-'))
    await mkdir(join(own, 'de'))
    await writeFile(join(own, 'de', 'auto-reply.text.hbs'), 'Hallo {{vorname}}')
    const rendering = renderExampleLetters(folder, { ...config, templates: own })
    await expect(rendering).rejects.toThrow('template de/auto-reply.text: line 1 uses the variable "vorname"')
    await rm(own, { recursive: true })
  })
})
