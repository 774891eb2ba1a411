import { isSignature, signature } from './reply-token.ts'

/**
 * The signed marker that our letters carry in their text, such as m1004711-k3f9x2abq7wd. Servers that rewrite
 * Message-IDs and clients that strip References leave it in the quoted text. It is shown to whomever a mail is
 * forwarded, so it is signed apart from reply addresses and finds a ticket without opening it to strangers.
 */

/** Markers looked at in one mail: a digest of other mails quotes many, a flood of forged ones must not cost a digest each. */
const markerLimit = 20
/** Characters of text that are searched: the quoted letter follows the reply, at most a long one. */
const textLimit = 200_000

export function ticketMarker(secret: string, ticketNumber: string): string {
  return `m${ticketNumber}-${signature(secret, 'marker', ticketNumber)}`
}

/** The ticket number of the first genuine marker in a mail's text: the nearest quote stands above the older ones. */
export function markedNumber(secret: string, text: string): string | undefined {
  let left = markerLimit
  for (const [, number = '', signed = ''] of text
    .slice(0, textLimit)
    .matchAll(/(?<![a-z0-9])m(\d{7,12})-([a-z2-9]{12})(?![a-z0-9])/gi)) {
    if (left-- === 0) return undefined
    if (isSignature(signed.toLowerCase(), secret, 'marker', number)) return number
  }
  return undefined
}
