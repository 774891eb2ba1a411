/**
 * gateway.yaml as a value that still knows its lines. Syntax errors are told in our own words: the library's quote the
 * text they stumbled over, and that may be a password.
 */
import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml'
import type { PlacedFault } from './faults.ts'
import type { Path } from './shape.ts'

export interface YamlSource {
  readonly value: unknown
  readonly faults: readonly PlacedFault[]
  /** Line and column of the key or value at `path`, or of the nearest section above it that is in the file. */
  place(path: Path): { readonly line: number; readonly column: number } | undefined
}

const meanings: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key is in its section twice; keep one',
  TAB_AS_INDENT: 'a tab is used for indentation; use spaces',
  BAD_INDENT: 'the indentation does not fit the lines above',
  BLOCK_AS_IMPLICIT_KEY:
    'a section cannot begin in the middle of a line; is a quote or a line break missing?',
  MULTILINE_IMPLICIT_KEY: 'a key must be on one line; is a colon missing?',
  MISSING_CHAR: 'something is not closed or separated: a quote, a bracket, a comma or a colon is missing',
  BAD_SCALAR_START: 'a value beginning with this character must be in quotes',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins no known escape; use single quotes',
  MULTIPLE_DOCS: 'a second document begins here (---); keep one',
  TAG_RESOLVE_FAILED: 'a value beginning with ! must be in quotes',
  BAD_ALIAS: 'a value beginning with * must be in quotes',
  UNEXPECTED_TOKEN: 'this does not belong here',
}

export function readYaml(source: string): YamlSource {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const faults = telling([...document.errors, ...document.warnings]).map(
    (error): PlacedFault => ({
      path: [],
      ...at(error.pos[0]),
      says: meanings[error.code] ?? `is not valid YAML (${error.code})`,
    }),
  )
  const place = (path: Path) => {
    const offset = offsetOf(document.contents, path)
    return offset === undefined ? undefined : at(offset)
  }
  if (faults.length > 0) return { value: undefined, faults, place }
  try {
    return { value: withoutEmpty(document.toJS({ maxAliasCount: 100 })), faults, place }
  } catch {
    // Only aliases can fail here: without an anchor, or so many that the file is a bomb. The error's text may quote a value.
    return {
      value: undefined,
      faults: [
        {
          path: [],
          says: 'an alias (*name) has no anchor (&name); put a value that begins with * in quotes',
        },
      ],
      place,
    }
  }
}

/** Keys that are there twice, all of them, and the first other error: what follows it is mostly its echo. */
function telling(errors: readonly YAMLError[]): readonly YAMLError[] {
  const first = errors
    .filter(({ code }) => code !== 'DUPLICATE_KEY')
    .toSorted((a, b) => a.pos[0] - b.pos[0])[0]
  return errors.filter(error => error.code === 'DUPLICATE_KEY' || error === first)
}

/** A key with nothing behind it, such as a section whose lines are all commented out, is as good as left out. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(one => withoutEmpty(one))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, part]) => part !== null)
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutEmpty(part)]))
}

function offsetOf(contents: unknown, path: Path): number | undefined {
  let node: unknown = contents
  let found: number | undefined
  for (const step of path) {
    if (isSeq(node) && typeof step === 'number') {
      node = node.items[step]
      found = startOf(node) ?? found
    } else if (isMap(node)) {
      const pair = node.items.find(
        item => isPair(item) && isScalar(item.key) && String(item.key.value) === step,
      )
      if (!pair) return found
      found = startOf(pair.key) ?? found
      node = pair.value
    } else {
      return found
    }
  }
  return found
}

function startOf(node: unknown): number | undefined {
  return isNode(node) && !isAlias(node) ? (node as Node).range?.[0] : undefined
}
