import type { Mailbox } from '../../../desk/mail-content.ts'
import { encodedWordEnd, headerText } from '../mime/encoded-words.ts'

/**
 * Address lists (RFC 5322, 3.4 and 4.4) as they occur: groups, routes, comments as names, semicolons between
 * mailboxes, missing brackets, whole mailboxes inside one encoded word. One pass; encoded words are decoded only after
 * the list has been split, so that an encoded comma cannot smuggle in a second mailbox.
 */
const mailboxLimit = 10_000
const addressLimit = 320
/** What stands between brackets, with a route, before it is cut to an address. */
const fieldLimit = 10_000
/** Characters of a display name; longer ones are cut. */
const nameLimit = 4_000

interface Draft {
  /** Text outside brackets and comments; quoted strings keep their quotes. */
  words: string
  comment: string
  /** Content of the last angle brackets, undefined when there were none. */
  angle: string | undefined
}

function emptyDraft(): Draft {
  return { words: '', comment: '', angle: undefined }
}

/** Reads one field; remembers what is never closed, so that a field of opening quotes is not searched once for each. */
class Scanner {
  readonly text: string
  private readonly unclosed = new Set<string>()

  constructor(text: string) {
    this.text = text
  }

  /** End of the quoted string or comment that opens at `at`, -1 when it is never closed. */
  closing(at: number, close: '"' | ')'): number {
    if (this.unclosed.has(close)) return -1
    let depth = 0
    for (let i = at + 1; i < this.text.length; i++) {
      const char = this.text[i]
      if (char === '\\') i++
      else if (char === close && depth-- === 0) return i
      else if (char === '(' && close === ')') depth++
    }
    this.unclosed.add(close)
    return -1
  }

  /** Reads `<…>` into the draft; a missing bracket ends at the next separator. Returns the offset of its last character. */
  angle(at: number, draft: Draft): number {
    let end = at + 1
    while (end < this.text.length && this.text[end] !== '>' && this.text[end] !== '<') {
      const char = this.text[end]
      if (char === '"') end = Math.max(end, this.closing(end, '"'))
      else if (char === ',' && this.text[at + 1] !== '@') break
      end++
    }
    const inner = this.text.slice(at + 1, end)
    if (inner.trim() !== '' || draft.angle === undefined) draft.angle = inner
    return this.text[end] === '>' ? end : end - 1
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1')
}

/** Quotes and backslashes off, encoded words decoded: also inside quotes, where RFC 2047 forbids and Outlook writes them. */
function displayName(words: string): string {
  const plain = words.replace(/"((?:[^"\\]|\\.)*)"?/gs, (_, inner: string) => unescaped(inner))
  return headerText(plain).replace(/\s+/g, ' ')
}

/** `anna @ example . com` is one address; in `Anna anna@example.com` the last word is. */
function withoutBlanks(text: string): string {
  const tokens = text.split(/\s+/)
  const whole = tokens.find(token => /^[^@\s]+@[^@\s]*[^@\s.]$/.test(token))
  return whole === undefined || tokens.some(token => token.startsWith('.')) ? tokens.join('') : whole
}

/** An addr-spec without the white space, brackets, route, mailto: and trailing dot that senders add; '' when it is none. */
function addrSpec(text: string): string {
  let spec = text.trim().replace(/^mailto:/i, '')
  if (spec.length > fieldLimit) return ''
  if (spec.includes('=?')) spec = headerText(spec)
  if (spec.startsWith('@') && spec.includes(':')) spec = spec.slice(spec.indexOf(':') + 1)
  spec = spec.startsWith('"')
    ? spec.replace(/"\s*@\s*/, '"@')
    : withoutBlanks(spec.replace(/\([^()]*\)/g, ' ').trim())
  if (/^'[^']+@[^']+'$/.test(spec)) spec = spec.slice(1, -1)
  spec = spec.replace(/[.,;>]{1,20}$/, '')
  const at = spec.lastIndexOf('@')
  return at > 0 && at < spec.length - 1 && spec.length <= addressLimit ? spec : ''
}

/** The mailbox in words without brackets: `anna@example.com`, `Anna anna@example.com`, `anna @ example.com`. */
function bareMailbox(draft: Draft): Mailbox | undefined {
  const words = draft.words.trim().replace(/\s+\.\s*/g, '.')
  if (words.startsWith('"') && /^"(?:[^"\\]|\\.)*"\s*@/s.test(words)) {
    const address = addrSpec(words)
    return address === '' ? undefined : { address, name: displayName(draft.comment) }
  }
  const tokens = words.split(/\s+/)
  const found = tokens.find(token => /^[^@\s]+@[^@\s]+$/.test(token))
  if (found !== undefined) {
    const address = addrSpec(found.replace(/^[["']+(.*?)[\]"']+$/, '$1'))
    const name = displayName(tokens.filter(token => token !== found).join(' '))
    return address === '' ? undefined : { address, name: name === '' ? displayName(draft.comment) : name }
  }
  const address = words.includes('@') && tokens.length <= 5 ? addrSpec(words) : ''
  return address === '' || address.includes('"') ? undefined : { address, name: displayName(draft.comment) }
}

function mailboxOf(draft: Draft): Mailbox | undefined {
  if (draft.angle === undefined) return bareMailbox(draft)
  const address = addrSpec(draft.angle)
  if (address === '') return draft.words.includes('@') ? bareMailbox(draft) : undefined
  const name = displayName(draft.words)
  return { address, name: name === '' ? displayName(draft.comment) : name }
}

/** Every mailbox of one field value that has an address; group names and empty members are dropped. */
function split(text: string): Mailbox[] {
  const scanner = new Scanner(text)
  const out: Mailbox[] = []
  let draft = emptyDraft()
  const finish = () => {
    const mailbox = mailboxOf(draft)
    if (mailbox) out.push(mailbox)
    draft = emptyDraft()
  }
  for (let i = 0; i < text.length && out.length < mailboxLimit; i++) {
    const char = text[i] ?? ''
    if (char === '<') i = scanner.angle(i, draft)
    else if (char === '>') continue
    else if (char === ',' || char === ';') finish()
    else if (char === ':' && !/[@=]|mailto$/i.test(draft.words)) draft = emptyDraft()
    else i = readWord(scanner, i, draft)
  }
  if (out.length < mailboxLimit) finish()
  return out
}

/** Reads a comment, a quoted string, an encoded word or one character. Returns the offset of its last character. */
function readWord(scanner: Scanner, at: number, draft: Draft): number {
  const { text } = scanner
  const char = text[at] ?? ''
  const end =
    char === '"'
      ? scanner.closing(at, '"')
      : char === '('
        ? scanner.closing(at, ')')
        : char === '=' && text[at + 1] === '?'
          ? (encodedWordEnd(text, at) ?? at + 1) - 1
          : at
  if (end < 0) return at
  if (char === '(') draft.comment = unescaped(text.slice(at + 1, Math.min(end, at + nameLimit)))
  if (draft.words.length < nameLimit)
    draft.words += char === '(' ? ' ' : text.slice(at, Math.min(end + 1, at + nameLimit))
  return end
}

/** The mailboxes of all values of an address field, in order. */
export function mailboxes(values: readonly string[]): Mailbox[] {
  const out: Mailbox[] = []
  for (const value of values) {
    const found = split(value)
    // Some senders encode name and address together; only a field without any address is read that way.
    const hidden = found.length === 0 && value.includes('=?') ? split(headerText(value)) : []
    out.push(...found.slice(0, mailboxLimit - out.length), ...hidden.slice(0, mailboxLimit - out.length))
  }
  return out
}
