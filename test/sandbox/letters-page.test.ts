import { expect, test } from 'vitest'
import { insertTicket } from '../console/ticket-rows.ts'
import { openPage } from './page-world.ts'

const number = '1004711'

async function ticketPage() {
  const { origin, db } = await openPage()
  const at = Temporal.Instant.from('2026-11-23T08:41:00Z')
  await insertTicket(db, {
    ...{
      number,
      subject: 'Export <b>bricht</b> ab',
      customerName: 'Petra Lindner',
      language: 'de',
      text: '<script>',
    },
    ...{ customerAddress: 'petra.lindner@example.org', at, dueAt: at.add({ hours: 2 }), uid: 1 },
  })
  return async (path: string) => {
    const response = await fetch(`${origin}${path}`)
    return { status: response.status, headers: response.headers, body: await response.text() }
  }
}

test('every letter can be read in the browser, with the words of a ticket, in both languages', async () => {
  const get = await ticketPage()
  const page = await get(`/sandbox/letters?kind=agent-notice&language=en&ticket=${number}`)
  expect(page.status).toBe(200)
  expect(page.body).toContain('<option selected>agent-notice</option>')
  expect(page.body).toContain('Export &lt;b&gt;bricht&lt;/b&gt; ab')
  expect(page.body).not.toContain('<b>bricht')
  const frame = /<iframe[^>]* src="([^"]*)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const letter = await get(frame.replaceAll('&#x3D;', '='))
  expect(letter.body).toContain('Petra Lindner')
  expect(letter.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
})

test('a letter that does not exist says which ones do', async () => {
  const get = await ticketPage()
  const { body } = await get('/sandbox/letters/piece?kind=nonsense')
  expect(body).toContain('No letter is called &quot;nonsense&quot;; there are: agent-answer')
})

test('a ticket’s dossier opens as a page of its own that runs no script', async () => {
  const get = await ticketPage()
  const page = await get(`/sandbox/tickets/${number}/dossier?language=en`)
  expect(page.status).toBe(200)
  expect(page.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'/)
  expect(page.body).toContain('<title>Ticket record')
  expect(page.body).not.toContain('<script')
  expect((await get(`/sandbox/tickets/${number}`)).body).toContain(`/sandbox/tickets/${number}/dossier`)
  expect((await get('/sandbox/tickets/9/dossier')).status).toBe(404)
})
