import type { Config } from '../config/schema.ts'

type Places = Pick<Config, 'http' | 'phone'>

/**
 * Where people reach our pages, without a slash at the end. Never taken from a request: whoever asks for a link would
 * choose the host that it leads to.
 */
export function pageAddress(places: Places): string {
  const { http } = places
  const told = publicAddress(places)
  if (told !== undefined) return told
  const host = http.host.includes(':') ? `[${http.host}]` : http.host
  return `http://${host}:${http.port}`
}

/** The same where the configuration names it: letters that are read anywhere link to nothing else. */
export function publicAddress({ http, phone }: Places): string | undefined {
  return (http.publicUrl ?? phone?.publicUrl)?.replace(/\/+$/, '')
}

/** What stands before every path where a proxy shows us below a path of its own; '' else. */
export function pagePrefix(places: Places): string {
  return new URL(pageAddress(places)).pathname.replace(/\/+$/, '')
}
