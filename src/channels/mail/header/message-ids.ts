/**
 * Message identifiers (RFC 5322, 3.6.4), always with their angle brackets, which broken senders forget. Folding white
 * space inside an identifier is dropped; words between identifiers ("message from Anna of Monday") are not identifiers.
 */
const idLimit = 998
const countLimit = 500
const fieldLimit = 100_000

/** An identifier or nothing. */
function normalised(inner: string): string[] {
  const id = inner.replace(/\s+/g, '')
  return id === '' || id.length > idLimit ? [] : [`<${id}>`]
}

/** Bare words that can only be identifiers: they hold an @ or nothing but identifier characters and a dot. */
function bareIds(text: string): string[] {
  return text
    .replace(/\([^()]*\)/g, ' ')
    .split(/[\s,;]+/)
    .filter(word => /^[^\s<>"@]+@[^\s<>"@]+$/.test(word))
    .flatMap(normalised)
}

/** Every identifier of a field, in order. Bare words count only where no brackets are: RFC 822 allowed phrases there. */
export function messageIds(values: readonly string[]): string[] {
  const out: string[] = []
  for (const value of values) {
    if (!value.includes('<')) out.push(...bareIds(value.slice(0, fieldLimit)))
    let open = value.indexOf('<')
    while (open >= 0 && out.length < countLimit) {
      const next = value.indexOf('<', open + 1)
      const piece = value.slice(open + 1, next < 0 ? undefined : next)
      const close = piece.indexOf('>')
      out.push(...normalised(close < 0 ? piece : piece.slice(0, close)))
      open = next
    }
  }
  return out.slice(0, countLimit)
}

/** The identifier of a Message-ID field; one without @ and brackets is still this mail's name. */
export function ownMessageId(value: string): string | null {
  const [id] = messageIds([value])
  if (id !== undefined) return id
  const word = value.trim()
  return word === '' || /\s/.test(word) ? null : (normalised(word)[0] ?? null)
}
