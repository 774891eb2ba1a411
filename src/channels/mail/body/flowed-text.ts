/**
 * format=flowed (RFC 3676): lines that end in a space go on in the next line of the same quote depth. Quote marks are
 * written back as "> ", so that whoever reads replies sees quotes as in any other mail. Linear in the text.
 */
interface Paragraph {
  readonly depth: number
  readonly pieces: string[]
}

function render(paragraph: Paragraph): string {
  const marks = paragraph.depth === 0 ? '' : `${'>'.repeat(Math.min(paragraph.depth, 50))} `
  return marks + paragraph.pieces.join('')
}

/** Joins the soft line breaks; `delSp` is the part's DelSp=yes. */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = []
  let open: Paragraph | undefined
  for (const line of text.split(/\r?\n/)) {
    let depth = 0
    while (line[depth] === '>') depth++
    const content = line.slice(line[depth] === ' ' ? depth + 1 : depth)
    const signature = content === '-- '
    const flows = content.endsWith(' ') && !signature
    const piece = flows && delSp ? content.slice(0, -1) : content
    if (open && open.depth === depth && !signature) open.pieces.push(piece)
    else {
      if (open) out.push(render(open))
      open = { depth, pieces: [piece] }
    }
    if (!flows && open) {
      out.push(render(open))
      open = undefined
    }
  }
  if (open) out.push(render(open))
  return out.join('\n')
}
