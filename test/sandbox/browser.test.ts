import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertTicket } from '../console/ticket-rows.ts'
import { hasBrowser, startBrowser, visit } from './browser.ts'
import { autoReply } from './letters.ts'
import { openPage } from './page-world.ts'
import { imapClient, smtpClient, sourcesOf } from './world.ts'

if (!hasBrowser)
  console.log('The sandbox page is not tested in a browser: /usr/bin/chromium is not installed.')

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser?.close())

  test('a customer writes, the answer arrives by itself, is read and replied to', async () => {
    const world = await openPage()
    const { page, complaints } = await visit(browser, world.origin)
    const customer = page.locator('#customer')
    await customer.getByRole('button', { name: 'Send mail' }).click()
    await customer.getByText('Sent to support@example.com.').waitFor()
    const support = await imapClient(world.sandbox, 'support')
    expect(await sourcesOf(support, 'INBOX')).toHaveLength(1)

    await smtpClient(world.sandbox, 'support').sendMail(autoReply('petra.lindner@example.org', '1000011'))
    await customer.getByRole('button', { name: /New: Nordlicht Support/ }).click()
    const letter = customer.frameLocator('iframe')
    await letter.getByText('1000011').waitFor()
    expect(await letter.locator('b').textContent()).toBe('1000011')
    await customer.getByRole('button', { name: 'Plain text' }).click()
    await customer.getByText('Ihre Ticketnummer ist 1000011.').waitFor()

    await smtpClient(world.sandbox, 'support').sendMail({
      to: 'petra.lindner@example.org',
      subject: 'Noch etwas',
    })
    await customer.getByText('1 new').waitFor()

    await customer.getByRole('button', { name: 'Reply' }).click()
    await customer.getByLabel('Text').fill('Vielen Dank!')
    await customer.getByRole('button', { name: 'Send reply' }).click()
    await customer.getByText('Sent to support+t1000011-k3f9x2abq7wd@example.com.').waitFor()
    expect(String((await sourcesOf(support, 'INBOX')).at(-1))).toContain(
      'In-Reply-To: <1000011.auto-reply@example.com>',
    )
    expect(complaints.filter(text => !text.includes('sandboxed'))).toEqual([])
  })

  test('a new ticket appears, and an opened "why?" stays open, and the focus where it is, while its history grows', async () => {
    const world = await openPage()
    const { page, complaints } = await visit(browser, world.origin)
    const at = Temporal.Now.instant()
    const row = {
      customerName: 'Petra Lindner',
      customerAddress: 'petra.lindner@example.org',
      language: 'de',
      at,
      dueAt: at.add({ hours: 2 }),
    } as const
    await insertTicket(world.db, {
      ...row,
      number: '1000011',
      subject: 'Rechnungsexport',
      text: 'Guten Tag',
      uid: 1,
    })
    const tickets = page.locator('#tickets')
    await tickets.getByRole('button', { name: /1000011/ }).click()
    await tickets.getByText('Why? new-ticket').click()
    await tickets.getByText('it belongs to no ticket yet').waitFor()
    await page.getByLabel('Text').focus()
    const [ticket] = await world.db.ticket.findMany()
    await world.db.entry.create({
      data: {
        id: crypto.randomUUID(),
        ticketId: ticket?.id ?? '',
        kind: 'agent-mail',
        author: 'Jonas Brandt',
        text: 'Wir schauen nach.',
        detail: {},
        at: new Date(at.epochMilliseconds + 60_000),
      },
    })
    await tickets.getByText('Wir schauen nach.').waitFor()
    expect(await tickets.getByText('it belongs to no ticket yet').isVisible()).toBe(true)
    expect(await page.evaluate('document.activeElement.id')).toBe('compose-text')
    expect(complaints).toEqual([])
  })

  test('an example of a command is put above the reply by a click, below commands that are there', async () => {
    const world = await openPage()
    await smtpClient(world.sandbox, 'support').sendMail({
      to: 'jonas.brandt@example.com',
      subject: '[#1000011] Neues Ticket',
      text: 'Bitte oberhalb dieser Zeile antworten',
    })
    const { page, complaints } = await visit(browser, world.origin)
    const agent = page.locator('#agent')
    await agent.getByRole('button', { name: /Neues Ticket/ }).click()
    await agent.getByRole('button', { name: 'Reply' }).click()
    await agent.getByText('goes to the customer, and nothing else').waitFor()
    await agent.getByRole('button', { name: '#übernehmen' }).click()
    await agent.getByRole('button', { name: '#erledigt' }).click()
    await page.keyboard.type('!')
    expect(await agent.getByLabel('Text').inputValue()).toMatch(/^#übernehmen\n#erledigt!\n\n\nAm .*schrieb/)
    expect(complaints.filter(text => !text.includes('sandboxed'))).toEqual([])
  })

  test('choosing another customer keeps the choice over a reload', async () => {
    const world = await openPage()
    const { page } = await visit(browser, world.origin)
    await page.getByRole('link', { name: /James Whitfield/ }).click()
    await page.getByText('james.whitfield@example.net>').waitFor()
    await page.getByText('Someone else').click()
    await page.getByLabel('Address').fill('nobody@example.org')
    await page.getByRole('button', { name: 'Be this person' }).click()
    await page.getByText('nobody@example.org>').waitFor()
    await page.getByRole('link', { name: /James Whitfield/ }).click()
    await page.waitForURL(/customer=james\.whitfield/)
    await page.reload()
    expect(await page.getByLabel('Write a mail').textContent()).toContain('james.whitfield@example.net')
  })

  test('while the gateway does not answer the page says so, and goes on afterwards', async () => {
    const world = await openPage()
    const { page } = await visit(browser, world.origin)
    const banner = page.getByText('The gateway does not answer.')
    await page.context().setOffline(true)
    await banner.waitFor()
    await page.context().setOffline(false)
    await banner.waitFor({ state: 'hidden' })
    await smtpClient(world.sandbox, 'support').sendMail(autoReply('petra.lindner@example.org', '1000011'))
    await page.locator('#customer').getByText('1 new').waitFor()
  })

  test('a file that is too large is refused where it was chosen', async () => {
    const world = await openPage()
    const { page } = await visit(browser, world.origin)
    await page.getByLabel('Attach').setInputFiles({
      name: 'big.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(13_000_000),
    })
    await page.getByRole('button', { name: 'Send mail' }).click()
    await page.locator('#customer').getByText('That is more than 12 MB.').waitFor()
    expect(await page.getByLabel('Text').inputValue()).toContain('Guten Tag')
  })

  test('on a phone nothing is wider than the screen', async () => {
    const world = await openPage()
    await smtpClient(world.sandbox, 'support').sendMail({
      ...autoReply('petra.lindner@example.org', '1000011'),
      subject: 'x'.repeat(300),
    })
    const { page } = await visit(browser, world.origin, { width: 390, height: 844 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  })
})
