import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

const executablePath = '/usr/bin/chromium'

/** Tests of the page need Debian's Chromium; elsewhere they say so and are left out. */
export const hasBrowser = existsSync(executablePath)

const args =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: args.split(' ') })
}

/** An open page; what the browser complains about is collected, for a test that nothing is complained about. */
export async function visit(
  browser: Browser,
  url: string,
  size = { width: 1400, height: 900 },
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: size })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error)))
  await page.goto(url)
  return { page, complaints }
}
