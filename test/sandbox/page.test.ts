import { describe, expect, test } from 'vitest'
import { hasRemotePictures } from '../../src/sandbox/page/mail-document.ts'
import { insertTicket } from '../console/ticket-rows.ts'
import { autoReply } from './letters.ts'
import { openPage, type PageWorld } from './page-world.ts'
import { imapClient, smtpClient, sourcesOf } from './world.ts'

const petra = '/sandbox/mail/petra.lindner%40example.org'

async function piece(
  { origin }: PageWorld,
  path: string,
  init?: RequestInit,
): Promise<{ status: number; html: string; headers: Headers }> {
  const response = await fetch(origin + path, init)
  return { status: response.status, html: await response.text(), headers: response.headers }
}

function form(fields: Record<string, string | File>): RequestInit {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return { method: 'POST', body }
}

async function lastMailTo(world: PageWorld, user: string, folder = 'INBOX'): Promise<string> {
  return String((await sourcesOf(await imapClient(world.sandbox, user), folder)).at(-1))
}

describe('writing and answering', () => {
  test('a customer writes with an attachment; the desk has the mail', async () => {
    const world = await openPage()
    const file = new File(['<b>Beleg</b>'], 'Beleg 1.txt', { type: 'text/plain' })
    const sent = await piece(
      world,
      '/sandbox/send',
      form({
        from: 'petra.lindner@example.org',
        to: 'support@example.com',
        subject: 'Größe falsch',
        text: 'Hallo\r\n.\r\nEnde',
        attachment: file,
      }),
    )
    expect(sent.html).toContain('Sent to support@example.com.')
    const source = await lastMailTo(world, 'support')
    expect(source).toContain('From: Petra Lindner <petra.lindner@example.org>')
    expect(source).toMatch(/filename="Beleg 1\.txt"/)
    expect(await lastMailTo(world, 'petra', 'Sent')).toContain('Subject: =?UTF-8?')
  })

  test('a reply goes where Reply-To says and names its forerunners', async () => {
    const world = await openPage()
    await smtpClient(world.sandbox, 'support').sendMail(autoReply('petra.lindner@example.org', '1000011'))
    const draft = await piece(world, `${petra}/INBOX/1/reply`)
    expect(draft.html).toContain('value="support+t1000011-k3f9x2abq7wd@example.com"')
    expect(draft.html).toContain('value="AW: [#1000011] Rechnungsexport bricht seit dem Update ab"')
    expect(draft.html).toMatch(/schrieb Nordlicht Support:\n&gt; Guten Tag, Frau Lindner,\n&gt;\n/)
    await piece(
      world,
      '/sandbox/send',
      form({
        from: 'petra.lindner@example.org',
        to: 'support+t1000011-k3f9x2abq7wd@example.com',
        subject: 'AW: x',
        text: 'Danke',
        folder: 'INBOX',
        uid: '1',
      }),
    )
    const source = await lastMailTo(world, 'support')
    expect(source).toContain('X-Original-To: support+t1000011-k3f9x2abq7wd@example.com')
    expect(source).toContain('In-Reply-To: <1000011.auto-reply@example.com>')
    expect(source.replace(/\r\n\s+/g, ' ')).toContain(
      'References: <first@example.org> <1000011.auto-reply@example.com>',
    )
  })

  test('a customer who replies is told nothing of commands', async () => {
    const world = await openPage()
    await smtpClient(world.sandbox, 'support').sendMail(autoReply('petra.lindner@example.org', '1000011'))
    expect((await piece(world, `${petra}/INBOX/1/reply`)).html).not.toContain('data-insert')
  })

  test("a refusal is told in the server's words", async () => {
    const world = await openPage()
    const sent = await piece(
      world,
      '/sandbox/send',
      form({ from: 'petra.lindner@example.org', to: 'unknown@example.com', subject: 'x', text: 'y' }),
    )
    expect(sent.html).toContain('5.1.1 No such user here')
  })

  test('anybody else can be a customer, within reason', async () => {
    const world = await openPage()
    expect(
      (await piece(world, '/sandbox/customer', form({ address: 'Max.Muster@Firma.example.org' }))).html,
    ).toContain('max.muster@firma.example.org')
    const refused = await piece(world, '/sandbox/customer', form({ address: '../../etc@/passwd' }))
    expect(refused).toMatchObject({ status: 400, html: 'the sandbox takes plain ASCII addresses only\n' })
  })

  test("the desk's own mailbox is not shown", async () => {
    const world = await openPage()
    expect((await piece(world, '/sandbox/mail/support%40example.com/INBOX')).status).toBe(404)
  })
})

describe('what a stranger wrote stays text', () => {
  const hostile = '<img src=x onerror=alert(1)>"\'{{7*7}}'

  test('in lists, mails, drafts and sources', async () => {
    const world = await openPage()
    await smtpClient(world.sandbox).sendMail({
      from: { name: hostile, address: 'x@example.org' },
      to: 'petra.lindner@example.org',
      subject: hostile,
      text: `${hostile}</textarea><script>`,
    })
    for (const path of ['', '/1', '/1?view=text', '/1?view=source', '/1/reply']) {
      const { html, status } = await piece(world, `${petra}/INBOX${path}`)
      expect(status).toBe(200)
      expect(html).not.toMatch(/<img|<script/)
    }
  })

  test('in tickets', async () => {
    const world = await openPage()
    const at = Temporal.Now.instant()
    await insertTicket(world.db, {
      number: '1000011',
      subject: hostile,
      customerName: hostile,
      customerAddress: 'x@example.org',
      language: 'en',
      text: hostile,
      at,
      dueAt: at.add({ hours: 2 }),
      uid: 1,
    })
    for (const path of ['/sandbox/tickets', '/sandbox/tickets/1000011', '/']) {
      const { html } = await piece(world, path)
      expect(html).toContain('&lt;img src')
      if (path.endsWith('1000011')) expect(html).toMatch(/opened \d\d:\d\d/)
      expect(html).not.toMatch(/<img/)
    }
  })

  test('its HTML is a document that may do nothing but open a link that is pressed', async () => {
    const world = await openPage()
    await smtpClient(world.sandbox).sendMail({
      from: 'x@example.org',
      to: 'petra.lindner@example.org',
      html: '<p>hi</p><script>alert(1)</script>',
    })
    const { headers } = await piece(world, `${petra}/INBOX/1/document`)
    expect(headers.get('content-security-policy')).toBe(
      "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
    )
    expect((await piece(world, `${petra}/INBOX/1`)).html).toMatch(
      /<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox" title/,
    )
  })
})

describe('HTML mails', () => {
  const address = { from: 'x@example.org', to: 'petra.lindner@example.org' }
  const pixel = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')

  test('are shown with their own pictures; those from elsewhere are blocked, and it is said', async () => {
    const world = await openPage()
    await smtpClient(world.sandbox).sendMail({
      ...address,
      html: '<p onclick="x()">hi <img src="https://tracker.example/a.gif" alt="logo"><img src="cid:dot@x"></p>',
      attachments: [{ filename: 'dot.gif', content: pixel, cid: 'dot@x' }],
    })
    const { html } = await piece(world, `${petra}/INBOX/1/document`)
    expect(html).toContain('[logo]')
    expect(html).toMatch(/<img src="data:image\/gif;base64,R0lGOD/)
    expect(html).not.toMatch(/tracker|onclick/)
    expect((await piece(world, `${petra}/INBOX/1`)).html).toContain('Remote pictures are blocked')
  })

  test('without remote pictures are not said to have any', async () => {
    const world = await openPage()
    await smtpClient(world.sandbox).sendMail({
      ...address,
      html: '<p>see https://example.org/a.png <a href="https://example.org"><img src="cid:a"></a></p>',
    })
    expect((await piece(world, `${petra}/INBOX/1`)).html).not.toContain('Remote pictures')
  })

  test('of many beginnings of a picture are read all the same', () => {
    const email = { html: `${'<img '.repeat(1_000_000)}${' '.repeat(1_000_000)}` }
    expect(hasRemotePictures({ email })).toBe(false)
    expect(hasRemotePictures({ email: { html: '<img alt=x src=//a.example/b>' } })).toBe(true)
  })

  test('of the gateway itself look as they were sent, in a frame that may do just as little', async () => {
    const world = await openPage()
    await smtpClient(world.sandbox).sendMail({
      ...address,
      headers: { 'X-Intake-Gateway': 'sandbox; kind=auto-reply' },
      html: '<div style="border-radius:8px;max-width:600px">hi</div>',
    })
    const { html, headers } = await piece(world, `${petra}/INBOX/1/document`)
    expect(html).toContain('border-radius:8px')
    expect(headers.get('content-security-policy')).toMatch(
      /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/,
    )
  })
})

describe('who may use the page', () => {
  async function ask(
    { origin }: PageWorld,
    method: string,
    headers: Record<string, string>,
  ): Promise<number> {
    const { request } = await import('node:http')
    return await new Promise((resolve, reject) => {
      const asking = request(`${origin}/sandbox/customer`, { method, headers }, answer => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
      asking.on('error', reject)
      asking.end()
    })
  }

  test('not a foreign name that points here', async () => {
    const world = await openPage()
    expect(await ask(world, 'GET', { host: 'evil.example.com' })).toBe(403)
    expect(await ask(world, 'GET', { host: '127.0.0.1.evil.example.com:8025' })).toBe(403)
  })

  test('not a form of another site', async () => {
    const world = await openPage()
    const host = world.origin.slice('http://'.length)
    expect(await ask(world, 'POST', { host, origin: 'https://evil.example.com' })).toBe(403)
    expect(await ask(world, 'POST', { host, origin: 'null' })).toBe(403)
    expect(await ask(world, 'POST', { host, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await ask(world, 'POST', { host, origin: world.origin, 'sec-fetch-site': 'same-origin' })).toBe(
      400,
    )
  })

  test('other pages of the server are left alone', async () => {
    const world = await openPage()
    expect((await piece(world, '/healthz')).html).toBe('alive')
    expect((await piece(world, '/metrics')).html).toBe('figures')
  })

  test('what a script may do there is written in the header', async () => {
    const world = await openPage()
    const { headers, html } = await piece(world, '/')
    expect(headers.get('content-security-policy')).toContain(
      "default-src 'none';script-src 'self';style-src 'self'",
    )
    expect(html).not.toMatch(/<script(?![^>]* src=)|style="|\son\w+=/)
  })

  test('a piece that has not changed is not sent again', async () => {
    const world = await openPage()
    const { headers } = await piece(world, '/sandbox/tickets')
    const again = await piece(world, '/sandbox/tickets', {
      headers: { 'hx-ptag': headers.get('hx-ptag') ?? '' },
    })
    expect(again).toMatchObject({ status: 204, html: '' })
  })
})
