import type { RequestField, RequestType } from '../config/request-schema.ts'
import type { FoundIn, Known, KnownValue } from './checklist.ts'
import { companyInBlock, contactBlock, isClosing, nameInBlock, personName } from './contact-block.ts'
import { emptyAnswers, fieldWords } from './contact-words.ts'
import type { MailContent } from './mail-content.ts'
import { phoneNumberIn } from './phone-numbers.ts'

/**
 * What a mail already says of what a checklist asks for, so that nobody is asked for what they have told us. Only the
 * sender's new words and signature count, never quoted history: our own list of questions comes back in every reply.
 */

/** Characters of the new text that are searched. */
const reach = 20_000
const longestValue = 200

/** A number behind one of the usual words; it must hold a digit, or "serial number is unknown" would be one. */
const serialWords =
  /(?:serien[- ]?n(?:umme)?r\.?|ser\.?[- ]?nr\.?|(?:fabrik|geräte)[- ]?n(?:umme)?r\.?|serial(?: (?:number|no\.?|nr\.?|#))?|\bS\/N|\bSN)[ :#.=]{0,5}(?:(?:lautet|ist|is|nr\.?|no\.?)[ :]{1,3})?(?=[a-z./-]{0,20}\d)([a-z0-9][a-z0-9./-]{2,39})/iu
const productWords = /\b(?:modell|gerät|typ|model|device)s? ([A-Z]{1,10}[- ]?\d[\w/-]{0,20})/iu

interface Words {
  readonly body: string
  readonly lines: readonly string[]
  readonly block: readonly string[]
  readonly content: MailContent
}

/** The values of a checklist that `content` holds, by the keys of its fields. */
export function knownFrom(content: MailContent, type: RequestType): Known {
  const lines = content.replyText
    .slice(0, reach)
    .split('\n')
    .filter(line => !line.startsWith('>'))
  const words: Words = { body: lines.join('\n'), lines, block: contactBlock(content), content }
  const found = Object.entries(type.fields).flatMap(([key, field]) => {
    const known = foundFor(field, words)
    return known ? [[key, { ...known, value: tidy(known.value) }] as const] : []
  })
  return Object.fromEntries(found)
}

function tidy(value: string): string {
  return value.replaceAll(/\s+/g, ' ').trim().slice(0, longestValue).toWellFormed()
}

function foundFor(field: RequestField, words: Words): KnownValue | undefined {
  return byPattern(field, words) ?? byKind(field, words) ?? byLabel(field, words)
}

function byPattern({ patterns }: RequestField, words: Words): KnownValue | undefined {
  for (const source of patterns) {
    const found = matchIn(new RegExp(source, 'iu'), words)
    if (found) return found
  }
  return undefined
}

/** The first group of the first match in text, subject or signature, in that order. */
function matchIn(pattern: RegExp, { body, block, content }: Words): KnownValue | undefined {
  const places: readonly (readonly [FoundIn, string])[] = [
    ['text', body],
    ['subject', content.subject],
    ['signature', block.join('\n')],
  ]
  for (const [where, text] of places) {
    const match = pattern.exec(text)
    const value = (match?.[1] ?? match?.[0] ?? '').replace(/[.,;/-]+$/, '')
    if (value.trim() !== '') return { value, where }
  }
  return undefined
}

function byKind(field: RequestField, words: Words): KnownValue | undefined {
  const { content, body, block } = words
  const from = (where: FoundIn, value: string | undefined) => (value ? { where, value } : undefined)
  switch (field.kind) {
    case 'name':
      return from('from', personName(content.from?.name ?? '')) ?? from('signature', nameInBlock(block))
    case 'company':
      return byLabel(field, words) ?? from('signature', companyInBlock(block))
    case 'phone':
      return (
        from('signature', phoneNumberIn(block.join('\n'), content.language)) ??
        from('text', phoneNumberIn(body, content.language))
      )
    case 'serial':
      return matchIn(serialWords, words)
    case 'product':
      return byLabel(field, words) ?? matchIn(productWords, words)
    case 'description':
      return from('text', descriptionIn(words))
    case 'text':
      return undefined
  }
}

/** "Seriennummer: 4711", as customers write it and as they answer to our list; also the field's own label. */
function byLabel(field: RequestField, { lines, content }: Words): KnownValue | undefined {
  const labels = new Set(
    [...(fieldWords[field.kind] ?? []), field.label.de, field.label.en].map(label => label.toLowerCase()),
  )
  const places: readonly (readonly [FoundIn, readonly string[]])[] = [
    ['text', lines],
    ['signature', (content.signature ?? '').split('\n')],
  ]
  for (const [where, candidates] of places) {
    for (const line of candidates) {
      const value = behindLabel(line.slice(0, 400), labels)
      if (value !== undefined) return { where, value }
    }
  }
  return undefined
}

function behindLabel(line: string, labels: ReadonlySet<string>): string | undefined {
  const at = line.search(/[:=]/)
  if (at < 1) return undefined
  const label = line
    .slice(0, at)
    .replace(/^[\s*•·\-–\d.)]+/, '')
    .replace(/[\s*.]+$/, '')
    .toLowerCase()
  const value = line
    .slice(at + 1)
    .replaceAll('*', '')
    .trim()
  return labels.has(label) && value !== '' && !emptyAnswers.has(value.toLowerCase()) ? value : undefined
}

/** The letter without salutation and closing, when it says more than a word or two. */
function descriptionIn({ lines }: Words): string | undefined {
  const end = lines.findLastIndex(isClosing)
  const told = (end < 0 ? lines : lines.slice(0, end))
    .filter(
      line =>
        !/^\s*(?:sehr geehrte|guten (?:tag|morgen|abend)|hallo|moin|liebe|dear|hello|hi)\b.{0,60}[,!]?\s*$/i.test(
          line,
        ),
    )
    .join(' ')
  return (told.match(/\p{L}{2,}/gu) ?? []).length >= 4 ? told : undefined
}
