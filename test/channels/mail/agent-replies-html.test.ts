import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMail } from '../../../src/channels/mail/read-mail.ts'
import { renderExampleLetters } from '../../../src/commands/letters/render-letters.ts'
import { judgeAgentMail } from '../../../src/desk/agent-mail.ts'
import { internalMark } from '../../../src/desk/internal-text.ts'
import { factsLike, mailLike, ticket } from '../../desk/mail-example.ts'
import { mailSource } from './mail-source.ts'

/** The notices as they really are, answered in HTML: what their two parts say differently must not stop an answer. */

const jana = { key: 'jana', name: 'Jana Petersen' }
const own = [
  'Guten Tag Frau Schmidt,',
  'bitte drücken Sie die Klappe fest an.',
  'Mit freundlichen Grüßen<br>Jana Petersen',
]
const words =
  'Guten Tag Frau Schmidt, bitte drücken Sie die Klappe fest an. Mit freundlichen Grüßen Jana Petersen'

const paragraphs = own.map(text => `<p>${text}</p>`).join('')
const body = (html: string): string => /<body[^>]*>(.*)<\/body>/s.exec(html)?.[1] ?? html
const us = 'Nordlicht Kundenservice &lt;support@example.com&gt;'
const header = `<b>Von:</b> ${us}<br><b>Gesendet:</b> Freitag, 20. November 2026 13:20<br><b>An:</b> jana.petersen@example.com<br><b>Betreff:</b> Ticket<br>`

const clients: Readonly<Record<string, (html: string) => string>> = {
  Outlook: html =>
    `<div class="WordSection1">${paragraphs}<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${header}</p></div>${body(html)}</div>`,
  'Outlook on the web': html =>
    `<div>${paragraphs}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr">${header}</div><div>${body(html)}</div>`,
  Gmail: html =>
    `<div dir="ltr">${paragraphs}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Am Fr., 20. Nov. 2026 um 13:20 Uhr schrieb ${us}:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">${body(html)}</blockquote></div>`,
  'Apple Mail': html =>
    `<div>${paragraphs}</div><div><br><blockquote type="cite"><div>Am 20.11.2026 um 13:20 schrieb ${us}:</div><br>${body(html)}</blockquote></div>`,
  Thunderbird: html =>
    `${paragraphs}<div class="moz-cite-prefix">Am 20.11.26 um 13:20 schrieb Nordlicht Kundenservice:<br></div><blockquote type="cite" cite="mid:x">${body(html)}</blockquote>`,
}

let folder = ''
let names: readonly string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replies-'))
  await renderExampleLetters(folder)
  names = (await readdir(folder)).filter(name => /^agent-notice-.*\.txt$/.test(name))
})

afterAll(() => rm(folder, { recursive: true }))

async function answer(client: (html: string) => string, name: string) {
  const notice = await readFile(join(folder, name), 'utf8')
  const html = await readFile(join(folder, name.replace(/txt$/, 'html')), 'utf8')
  const raw = mailSource({
    fields: { From: 'jana.petersen@example.com', 'Content-Type': 'text/html; charset=utf-8' },
    body: `<html><body>${client(html)}</body></html>`,
  })
  const read = await readMail(raw)
  const proof = [{ method: 'dmarc', result: 'pass', domain: 'example.com' }]
  const content = { ...read, authentication: { ...read.authentication, results: proof } }
  const facts = { agent: jana, agentOfToken: jana.key, agentTicket: ticket, noticeTexts: [notice] }
  return { notice, verdict: judgeAgentMail({ ...mailLike(), content }, factsLike(facts)) }
}

describe('an answer in HTML', () => {
  it.each(Object.entries(clients))(
    '%s: the words go out, and nothing of any notice',
    async (_name, client) => {
      expect(names.length).toBeGreaterThan(3)
      for (const name of names) {
        const { notice, verdict } = await answer(client, name)
        expect(notice).toContain(internalMark)
        expect({ name, because: verdict.because, kind: verdict.kind }).toMatchObject({ name, kind: 'answer' })
        expect(verdict.kind === 'answer' && verdict.words.replace(/\s+/g, ' ')).toBe(words)
      }
    },
  )
})
