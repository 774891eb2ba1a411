/**
 * Mails as nobody means them: what broken relays, old programs and ill will make of ordinary ones. The same random
 * numbers give the same mail.
 */
export type Random = () => number

type Mutator = (raw: Buffer, random: Random, other: Buffer) => Buffer

/** Mutated mails stay below this size, however often they are doubled. */
const largest = 400_000

const below = (random: Random, limit: number) => Math.floor(random() * limit)
const pick = <T>(random: Random, list: readonly [T, ...T[]]): T => list[below(random, list.length)] ?? list[0]
const bytes = (text: string) => Buffer.from(text, 'latin1')

/** A binary string, so that broken UTF-8 survives: one character is one byte. */
function edited(raw: Buffer, edit: (text: string) => string): Buffer {
  return bytes(edit(raw.toString('latin1')))
}

/** Where the header ends; the whole mail where it does not. */
function headerEnd(raw: Buffer): number {
  const end = raw.indexOf('\r\n\r\n')
  return end < 0 ? raw.length : end + 2
}

/** `edit` gets the header's fields, continuation lines included. */
function withFields(raw: Buffer, edit: (fields: string[]) => string[]): Buffer {
  const end = headerEnd(raw)
  const fields = raw.toString('latin1', 0, end).match(/^(?![ \t]).*(?:\r?\n[ \t].*)*\r?\n?/gm) ?? []
  return Buffer.concat([bytes(edit(fields).join('')), raw.subarray(end)])
}

const charsets = [
  'utf-8',
  'utf-16',
  'utf-7',
  'iso-8859-15',
  'windows-1252',
  'iso-2022-jp',
  'gb18030',
  'x-unknown',
  '"',
  '',
  'us-ascii; charset=utf-8',
] as const
const encodings = [
  'base64',
  'quoted-printable',
  '7bit',
  '8bit',
  'x-uuencode',
  'binary',
  'banana',
  '',
] as const
const poison = [
  '\0',
  '\r',
  '\n',
  '\r\n\r\n',
  '\r\n--',
  '=?utf-8?B?',
  '=?utf-8?Q?=00=FF?=',
  '=',
  '&#0;&#xD800;',
  '<!--',
  '\xff\xfe',
  '\xed\xa0\x80',
  '"',
  '<<>>@,;:',
] as const

const mutators: Readonly<Record<string, Mutator>> = {
  'flip bits': (raw, random) => {
    const flipped = Buffer.from(raw)
    for (let count = 1 + below(random, 20); count > 0 && flipped.length > 0; count--) {
      const at = below(random, flipped.length)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << below(random, 8))
    }
    return flipped
  },
  truncate: (raw, random) => raw.subarray(0, below(random, raw.length + 1)),
  'lose the beginning': (raw, random) => raw.subarray(below(random, Math.min(raw.length, 400) + 1)),
  splice: (raw, random, other) =>
    Buffer.concat([raw.subarray(0, below(random, raw.length)), other.subarray(below(random, other.length))]),
  'repeat a piece': (raw, random) => {
    const at = below(random, raw.length)
    const piece = raw.subarray(at, at + below(random, 200))
    return Buffer.concat([
      raw.subarray(0, at),
      ...Array<Buffer>(1 + below(random, 50)).fill(piece),
      raw.subarray(at),
    ])
  },
  'insert poison': (raw, random) => {
    const at = below(random, raw.length + 1)
    return Buffer.concat([raw.subarray(0, at), bytes(pick(random, poison)), raw.subarray(at)])
  },
  'double a header': (raw, random) =>
    withFields(raw, fields => {
      const field = fields[below(random, fields.length)] ?? ''
      return [...fields, ...Array<string>(1 + below(random, 3)).fill(field)]
    }),
  'drop a header': (raw, random) =>
    withFields(raw, fields => fields.toSpliced(below(random, fields.length), 1)),
  'shuffle headers': (raw, random) => withFields(raw, fields => fields.toSorted(() => random() - 0.5)),
  'a header without end': (raw, random) =>
    withFields(raw, fields => {
      const at = below(random, fields.length)
      const field = (fields[at] ?? 'Subject: x\r\n').replace(/\r?\n$/, '')
      return fields.toSpliced(at, 1, `${field}${' x'.repeat(below(random, 20_000))}\r\n`)
    }),
  'give the value of one header to another': (raw, random) =>
    withFields(raw, fields => {
      const name = (fields[below(random, fields.length)] ?? 'X:').split(':')[0] ?? 'X'
      const value = (fields[below(random, fields.length)] ?? 'X: y\r\n').replace(/^[^:]*:/, '')
      return [...fields, `${name}:${value}`]
    }),
  'swap charsets': (raw, random) =>
    edited(raw, text => text.replaceAll(/charset="?[^"\s;]*"?/gi, () => `charset=${pick(random, charsets)}`)),
  'swap encodings': (raw, random) =>
    edited(raw, text =>
      text.replaceAll(
        /^(content-transfer-encoding:).*$/gim,
        (_, name) => `${name} ${pick(random, encodings)}`,
      ),
    ),
  'break boundaries': (raw, random) =>
    edited(raw, text => text.replaceAll(/^--/gm, dashes => (random() < 0.3 ? '-' : dashes))),
  'rename the boundary': (raw, random) =>
    edited(raw, text =>
      text.replace(/boundary="?[^"\s;]+"?/i, `boundary="${pick(random, ['', '-', '--', ' ', 'b', '=_'])}"`),
    ),
  'end lines otherwise': (raw, random) =>
    edited(raw, text => text.replaceAll('\r\n', pick(random, ['\n', '\r', '\n\r', '\r\r\n', '\r\n\r\n']))),
  'nest as a message': (raw, random) => {
    let nested = raw
    for (let depth = 1 + below(random, 30); depth > 0 && nested.length < largest; depth--)
      nested = Buffer.concat([bytes('From: a@example.com\r\nContent-Type: message/rfc822\r\n\r\n'), nested])
    return nested
  },
  'nest as parts': (raw, random) => {
    const depth = 1 + below(random, 200)
    const open = Array.from(
      { length: depth },
      (_, i) => `Content-Type: multipart/mixed; boundary=n${i}\r\n\r\n--n${i}\r\n`,
    )
    return Buffer.concat([bytes(`From: a@example.com\r\n${open.join('')}`), raw])
  },
  'tell another time': (raw, random) =>
    edited(raw, text =>
      text.replace(
        /^Date:.*$/im,
        `Date: ${pick(random, ['Fri, 31 Feb 9999 25:61:61 +9999', '0', 'now', 'Thu, 1 Jan 1970 00:00:00 -2400', ''])}`,
      ),
    ),
}

const names = Object.keys(mutators)

/** Mostly with a Message-ID of its own, or nearly every mail would be a copy of an earlier one. */
function renamed(raw: Buffer, random: Random): Buffer {
  if (random() < 0.1) return raw
  return edited(raw, text =>
    text.replace(/^(message-id:\s*<)/im, (_, name) => `${name}${below(random, 1e9)}.`),
  )
}

export interface Mutation {
  readonly raw: Buffer
  /** What was done, in order: enough to understand a fault, while the seed is enough to see it again. */
  readonly recipe: readonly string[]
}

/** One to four things done to one of the seeds. */
export function mutation(seeds: readonly Buffer[], random: Random): Mutation {
  const seed = () => renamed(seeds[below(random, seeds.length)] ?? Buffer.alloc(0), random)
  let raw = seed()
  const recipe: string[] = []
  for (let count = 1 + below(random, 4); count > 0; count--) {
    const name = names[below(random, names.length)] ?? ''
    raw = (mutators[name]?.(raw, random, seed()) ?? raw).subarray(0, largest)
    recipe.push(name)
  }
  return { raw, recipe }
}
