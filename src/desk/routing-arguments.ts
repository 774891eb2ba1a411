import type { CommandContext, Read } from './command-arguments.ts'
import { folded } from './command-words.ts'
import type { Named, RoutingCommand, RoutingNames } from './routing-commands.ts'

/** What may follow the commands about groups, areas and products. Pure. */

export function readRoutingCommand(
  name: RoutingCommand['name'],
  text: string,
  { routing }: Pick<CommandContext, 'routing'>,
): Read<RoutingCommand> {
  if (name === 'pass') return readPass(text, routing)
  if (name === 'area') {
    const area = routing.areas.find(one => isCalled(one, text))
    return area ? { value: { name, area: area.key } } : { mistake: 'no-such-area' }
  }
  const product = routing.products.find(one => isCalled(one, text))
  return product
    ? { value: { name, product: product.key, area: product.area } }
    : { mistake: 'no-such-product' }
}

/** "Buchhaltung: fragt nach der Rechnung". A name may have several words; the longest that fits is meant. */
function readPass(text: string, { group, groups }: RoutingNames): Read<RoutingCommand> {
  const found = groups
    .flatMap(({ key, names }) => [key, ...names].map(name => ({ key, rest: afterName(text, name) })))
    .filter((one): one is { key: string; rest: string } => one.rest !== undefined)
    .toSorted((a, b) => a.rest.length - b.rest.length)
  const [meant] = found
  if (!meant) return { mistake: 'no-such-group' }
  if (meant.key === group) return { mistake: 'same-group' }
  const reason = meant.rest.replace(/^[\s:,;–-]+/, '').trim()
  return reason === ''
    ? { mistake: 'no-reason' }
    : { value: { name: 'pass', group: meant.key, reason: reason.slice(0, 2000).toWellFormed() } }
}

/** What follows a name at the beginning, word by word, as "ue" and "ü" are of different length. */
function afterName(text: string, name: string): string | undefined {
  const wanted = wordsOf(name)
  let rest = text.trim()
  for (const word of wanted) {
    const [, first = '', more = ''] = /^[\s-]*([\p{L}\p{M}\p{N}_&/.]+)(.*)$/su.exec(rest) ?? []
    if (folded(first.replace(/\.+$/, '')) !== word) return undefined
    rest = more
  }
  return wanted.length > 0 ? rest : undefined
}

function isCalled({ key, names }: Named, text: string): boolean {
  const wanted = wordsOf(text).join(' ')
  return [key, ...names].some(name => wordsOf(name).join(' ') === wanted)
}

function wordsOf(name: string): readonly string[] {
  return folded(name).match(/[\p{L}\p{M}\p{N}_&/.]+/gu) ?? []
}
