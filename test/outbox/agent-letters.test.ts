import PostalMime, { type Email } from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { exampleConfig, exampleLetters } from '../../src/commands/letters/example-letters.ts'
import { officesOf } from '../../src/config/office-calendar.ts'
import { readAgentToken } from '../../src/desk/agent-token.ts'
import { PermanentFailure, TransientFailure } from '../../src/desk/failure.ts'
import { internalMark } from '../../src/desk/internal-text.ts'
import { internalKinds } from '../../src/desk/notice.ts'
import { ticketNumberOf } from '../../src/desk/reply-token.ts'
import { markedNumber } from '../../src/desk/ticket-marker.ts'
import { composeLetter, type LetterToCompose, mimeOf } from '../../src/outbox/letter.ts'
import { withRelayedParts } from '../../src/outbox/relayed-parts.ts'
import { builtInTemplates, loadTemplates } from '../../src/templates.ts'

const config = exampleConfig()
const offices = officesOf(config, Temporal.Instant.from('2026-11-20T12:00:00Z'))
const templates = await loadTemplates([builtInTemplates])
const pattern = 'support+{token}@example.com'

function letter(name: string, data: Record<string, unknown> = {}): LetterToCompose {
  const example = exampleLetters('hamburg').find(one => one.name === name)
  if (!example) throw new Error(`no example ${name}`)
  return {
    kind: example.notice.kind,
    template: example.notice.kind,
    language: example.notice.language,
    data: { ...example.notice.data, ...data },
    mailbox: 'support',
    recipient: 'anna@example.org',
    messageId: '<7123456789abcdef.agentanswer@example.com>',
    inReplyTo: '<question@example.org>',
    references: ['<first@example.org>', '<question@example.org>'],
    createdAt: new Date(example.createdAt),
  }
}

const compose = (row: LetterToCompose) => composeLetter(row, config, templates, offices)
const sent = async (row: LetterToCompose): Promise<Email> => PostalMime.parse(await mimeOf(compose(row)))
const headersOf = (mail: Email) => new Map(mail.headers.map(({ key, value }) => [key, value]))

describe('an agent’s answer', () => {
  test('is no automatic mail: a human wrote it', async () => {
    const headers = headersOf(await sent(letter('agent-answer.de')))
    for (const name of ['auto-submitted', 'x-auto-response-suppress', 'precedence', 'list-id', 'x-mailer'])
      expect(headers.has(name), name).toBe(false)
  })

  test('comes from the desk, with the agent’s name, and is answered to the ticket’s signed address', async () => {
    const mail = await sent(letter('agent-answer.de'))
    expect(mail.from).toEqual({
      name: 'Jana Petersen (Nordlicht Kundenservice)',
      address: 'support@example.com',
    })
    expect(ticketNumberOf(config.secret, pattern, mail.replyTo?.[0]?.address ?? '')).toBe('1004711')
    expect(mail.subject).toBe('[#1004711] AW: Messverstärker zeigt E 17')
    expect((await sent(letter('agent-answer.en'))).subject).toBe('[#1004711] Re: Amplifier shows E 17')
  })

  test('stands in the customer’s thread, for Outlook as well', async () => {
    const mail = await sent(letter('agent-answer.de'))
    expect(mail.inReplyTo).toBe('<question@example.org>')
    expect(mail.references).toBe('<first@example.org> <question@example.org>')
    const headers = headersOf(mail)
    const index = Buffer.from(headers.get('thread-index') ?? '', 'base64')
    const parent = Buffer.from('AQHcXQ8wAAECAwQFBgcICQoLDA0ODw==', 'base64')
    expect(index.subarray(0, 22)).toEqual(parent)
    expect(index).toHaveLength(27)
    const english = headersOf(await sent(letter('agent-answer.en')))
    expect(english.get('thread-topic')).toBe('Amplifier shows E 17')
    const plain = headersOf(await sent(letter('agent-answer.de', { threadIndex: null })))
    expect(plain.has('thread-index')).toBe(false)
  })

  test('holds exactly the agent’s words, the signature and the hidden marker', () => {
    const words = `Guten Tag,\n\n\n  ${'ein langes Wort nach dem anderen '.repeat(10)}\n\n<b>so</b> & "so"`
    const signature = 'Jana Petersen\nKundendienst'
    const { text, html } = compose(letter('agent-answer.de', { words, signature }))
    const [spoken, rest = ''] = text.split(signature)
    expect(spoken?.trimEnd()).toBe(words)
    expect(rest.trim()).toMatch(/^\[m1004711-[a-z2-9]{12}\]$/)
    expect(markedNumber(config.secret, text)).toBe('1004711')
    expect(markedNumber(config.secret, html)).toBe('1004711')
    expect(html).toContain('&lt;b&gt;so&lt;/b&gt; &amp; &quot;so&quot;')
    expect(html).toContain('Jana Petersen<br>\nKundendienst')
  })
})

describe('letters to agents', () => {
  const names = exampleLetters('hamburg').filter(({ notice }) => internalKinds.includes(notice.kind))

  test.each(names.map(({ name }) => name))('%s is marked as internal and says where to write', name => {
    const { text, html } = compose(letter(name))
    for (const part of [text, html]) {
      expect(part).toContain(internalMark)
      expect(part).toContain('Bitte oberhalb dieser Zeile antworten / Please reply above this line')
    }
    expect(text.startsWith('Bitte oberhalb')).toBe(true)
  })

  test.each(['agent-notice-new-ticket.de', 'receipt.en', 'help.de', 'why.en', 'hold-question-audience.de'])(
    '%s is answered to an address that is good for this agent alone',
    async name => {
      const mail = await sent(letter(name))
      const address = mail.replyTo?.[0]?.address ?? ''
      const today = Temporal.PlainDate.from('2026-11-21')
      const holders = [{ key: 'bernd' }, { key: 'jana' }]
      expect(readAgentToken(config.secret, pattern, address, today, holders)).toMatchObject({
        agent: 'jana',
        number: '1004711',
      })
      expect(headersOf(mail).get('auto-submitted')).toBe('auto-generated')
    },
  )

  test('times are those of the agent', () => {
    const jana = config.agents.jana
    if (!jana) throw new Error('the example has an agent')
    const agents = { jana: { ...jana, timeZone: 'Europe/London' } }
    const row = letter('agent-notice-new-ticket.en')
    const { text } = composeLetter(row, { ...config, agents }, templates, offices)
    expect(text).toContain('Reply due:        Friday 20 November 2026, 14:20 (GMT)')
  })

  test('a question about a stranger’s or a forger’s mail goes without a signed address where there is no ticket', async () => {
    const mail = await sent(letter('hold-question-unproven.de'))
    expect(mail.replyTo?.[0]?.address).toBe('support@example.com')
  })
})

describe('attachments that are sent along', () => {
  const content = Buffer.from([0, 13, 10, 46, 13, 10, 255, 10, 70, 114, 111, 109, 32])
  const relayed = {
    rawSha256: 'raw',
    parts: [
      { sha256: 'a', filename: 'Prüf"bericht.txt', contentType: 'text/plain' },
      { sha256: 'b', filename: null, contentType: 'message/rfc822' },
    ],
  }
  const found = [
    { sha256: 'b', content: Buffer.from('From: x\r\n\r\nhello\n') },
    { sha256: 'a', content },
  ]

  test('arrive byte for byte', async () => {
    const row = letter('agent-answer.de', { relayed })
    const mail = await PostalMime.parse(
      await mimeOf(await withRelayedParts(compose(row), row.data, async () => found)),
    )
    const [first, second] = mail.attachments
    expect(first?.filename).toBe('Prüf"bericht.txt')
    expect(Buffer.from(first?.content as ArrayBuffer)).toEqual(content)
    expect(Buffer.from(second?.content as ArrayBuffer)).toEqual(found[0]?.content)
  })

  test('a letter without any does not ask the storage', async () => {
    const row = letter('agent-answer.de')
    const mail = compose(row)
    const away = async () => Promise.reject(new TransientFailure('storage', 'away'))
    expect(await withRelayedParts(mail, row.data, away)).toBe(mail)
  })

  test('one that is missing fails the letter, loudly', async () => {
    const row = letter('agent-answer.de', { relayed })
    const composing = withRelayedParts(compose(row), row.data, async () => found.slice(1))
    await expect(composing).rejects.toThrow(PermanentFailure)
    await expect(composing).rejects.toThrow('part b is not in the stored mail raw')
  })
})
