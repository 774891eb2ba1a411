import { DOMParser, type Element, type Node } from '@xmldom/xmldom'
import { NetworkFault } from './faults.ts'
import {
  type Place,
  speaks,
  speechMarkup,
  urlAttributes,
  type VerbRule,
  verbRules,
  verbsAt,
} from './twiml-grammar.ts'

export interface Verb {
  readonly name: string
  /** As written; URLs are absolute. */
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: readonly Verb[]
}

export interface DocumentOrigin {
  readonly place: Place
  /** Where it came from; null for one given inline, which can have no relative URLs. */
  readonly url: string | null
}

const mostCharacters = 65_536
const mostInlineCharacters = 4_000
const mostWords = 4_096
const mostNumbers = 10
/** XML 1.0, 2.2: no document has these. The DOM lets them pass. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
/** Biggest code of a node that is no text, by the DOM: 1 element, 3 text, 4 CDATA, 7 instruction, 8 comment. */
const elementNode = 1
const textNodes = [3, 4]

/** Reads a document as strictly as its words allow. Throws NetworkFault('markup'), naming the place in the document. */
export function parseTwiml(xml: string, origin: DocumentOrigin): readonly Verb[] {
  if (origin.url === null && xml.length > mostInlineCharacters)
    fail('Response', 'is inline and over 4000 characters')
  if (xml.length > mostCharacters) fail('Response', 'is over 64 KiB')
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) fail('Response', 'has a document type')
  if (controls.test(xml)) fail('Response', 'has control characters')
  const root = rootOf(xml)
  if (root.nodeName !== 'Response') fail(root.nodeName, 'is no Response')
  if (root.attributes.length > 0) fail('Response', 'has attributes')
  const verbs = childElements(root, 'Response').map(child => readVerb(child, 'Response', origin))
  for (const [index, verb] of verbs.entries()) {
    if (!verbsAt[origin.place].includes(verb.name))
      fail(verb.name, `is not allowed in a ${origin.place} document`)
    if (verb.name === 'Reject' && index > 0) fail('Reject', 'is not the first verb')
    const ends = ['Redirect', 'Reject', 'Hangup', 'Leave', 'Enqueue'].includes(verb.name)
    const never = ends || (verb.name === 'Dial' && verb.attributes.action !== undefined)
    if (never && index < verbs.length - 1) fail(verb.name, 'has verbs after it that are never carried out')
  }
  return verbs
}

function rootOf(xml: string): Element {
  try {
    const document = new DOMParser({
      onError: (_level, message) => {
        throw new Error(message)
      },
    }).parseFromString(xml, 'text/xml')
    if (document.documentElement) return document.documentElement
  } catch (error) {
    fail('document', error instanceof Error ? error.message.slice(0, 300) : 'is no XML')
  }
  return fail('document', 'has no root')
}

function readVerb(element: Element, parent: string, origin: DocumentOrigin): Verb {
  const name = element.nodeName
  const rule = verbRules[name]
  if (!rule) return fail(name, `is no verb (in ${parent})`)
  const attributes = readAttributes(element, rule, origin)
  const words = rule.text === 'words'
  const children = words ? [] : childElements(element, name, rule.text !== 'none')
  for (const child of children) {
    if (!rule.children.includes(child.nodeName)) fail(child.nodeName, `is not allowed in ${name}`)
  }
  const text = words ? speech(element) : rule.text === 'none' ? '' : (element.textContent ?? '').trim()
  const verb: Verb = {
    name,
    attributes,
    text: rule.text === 'url' && text !== '' ? absolute(text, name, origin) : text,
    children: children.map(child => readVerb(child, name, origin)),
  }
  checkText(verb, rule)
  checkWhole(verb)
  return verb
}

function readAttributes(
  element: Element,
  rule: VerbRule,
  origin: DocumentOrigin,
): Readonly<Record<string, string>> {
  const name = element.nodeName
  const attributes: Record<string, string> = {}
  for (const attribute of element.attributes) {
    const valid = rule.attributes[attribute.name]
    if (!valid) fail(name, `has no attribute ${attribute.name}`)
    const wrong = valid?.(attribute.value)
    if (wrong) fail(name, `${attribute.name}="${attribute.value.slice(0, 100)}" ${wrong}`)
    const isUrl = urlAttributes.some(one => one === attribute.name)
    attributes[attribute.name] = isUrl ? absolute(attribute.value, name, origin) : attribute.value
  }
  for (const required of rule.required) {
    if (attributes[required] === undefined) fail(name, `needs ${required}`)
  }
  return attributes
}

function checkText({ name, text }: Verb, rule: VerbRule): void {
  if (rule.text === 'words' && text.length > mostWords) fail(name, `speaks over ${mostWords} characters`)
  if (rule.text === 'number' && !/^\+[1-9]\d{6,14}$/.test(text))
    fail(name, `"${text.slice(0, 40)}" is not in E.164`)
  if (rule.text === 'name' && !/^[\w-]{1,64}$/.test(text)) fail(name, 'needs a name')
}

/** What only shows in the verb as a whole. */
function checkWhole({ name, attributes, text, children }: Verb): void {
  if (name === 'Say' && text === '') fail(name, 'says nothing')
  const voice = attributes.voice
  const language = attributes.language ?? ''
  if (name === 'Say' && voice && !speaks(voice, language))
    fail(name, `voice ${voice} cannot speak ${language}`)
  if (name === 'Play' && (text === '') === (attributes.digits === undefined)) {
    fail(name, 'needs either a URL or digits')
  }
  if (name === 'Redirect' && text === '') fail(name, 'needs a URL')
  if (name === 'Dial' && children.length === 0) fail(name, 'rings nobody')
  if (name === 'Dial' && children.length > mostNumbers) fail(name, `rings more than ${mostNumbers}`)
  if (name === 'Gather' && attributes.finishOnKey === '' && !attributes.numDigits) {
    fail(name, 'has neither a key that ends it nor a number of digits')
  }
}

/** Words as they are heard: markup is checked and gone, a pause is a space. */
function speech(element: Element): string {
  const pieces: string[] = []
  const walk = (node: Node): void => {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (textNodes.includes(child.nodeType)) pieces.push(child.nodeValue ?? '')
      if (child.nodeType !== elementNode) continue
      const inner = child as Element
      const known = speechMarkup[inner.nodeName]
      if (!known) fail('Say', `has no markup ${inner.nodeName}`)
      for (const { name } of inner.attributes) {
        if (!known?.includes(name)) fail(inner.nodeName, `has no attribute ${name}`)
      }
      if (inner.nodeName === 'break') pieces.push(' ')
      walk(inner)
    }
  }
  walk(element)
  return pieces.join('').replaceAll(/\s+/g, ' ').trim()
}

function childElements(element: Element, name: string, mayHaveText = false): readonly Element[] {
  const elements: Element[] = []
  for (let child = element.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === elementNode) elements.push(child as Element)
    if (!mayHaveText && textNodes.includes(child.nodeType) && (child.nodeValue ?? '').trim() !== '') {
      fail(name, `has words in it: "${(child.nodeValue ?? '').trim().slice(0, 60)}"`)
    }
  }
  return elements
}

function absolute(value: string, name: string, { url }: DocumentOrigin): string {
  if (value.includes('?')) fail(name, `${value.slice(0, 100)} has a query string`)
  if (url === null && !/^https?:\/\//.test(value))
    fail(name, `"${value.slice(0, 100)}" is relative in an inline document`)
  // The fragment tells the provider how to fetch; it is kept.
  return url === null ? value : new URL(value, url.replace(/#.*/, '')).href
}

function fail(place: string, what: string): never {
  throw new NetworkFault('markup', `${place} ${what}`)
}
