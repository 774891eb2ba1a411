import { PermanentFailure } from '../desk/failure.ts'
import type { VirtualHotline } from './virtual-hotline.ts'

/** The page that a letter's "call now" link opens; undefined where it has none. */
export function callNowPath(text: string): string | undefined {
  return /\/phone\/call-now\/[\w-]+/.exec(text)?.[0]
}

/** Presses the large button of that page, as a browser would. Throws where the gateway does not take it. */
export async function pressCallNow({ url, clock }: VirtualHotline, path: string): Promise<void> {
  const pressed = fetch(`${url}${path}`, { method: 'POST', redirect: 'manual' })
  const { status } = await clock.during(pressed)
  if (status !== 303) throw new PermanentFailure('phone', `the "call now" page answered ${status}`)
}
