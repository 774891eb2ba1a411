import type { Config } from '../config/schema.ts'
import type { Known } from './checklist.ts'
import { folded } from './command-words.ts'
import type { TrailStep } from './decide.ts'

/**
 * What a mail is about, by the words that the configuration has for its service areas, products and kinds of request.
 * Words are whole words or several in a row; case, umlauts and hyphens do not count. What nobody named stays unknown: a
 * wrong area sends a matter to people who cannot help, no area at all only to those who get everything.
 */
export interface RecognisedMatter {
  /** Keys of the configuration. */
  readonly area: string | null
  readonly product: string | null
  readonly requestType: string | null
  readonly trail: readonly TrailStep[]
}

export interface MatterText {
  readonly subject: string
  /** The new words of the mail, without what it quotes. */
  readonly text: string
  /** What the checklist found, whose product field counts before every other word. */
  readonly known: Known
}

type Vocabulary = Pick<Config, 'areas' | 'products' | 'requestTypes'>

/** Characters of a text that are looked at: what a matter is about stands at its beginning. */
const textLength = 20_000
/** Lines in which a kind of request is looked for, and characters of each. */
const firstLines = 5
const lineLength = 500

/** Recognises a matter. Where several words fit, the longest counts, and the subject's before the text's. */
export function recogniseMatter(
  { subject, text, known }: MatterText,
  vocabulary: Vocabulary,
): RecognisedMatter {
  const { areas, products, requestTypes, productFields } = compiled(vocabulary)
  const named = productFields.map(key => (Object.hasOwn(known, key) ? (known[key]?.value ?? '') : ''))
  const places = {
    checklist: tokensOf(named.join(' | ')),
    subject: tokensOf(subject),
    text: tokensOf(text.slice(0, textLength)),
    'first lines': tokensOf(beginningOf(text)),
  }
  const look = (phrases: Phrases, ...where: (keyof typeof places)[]): Found | null => {
    for (const place of where) {
      const found = longestIn(phrases, places[place])
      if (found) return { ...found, because: `"${found.words}" in the ${place}` }
    }
    return null
  }
  const type = look(requestTypes, 'subject', 'first lines')
  const product = look(products, 'checklist', 'subject', 'text')
  const area = areaOf(vocabulary, type, product, look(areas, 'subject'), () => look(areas, 'text'))
  return {
    area: area?.key ?? null,
    product: product?.key ?? null,
    requestType: type?.key ?? null,
    trail: [step('request-type', type), step('product', product), step('area', area)],
  }
}

interface Found {
  readonly key: string
  readonly because: string
}

/**
 * A kind of request belongs where the configuration says. Then what the subject says outweighs the product, which
 * outweighs a word somewhere in the text: "delivery" there may be a signature's.
 */
function areaOf(
  { areas, products, requestTypes }: Vocabulary,
  type: Found | null,
  product: Found | null,
  inSubject: Found | null,
  inText: () => Found | null,
): Found | null {
  const known = (key: string | undefined, because: string): Found | null =>
    key !== undefined && Object.hasOwn(areas, key) ? { key, because } : null
  return (
    known(requestTypes[type?.key ?? '']?.area, `the request type ${type?.key} belongs to it`) ??
    inSubject ??
    known(products[product?.key ?? '']?.area, `the product ${product?.key} belongs to it`) ??
    inText()
  )
}

function step(rule: string, found: Found | null): TrailStep {
  return found
    ? { rule, hit: true, because: `${found.key}: ${found.because}` }
    : { rule, hit: false, because: 'none of its words was found' }
}

/** By their first word; the phrases of one first word with the longest first. */
type Phrases = ReadonlyMap<string, readonly Phrase[]>

interface Phrase {
  readonly key: string
  readonly tokens: readonly string[]
  /** Characters, by which the longest is known. */
  readonly length: number
}

interface Compiled {
  readonly areas: Phrases
  readonly products: Phrases
  readonly requestTypes: Phrases
  readonly productFields: readonly string[]
}

/** A gateway has few configurations and many mails. */
const compiledOf = new WeakMap<Vocabulary, Compiled>()

function compiled(vocabulary: Vocabulary): Compiled {
  const before = compiledOf.get(vocabulary)
  if (before) return before
  const { areas, products, requestTypes } = vocabulary
  const fields = Object.values(requestTypes).flatMap(type => Object.entries(type.fields))
  const fresh: Compiled = {
    areas: phrasesOf(Object.entries(areas).map(([key, { words }]) => [key, words])),
    products: phrasesOf(Object.entries(products).map(([key, { name, words }]) => [key, [name, ...words]])),
    requestTypes: phrasesOf(Object.entries(requestTypes).map(([key, { words }]) => [key, words])),
    productFields: [...new Set(fields.filter(([, { kind }]) => kind === 'product').map(([key]) => key))],
  }
  compiledOf.set(vocabulary, fresh)
  return fresh
}

function phrasesOf(named: readonly (readonly [string, readonly string[]])[]): Phrases {
  const phrases = named.flatMap(([key, words]) =>
    words.flatMap((word): Phrase[] => {
      const tokens = tokensOf(word)
      return tokens.length === 0 ? [] : [{ key, tokens, length: tokens.join(' ').length }]
    }),
  )
  // The sort is stable: of two equally long ones the configuration's first counts.
  return Map.groupBy(
    phrases.toSorted((a, b) => b.length - a.length),
    ({ tokens: [first = ''] }) => first,
  )
}

/** One walk over the words, however many phrases there are. */
function longestIn(
  phrases: Phrases,
  tokens: readonly string[],
): { readonly key: string; readonly words: string } | undefined {
  let longest: Phrase | undefined
  for (const [at, token] of tokens.entries()) {
    const here = phrases.get(token)?.find(phrase => phrase.tokens.every((one, i) => tokens[at + i] === one))
    if (here && here.length > (longest?.length ?? 0)) longest = here
  }
  return longest && { key: longest.key, words: longest.tokens.join(' ') }
}

function tokensOf(text: string): readonly string[] {
  return folded(text).match(/[\p{L}\p{N}]+/gu) ?? []
}

function beginningOf(text: string): string {
  const lines = text
    .slice(0, textLength)
    .split('\n')
    .filter(line => line.trim() !== '')
  return lines
    .slice(0, firstLines)
    .map(line => line.slice(0, lineLength))
    .join('\n')
}
