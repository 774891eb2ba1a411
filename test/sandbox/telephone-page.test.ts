import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, startBrowser, visit } from './browser.ts'
import { openTelephoneWorld } from './telephone-world.ts'

if (!hasBrowser)
  console.log('The telephones are not tested in a browser: /usr/bin/chromium is not installed.')

const tuesday = '2026-11-24T10:00:00+01:00'
const sunday = '2026-11-22T10:00:00+01:00'

const telephoneOf = (page: Page, name: string) => page.getByRole('article', { name: `Telephone of ${name}` })
const press = (telephone: Locator, key: string) =>
  telephone.getByRole('button', { name: key, exact: true }).click()

describe.skipIf(!hasBrowser)('the telephones of the sandbox', { timeout: 90_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser?.close())

  test('a caller hears the number, is put through to the agent, and both talk', async () => {
    const world = await openTelephoneWorld(tuesday)
    const { page, complaints } = await visit(browser, world.origin)
    await page.getByRole('link', { name: /Telephone/ }).click()
    await page.getByText('Hamburg is open now').waitFor()
    const caller = telephoneOf(page, 'Caller')
    const jonas = telephoneOf(page, 'Jonas Brandt')
    await press(caller, 'Call')
    await caller.getByText(/Ihre Ticketnummer lautet/).waitFor()
    await caller
      .getByText(/stillsteht/)
      .first()
      .waitFor()
    await page.keyboard.press('1')
    await caller.getByText('You press 1').waitFor()
    await jonas.getByText(/^Ringing: /).waitFor()
    await press(jonas, 'Answer')
    await jonas.getByText(/Mit der 1/).waitFor()
    await press(jonas, '1')
    await caller.getByText(/^Talking, /).waitFor()
    await jonas.getByLabel('Say something').fill('Guten Tag, hier Brandt.')
    await page.keyboard.press('Enter')
    await caller.getByText('Guten Tag, hier Brandt.').waitFor()
    await press(jonas, 'Hang up')
    await caller.getByText('The call is over.').first().waitFor()
    const result = page.getByRole('region', { name: 'What follows' })
    await result.getByText(/Callback kept/).waitFor()
    await result.getByText(/Danke für Ihren Anruf\. Ihre Ticketnummer: \d+/).waitFor()
    await result.getByRole('link', { name: /^#\d+/ }).click()
    await page.locator('#dossier').waitFor()
    expect([complaints, world.telephone.faults()]).toEqual([[], []])
  })

  test('a promised call is kept from the letter: call now, both telephones, the result', async () => {
    const world = await openTelephoneWorld(tuesday)
    const { page, complaints } = await visit(browser, `${world.origin}/telephone`)
    const caller = telephoneOf(page, 'Caller')
    const jonas = telephoneOf(page, 'Jonas Brandt')
    await press(caller, 'Call')
    await caller
      .getByText(/stillsteht/)
      .first()
      .waitFor()
    await press(caller, '2')
    await press(jonas, 'Decline')
    await caller.getByText(/Um das zu bestätigen/).waitFor()
    await press(caller, '1')
    await caller.getByText('The call is over.').first().waitFor()
    const result = page.getByRole('region', { name: 'What follows' })
    await result.getByRole('link', { name: /^Rückruf heute bis/ }).click()

    // Links of a letter open a window of their own.
    const letter = page.frameLocator('#agent iframe')
    const [callNow] = await Promise.all([
      page.context().waitForEvent('page'),
      letter.getByRole('link', { name: 'Jetzt anrufen' }).click(),
    ])
    await callNow.getByRole('button', { name: 'Jetzt anrufen' }).waitFor()
    await page.goto(`${world.origin}/telephone`)
    await callNow.getByRole('button', { name: 'Jetzt anrufen' }).click()
    await page.bringToFront()
    await press(jonas, 'Answer')
    await jonas.getByText(/Mit der 1/).waitFor()
    await press(jonas, '1')
    await press(caller, 'Answer')
    await jonas.getByText(/^Talking, /).waitFor()
    await press(caller, 'Hang up')
    await jonas.getByText(/Wie ist der Anruf ausgegangen/).waitFor()
    await press(jonas, '1')
    await jonas.getByText(/Danke, das ist notiert/).waitFor()
    await result.getByText('Jonas Brandt: spoke to the customer').waitFor()
    await result.getByText(/Callback kept/).waitFor()
    await callNow.getByText('Dieser Rückruf ist erledigt.').waitFor()
    expect([complaints.filter(text => !text.includes('sandboxed')), world.telephone.faults()]).toEqual([
      [],
      [],
    ])
  })

  test('on a Sunday the page says why nobody is rung, and a call can be returned all the same', async () => {
    const world = await openTelephoneWorld(sunday)
    const { page } = await visit(browser, `${world.origin}/telephone`, { width: 390, height: 844 })
    await page.getByText(/Woking is closed now.*It opens Mon 23 Nov 08:30/).waitFor()
    const caller = telephoneOf(page, 'Caller')
    await page.getByLabel('You ring').selectOption('+442079460123')
    await press(caller, 'Call')
    await caller
      .getByText(/your ticket number/i)
      .first()
      .waitFor()
    await press(caller, 'Hang up')
    const link = page.getByRole('link', { name: 'Call back now as Emma Clarke' })
    const [callNow] = await Promise.all([page.context().waitForEvent('page'), link.click()])
    await callNow.getByRole('button', { name: 'Call now' }).click()
    await page.bringToFront()
    await telephoneOf(page, 'Emma Clarke')
      .getByText(/^Ringing: /)
      .waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  })
})
