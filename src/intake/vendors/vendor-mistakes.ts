import { readKnown, requestTypeOf } from '../../desk/checklist.ts'
import { isOnlyClosing } from '../../desk/closing.ts'
import type { MistakeCode } from '../../desk/command-arguments.ts'
import { type CommandName, commandLine } from '../../desk/command-words.ts'
import type { AgentCommand, Mistake } from '../../desk/commands.ts'
import { missingFor, needsInWords } from '../../desk/vendor/description.ts'
import { internalIn } from '../../desk/vendor/may-share.ts'
import type { VendorCommand } from '../../desk/vendor/vendor-commands.ts'
import type { AgentTurn } from '../agent-turn.ts'
import { recordedIn } from '../promises/documenting.ts'
import { noTicketVendors, type TicketCase } from './ticket-vendors.ts'

/** What only the ledger knows to be wrong with commands about manufacturers, and with closing while a case is open. */

export interface SaidToVendor {
  /** What stands below the commands. */
  readonly words: string
  /** A command keeps the words inside. */
  readonly isNote: boolean
}

export function vendorMistakes(
  turn: AgentTurn,
  commands: readonly AgentCommand[],
  said: SaidToVendor,
): Mistake[] {
  return [
    ...commands.flatMap(command => mistakesOf(turn, command, commands, said)),
    ...stillOpen(turn, commands),
  ]
}

function mistakesOf(
  turn: AgentTurn,
  command: AgentCommand,
  commands: readonly AgentCommand[],
  said: SaidToVendor,
): Mistake[] {
  switch (command.name) {
    case 'vendor':
      return mistakenOpening(turn, command, commands, said)
    case 'share':
      // What a command keeps inside must not go out above somebody else's words.
      return onCase(turn, command, one => (said.isNote ? 'contradicts' : sharing(turn, commands, one)))
    case 'vendorlevel':
      return onCase(turn, command, one => (hasNextLevel(turn, one) ? undefined : 'no-vendor-level'))
    case 'reference':
    case 'vendorclose':
      return onCase(turn, command, () => undefined)
    default:
      return []
  }
}

/** As its agent types it. */
export function lineOf({ agent, context }: AgentTurn, name: CommandName, argument = ''): string {
  return commandLine(name, context.config.agents[agent.key]?.language ?? 'de', argument)
}

export function casesOf({ ticket, plan, context }: AgentTurn): readonly TicketCase[] {
  const { cases } = context.surroundings.vendors.get(ticket.id) ?? noTicketVendors
  const closed = plan.vendorOrders.flatMap(order => (order.kind === 'close' ? order.caseId : []))
  return cases.filter(({ id }) => !closed.includes(id))
}

/** Which case is meant: nobody can say where there are two, and words to the wrong manufacturer cannot be taken back. */
function onCase(
  turn: AgentTurn,
  { name }: VendorCommand,
  judge: (one: TicketCase) => MistakeCode | undefined,
): Mistake[] {
  const [only, ...more] = casesOf(turn)
  const code = !only ? 'no-vendor-case' : more.length > 0 ? 'several-vendor-cases' : judge(only)
  const detail = casesOf(turn)
    .map(({ number }) => number)
    .join(', ')
  return code ? [{ line: lineOf(turn, name), code, command: name, detail }] : []
}

function sharing(
  { ticket, mail }: AgentTurn,
  commands: readonly AgentCommand[],
  one: TicketCase,
): MistakeCode | undefined {
  if (ticket.customerAddress === '' && !commands.some(({ name }) => name === 'address'))
    return 'no-customer-address'
  if (mail.content.defects.includes('oversized')) return 'oversized'
  return mistakenShare(one)
}

/** Only its own words: what it repeats of ours is for the agent to leave out, in words of his own. */
export function mistakenShare({ last, sent }: TicketCase): MistakeCode | undefined {
  if (!last || last.text.trim() === '') return 'no-vendor-words'
  if (last.shared) return 'vendor-words-shared'
  return internalIn(last.text, sent) === undefined ? undefined : 'vendor-words-internal'
}

export function hasNextLevel({ context }: AgentTurn, { vendor, level }: TicketCase): boolean {
  return level < (context.config.vendors[vendor]?.levels.length ?? 0)
}

function mistakenOpening(
  turn: AgentTurn,
  command: Extract<VendorCommand, { readonly name: 'vendor' }>,
  commands: readonly AgentCommand[],
  { words, isNote }: SaidToVendor,
): Mistake[] {
  const { ticket, agent, mail, plan, context } = turn
  const line = lineOf(turn, 'vendor', command.vendor)
  const mistake = (code: MistakeCode, detail = ''): Mistake[] => [{ line, code, command: 'vendor', detail }]
  if (isNote || commands.some(({ name }) => name === 'send')) return mistake('contradicts')
  const opened = plan.vendorOrders.some(
    order => order.kind === 'open' && order.ticketId === ticket.id && order.vendor === command.vendor,
  )
  const running = casesOf(turn).find(({ vendor }) => vendor === command.vendor)
  if (running || opened) return mistake('vendor-case-twice', running?.number ?? '')
  if (mail.content.defects.includes('oversized')) return mistake('oversized')
  const needs = context.config.vendors[command.vendor]?.needs ?? []
  const measures = recordedIn(turn, commands)
  const missing = missingFor(needs, { ...deviceOf(turn), fault: faultIn(turn, command, words), measures })
  const language = context.config.agents[agent.key]?.language ?? 'de'
  return missing.length === 0 ? [] : mistake('vendor-missing', needsInWords(missing, language))
}

/** The agent's words; a signature alone describes nothing. */
export function faultIn(
  { agent }: AgentTurn,
  { more }: Extract<VendorCommand, { readonly name: 'vendor' }>,
  words: string,
): string {
  const below = isOnlyClosing(words, agent.name) ? '' : words
  return [more, below].filter(part => part !== '').join('\n\n')
}

/** What the customer told, else what the books say. */
export function deviceOf({ ticket, context }: AgentTurn): {
  readonly product: string
  readonly serial: string
} {
  const { config, surroundings, ticketKnown } = { ...context, ticketKnown: readKnown(ticket.known) }
  const fields = requestTypeOf(ticket, config)?.fields ?? {}
  const told = (kind: 'serial' | 'product') =>
    Object.entries(fields).flatMap(([key, field]) =>
      field.kind === kind ? (ticketKnown[key]?.value ?? []) : [],
    )[0]
  const books = surroundings.vendors.get(ticket.id) ?? noTicketVendors
  const named = ticket.product == null ? undefined : config.products[ticket.product]?.name
  return { serial: told('serial') ?? books.serial, product: named ?? told('product') ?? books.product }
}

/** A ticket is not done while a manufacturer still works on it. */
function stillOpen(turn: AgentTurn, commands: readonly AgentCommand[]): Mistake[] {
  const ends = commands.find(({ name }) => name === 'close' || name === 'spam' || name === 'merge')
  if (!ends) return []
  const cases = casesOf(turn)
  const ending = commands.some(({ name }) => name === 'vendorclose') && cases.length === 1
  const opening = commands.some(({ name }) => name === 'vendor')
  if ((cases.length === 0 || ending) && !opening) return []
  const detail = cases.map(({ number }) => number).join(', ')
  return [{ line: lineOf(turn, ends.name), code: 'vendor-case-open', command: 'vendorclose', detail }]
}
