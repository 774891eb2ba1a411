/** HTML out of pieces: whatever is not markup of ours is escaped, whoever wrote it. */
import { printable } from '../desk/plain-text.ts'

/** Markup that may stand in a page as it is; made by `html` alone. */
export interface Markup {
  readonly markup: string
}

export type Piece = Markup | string | number | null | undefined | false | readonly Piece[]

/** A template tag: `html\`<p>${words}</p>\``. Values that are absent leave nothing behind. */
export function html(pieces: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  const parts = pieces.flatMap((piece, i) => (i < values.length ? [piece, written(values[i])] : [piece]))
  return { markup: parts.join('') }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function written(value: Piece): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'object') return 'markup' in value ? value.markup : value.map(written).join('')
  return printable(String(value)).replaceAll(/[&<>"']/g, sign => entities[sign] ?? '')
}
