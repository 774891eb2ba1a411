import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { hasBrowser, startBrowser, visit } from '../../../sandbox/browser.ts'
import { openCallNow } from './world.ts'

/** The "call now" page as agents see it, on a small telephone and without JavaScript. */

let world: Awaited<ReturnType<typeof openCallNow>>
let browser: Browser

describe.runIf(hasBrowser)('the "call now" page in a browser', () => {
  beforeAll(async () => {
    world = await openCallNow()
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await world.close()
  })

  it.each([320, 1280])('fits into %i pixels, with its style and without a complaint', async width => {
    const { link } = await world.owe({ customer: `Petra ${'Kunde'.repeat(30)}` })
    for (const agent of ['anna', 'carla']) {
      const { page, complaints } = await visit(browser, link(agent), { width, height: 700 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(await page.evaluate('getComputedStyle(document.querySelector("main")).borderTopWidth')).toBe(
        '1px',
      )
      expect(complaints).toEqual([])
    }
  })

  it('rings without JavaScript, and a reload of the answer rings nobody again', async () => {
    const { link } = await world.owe()
    const context = await browser.newContext({ javaScriptEnabled: false })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(link())
    await page.getByRole('button', { name: 'Jetzt anrufen' }).click()
    await page.getByText('Ihr Telefon klingelt').waitFor()
    await page.reload()
    await page.getByText('Ihr Telefon klingelt').waitFor()
    expect(world.placed).toHaveLength(1)
  })

  it('takes down how a call went that was dialled by hand', async () => {
    const { link, callbackId } = await world.owe()
    const { page, complaints } = await visit(browser, link(), { width: 360, height: 700 })
    await page.getByText('Selbst wählen').click()
    await page.getByLabel('Nur die Mailbox').check()
    await page.getByLabel('Bemerkung (freiwillig)').fill('ruft morgen zurück')
    await page.getByRole('button', { name: 'Eintragen' }).click()
    await page.getByText('Danke, das ist eingetragen.').waitFor()
    expect(await world.database.callbackAttempt.findMany({ where: { callbackId } })).toMatchObject([
      { mode: 'by-hand', outcome: 'mailbox', agent: 'anna' },
    ])
    expect(complaints).toEqual([])
  })
})
