/** HTML that is safe by construction: a template in which every value is escaped unless it is such a piece itself. */
export interface Html {
  readonly html: string
}

type Value = string | number | Html | readonly Html[] | null

/** Control characters are taken out as well: names and remarks were keyed in, spoken or mailed by somebody outside. */
export function html(pieces: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: pieces.reduce((before, piece, at) => before + shown(values[at - 1] ?? null) + piece) }
}

export const nothing: Html = { html: '' }

function shown(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return 'html' in value ? value.html : value.map(one => one.html).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, ' ')
    .replaceAll(/[&<>"']/g, char => entities[char] ?? char)
}
