import { isCourtesy } from './courtesy-lines.ts'
import type { Attachment, MailContent } from './mail-content.ts'
import { dropped, isFooterLine, isHistoryLine, isQuotedLine } from './quoted-lines.ts'
import { sendableAttachments } from './visible-attachments.ts'
import { wordList } from './word-list.ts'

/**
 * The last gate before an agent's words go to a customer: nothing of the notice they answered may be in them, and nothing
 * they wrote may be missing. What mail programs do to a quoted mail cannot be known for all of them, so the reader of
 * replies is not trusted here: what it kept is searched for the notice, what it left out must be the notice. Any doubt
 * holds the mail.
 */

/**
 * Every mail to an agent carries this in its text, so that a leftover is known as one whatever its wording is. One word
 * without spaces: it survives wrapping, quoting and any charset.
 */
export const internalMark = 'igx-intern-internal'

/** An agent's notice as it was sent: its whole text part. */
export type NoticeText = string

/** Phrases of notices in any version; found wherever they stand, compared without spaces and punctuation. */
const phrases = wordList(`
  gateway why | gateway ticket show | ein neues ticket für ihre gruppe | a new ticket for your group |
  zu diesem ticket ist eine | has arrived on this ticket | die nachricht im wortlaut | the message in full |
  warum so entschieden wurde | why it was decided so | verlauf des tickets | history of the ticket |
  so antworten sie | intern, nicht für kunden | internal, not for customers |
  ihr telefon klingelt zuerst; dann verbinden wir sie mit dem kunden | der link gilt nur für sie, bis |
  your telephone rings first; then we connect you with the customer | the link is for you alone, until |
  antworten sie auf diese e-mail mit #angerufen | reply to this e-mail with #called |
  was noch fehlt, bitte im gespräch erfragen | what is still missing: please ask |
  wie es ausging, tragen sie auf dieser seite ein | enter how it went on this page
`).map(squeezed)

/** Words in a row that nobody writes twice by chance. */
const runLength = 7
/** A whole line of the notice counts from this many words on; "Mit freundlichen Grüßen" is everybody's. */
const lineWords = 4
const ruleLength = 10
/** Letters of a quoted line that must go on in the line below it. */
const joinLength = 10
/** Characters compared of the words, and of all notices together. */
const textLimit = 300_000

/**
 * Why `words` may hold internal text, or may not be all that the agent wrote; undefined if they are exactly the agent's.
 * `notices`: the notices of this ticket as sent. Without them a mail that quotes one without marks cannot be judged.
 * `told`: what its customer was sent by people before. Notices repeat that, and saying it once more is no leak: agents
 * greet and close their answers in the same words every time.
 */
export function leakIn(
  words: string,
  content: Pick<MailContent, 'text' | 'replyText' | 'signature' | 'attachments' | 'enclosed'>,
  notices: readonly NoticeText[],
  told: readonly string[] = [],
): string | undefined {
  const notice = notices.join('\n').slice(0, textLimit)
  const own = words.slice(0, textLimit)
  if (own.length < words.length || content.text.length > textLimit)
    return 'it is too long to be searched for internal text'
  return (
    markedLine(own) ??
    quoteIn(own) ??
    noticeIn(own, notice, told.join('\n').slice(0, textLimit)) ??
    brokenQuote(own, content.text, notice) ??
    lostWords(content, notice) ??
    suspiciousAttachment(sendableAttachments(content))
  )
}

function markedLine(words: string): string | undefined {
  const letters = squeezed(words)
  if (letters.includes(squeezed(internalMark))) return 'it holds the mark of an internal notice'
  if (holdsSignedAddress(words)) return 'it holds a signed reply address'
  if (holdsPageAddress(unwrapped(words))) return "it holds the address of an agent's page"
  const phrase = phrases.find(one => letters.includes(one))
  return phrase ? 'it holds the wording of an internal notice' : undefined
}

/** The token of a reply address or of a marker, also broken over two lines. */
function holdsSignedAddress(text: string): boolean {
  const token = /(?<![a-z0-9])[atmvw]\d{6,12}-(?:[a-z2-9]{3}-)?[a-z2-9]{12}(?![a-z0-9])/i
  return token.test(text) || token.test(unwrapped(text))
}

/** Whoever has it can ring the customer, take the matter or write into its history, all in the agent's name. */
function holdsPageAddress(text: string): boolean {
  const slash = '(?:/|%2f)'
  const pages = `phone${slash}call-now${slash}|ack${slash}[0-9a-f]{32}-|ticket${slash}\\d{5,20}-[0-9a-z]{1,9}-[a-z2-9]`
  return new RegExp(pages, 'i').test(text)
}

/** Without the breaks that quoting and old transports put into long words. */
function unwrapped(text: string): string {
  return text.replace(/=?\n[>\s]*/g, '')
}

function quoteIn(words: string): string | undefined {
  const lines = words.split('\n')
  const found = lines.find(
    (line, at) => isQuotedLine(line) || isFooterLine(line) || isHistoryLine(line, lines[at + 1] ?? ''),
  )
  return found === undefined ? undefined : 'it still holds quoted lines'
}

function noticeIn(words: string, notice: string, told: string): string | undefined {
  const lines = new Set(notice.split('\n').flatMap(line => [wordsOf(line).join(' '), line.trim()]))
  const toldWords = ` ${wordsOf(told).join(' ')} `
  const isTold = (some: string) => toldWords.includes(` ${some} `)
  const same = words.split('\n').find(line => {
    const own = wordsOf(line)
    const telling = own.length >= lineWords || (own.length >= 2 && /\d|@/.test(line))
    // A rule below a heading has no words, and no other length.
    const rule = own.length === 0 && line.trim().length >= ruleLength && lines.has(line.trim())
    return rule || (telling && !isCourtesy(own) && lines.has(own.join(' ')) && !isTold(own.join(' ')))
  })
  if (same !== undefined) return 'it repeats a line of the notice'
  const runs = new Set(runsOf(wordsOf(notice), runLength))
  return runsOf(wordsOf(words), runLength).some(run => runs.has(run) && !isTold(run))
    ? 'it repeats a passage of the notice'
    : undefined
}

/**
 * A mail program that wraps a quoted line, or loses its mark, leaves a piece of it right below another one: it looks like
 * the agent's own. Short pieces count here as well, because nobody begins an answer in the words of the quote above it.
 */
function brokenQuote(words: string, text: string, notice: string): string | undefined {
  const own = new Set(words.split('\n').map(line => line.trim()))
  const said = ` ${wordsOf(notice).join(' ')} `
  const letters = squeezed(notice)
  const lines = text
    .slice(0, textLimit)
    .split('\n')
    .map(line => line.trim())
  const broken = lines.some((line, at) => {
    const [above = '', below = ''] = [lines[at - 1], lines[at + 1]]
    if (line === '' || above === '' || !own.has(line) || own.has(above)) return false
    if (notice === '') return above.length > 50 && isQuotedLine(above) && isQuotedLine(below)
    // Also broken in the middle of a word: then the two ends together are the notice's.
    const joined = squeezed(above).slice(-joinLength) + squeezed(line)
    return said.includes(` ${wordsOf(line).join(' ')} `) || letters.includes(joined)
  })
  return broken ? 'a quoted line may have been broken in two' : undefined
}

/** Lines that the reader of replies left out though nothing marks them as quoted: they must be the notice's. */
function lostWords(
  content: Pick<MailContent, 'text' | 'replyText' | 'signature'>,
  notice: string,
): string | undefined {
  const pairs = new Set(runsOf(wordsOf(notice), 2))
  const single = new Set(wordsOf(notice))
  const signed = new Set((content.signature ?? '').split('\n').map(line => line.trim()))
  const lost = dropped(content.text, content.replyText).find(line => {
    if (signed.has(line.trim())) return false
    const words = wordsOf(line)
    if (words.length < 2) return words.some(word => !single.has(word))
    const known = runsOf(words, 2).filter(run => pairs.has(run)).length
    return known < (words.length - 1) / 2
  })
  return lost === undefined ? undefined : 'it may hold words of the agent between the quoted lines'
}

/** Files that are the mail itself, and all it quotes, in a form that nobody searched: encrypted, signed or wrapped. */
const sealedTypes = /^application\/(?:(?:x-)?pkcs7-mime|pgp-encrypted|(?:vnd\.)?ms-tnef)$/i

/** Notices come back as files too: a mail as an attachment, or the end of a text that Outlook cut off as one. */
function suspiciousAttachment(attachments: readonly Attachment[]): string | undefined {
  const found = attachments.find(({ filename, contentType }) => {
    const name = filename ?? ''
    return (
      contentType.startsWith('message/') ||
      sealedTypes.test(contentType) ||
      /\.(eml|msg|mht|mhtml|p7m)$|^winmail.*\.dat$|^att\d+\.(html?|txt)$/i.test(name) ||
      squeezed(name).includes(squeezed(internalMark)) ||
      holdsSignedAddress(name)
    )
  })
  return found === undefined ? undefined : 'an attachment may hold an internal mail'
}

/** Letters and digits only, without case: what no mail program changes. */
function squeezed(text: string): string {
  return wordsOf(text).join('')
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  )
}

function runsOf(words: readonly string[], length: number): string[] {
  const runs: string[] = []
  for (let at = 0; at + length <= words.length; at++) runs.push(words.slice(at, at + length).join(' '))
  return runs
}
