import type { Config } from '../config/schema.ts'
import { isOnlyClosing } from '../desk/closing.ts'
import type { CommandContext, MistakeCode } from '../desk/command-arguments.ts'
import { commandLine } from '../desk/command-words.ts'
import { type AgentCommand, type Mistake, parseCommands } from '../desk/commands.ts'
import type { SpokenVerdict } from '../desk/decide.ts'
import type { Agent } from '../desk/facts.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { isProcedureCommand } from '../desk/procedures/procedure-commands.ts'
import { choicesAfter, routingNamesOf } from '../desk/routing-names.ts'
import type { Language, Ticket } from '../desk/ticket.ts'
import { sendableAttachments } from '../desk/visible-attachments.ts'
import { answerLetter, helpLetter, receiptLetter, type Spoken, whyLetter } from './agent-letters.ts'
import { groupOf, noticesOfAgent } from './agent-notices.ts'
import { type AgentTurn, addEntry } from './agent-turn.ts'
import { applyCommands } from './command-effects.ts'
import { mistakenNumber } from './mistaken-number.ts'
import type { Plan, PlanContext } from './plan.ts'
import { procedureMistakes } from './procedures/procedure-mistakes.ts'
import { mistakenClosing, planProgress } from './promises/documenting.ts'
import { highestLevel } from './promises/level-people.ts'
import { type HeldAnswer, heldKey } from './surroundings.ts'
import { orderVendors } from './vendors/order-vendor.ts'
import { vendorMistakes } from './vendors/vendor-mistakes.ts'

/** An agent who has proven to be one writes: to the customer, to colleagues, or to the gateway. */
export interface AgentMailAction {
  readonly ticket: Ticket
  readonly agent: Agent
  readonly verdict: SpokenVerdict
}

/**
 * Adds all that follows from an agent's mail. Commands and words are one whole: where one line cannot be understood
 * nothing is done and nothing is sent, and the agent gets everything back with the help for what was meant.
 */
export function planAgentMail(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  { ticket, agent, verdict }: AgentMailAction,
  context: PlanContext,
): void {
  const turn: AgentTurn = { plan, mail, inboundId, ticket, agent, context }
  const written = [...verdict.commandLines, '', ...verdict.words.split('\n')]
  const { commands, mistakes, rest } = parseCommands(written, commandContextOf(turn))
  const waiting = context.surroundings.held.get(heldKey(ticket.id, agent.key))
  // An earlier mail of this batch may have sent it.
  const held = waiting && !plan.decidedHeld.includes(waiting.id) ? waiting : undefined
  const spoken = spokenIn(turn, verdict, rest, commands, held)
  const found = [
    ...mistakes,
    ...mistakesOfFact(turn, commands, spoken, held),
    ...procedureMistakes(turn, commands),
    ...mistakenClosing(turn, commands),
    ...vendorMistakes(turn, commands, { words: rest, isNote: verdict.kind === 'note' }),
  ]
  if (found.length > 0) {
    returnMail(turn, found, rest)
    return
  }
  orderVendors(turn, commands, wordsBelow(rest, commands, agent))
  const done = applyCommands(turn, commands)
  const told = planProgress(turn, commands, spoken.answer !== undefined)
  const named = commands.find(command => command.name === 'address')
  const reached = named ? { ...ticket, customerAddress: named.address } : ticket
  if (spoken.answer) sendAnswer({ ...turn, ticket: reached }, spoken.answer, commands)
  if (spoken.note !== '') keepNote(turn, spoken.note, done.assignedTo)
  if (held && commands.some(({ name }) => name === 'send')) plan.decidedHeld.push(held.id)
  const isShared = commands.some(({ name }) => name === 'share')
  const sentTo = spoken.answer || isShared ? reached.customerAddress : null
  if (commands.some(({ name }) => name === 'why'))
    plan.letters.push(...whyLetter(ticket, agent, mail, context))
  if (commands.some(({ name }) => name === 'help'))
    plan.letters.push(...helpLetter(ticket, agent, mail, { mistakes: [], words: '' }, context))
  // A plain answer gets no receipt: agents would soon stop reading them.
  const isTold = told.length > 0 || commands.some(({ name }) => name === 'status' || isProcedureCommand(name))
  const lines = [...done.lines, ...told]
  if (lines.length > 0)
    plan.letters.push(...receiptLetter(ticket, agent, mail, { done: lines, sentTo, isTold }, context))
}

/** Where and when the agent's commands are read. */
export function commandContextOf({ ticket, context: { config, offices, now } }: AgentTurn): CommandContext {
  const timeZone = offices.get(ticket.office)?.timeZone ?? 'UTC'
  return {
    now,
    timeZone,
    country: config.offices[ticket.office]?.holidays.startsWith('GB') ? 'GB' : 'DE',
    agents: Object.entries(config.agents).map(([key, { name, addresses }]) => ({ key, name, addresses })),
    ticketNumber: ticket.number,
    level: ticket.level,
    routing: routingNamesOf(config, ticket.group),
    vendors: Object.entries(config.vendors).map(([key, { name }]) => ({ key, names: [name] })),
  }
}

interface SpokenParts {
  readonly answer: Spoken | undefined
  /** '' where there is none. */
  readonly note: string
}

/** Who hears what: with "#send" the answer that was held, else the words of this mail, unless they stay inside. */
function spokenIn(
  { mail, agent }: AgentTurn,
  { kind }: SpokenVerdict,
  rest: string,
  commands: readonly AgentCommand[],
  held: HeldAnswer | undefined,
): SpokenParts {
  const attachments = sendableAttachments(mail.content)
  const words = wordsBelow(rest, commands, agent)
  const remarks = commands.flatMap(command =>
    'remark' in command && command.name === 'note' ? command.remark : [],
  )
  const note = [...remarks, words].filter(text => text !== '').join('\n')
  if (held && commands.some(({ name }) => name === 'send')) return { answer: held, note: '' }
  if (kind === 'note') return { answer: undefined, note }
  // Then the words go to the manufacturer, or to the customer with those of the manufacturer.
  if (commands.some(({ name }) => name === 'vendor' || name === 'share'))
    return { answer: undefined, note: '' }
  const silent = words === '' && (commands.length > 0 || attachments.length === 0)
  return { answer: silent ? undefined : { words, rawSha256: mail.rawSha256, attachments }, note: '' }
}

/** A signature below commands is no message. */
function wordsBelow(rest: string, commands: readonly AgentCommand[], { name }: Agent): string {
  return commands.length > 0 && isOnlyClosing(rest, name) ? '' : rest
}

/** What only the ledger knows to be wrong. */
function mistakesOfFact(
  { ticket, agent, mail, context: { surroundings, config } }: AgentTurn,
  commands: readonly AgentCommand[],
  { answer }: SpokenParts,
  held: HeldAnswer | undefined,
): Mistake[] {
  const language = config.agents[agent.key]?.language ?? 'de'
  const mistake = (code: MistakeCode, command?: Mistake['command'], argument?: string): Mistake => ({
    line: command && argument !== undefined ? commandLine(command, language, argument) : '',
    ...{ code, command },
  })
  const found: Mistake[] = []
  for (const command of commands) {
    // Also where the other ticket was merged into this one: a ring would swallow mails.
    if (command.name === 'merge' && [undefined, ticket.id].includes(surroundings.named.get(command.number)))
      found.push(mistake('no-such-ticket', 'merge', command.number))
    if (command.name === 'escalate' && config.levels && ticket.level >= highestLevel)
      found.push(mistake('level-not-higher', 'escalate', String(command.level)))
    if (command.name === 'callback') found.push(...mistakenNumber(command, ticket, config, language))
    if (command.name === 'address') found.push(...mistakenAddress(command.address, ticket, config, language))
    if (command.name === 'send' && !held) found.push(mistake('nothing-held', 'send', ''))
    // Nobody can say which one is meant, and the wrong one may not be the customer's to read.
    if (command.name === 'send' && held && !held.only) found.push(mistake('several-held', 'send', ''))
  }
  const isNamed = commands.some(({ name }) => name === 'address')
  if (answer && ticket.customerAddress === '' && !isNamed)
    found.push(mistake('no-customer-address', 'address'))
  if (answer && answer !== held && mail.content.defects.includes('oversized'))
    found.push(mistake('oversized'))
  return found
}

/** An address that is known may only be changed by whoever reads mail there: a slip would send everything astray. */
function mistakenAddress(
  address: string,
  { customerAddress }: Ticket,
  config: Config,
  language: Language,
): Mistake[] {
  const mistake = (code: MistakeCode): Mistake[] => [
    { line: commandLine('address', language, address), code, command: 'address' },
  ]
  if (customerAddress !== '' && customerAddress.toLowerCase() !== address) return mistake('address-known')
  const agents = Object.values(config.agents).flatMap(({ addresses }) => addresses)
  const mailboxes = Object.values(config.mailboxes)
  const isOwn =
    [...agents, ...mailboxes.map(one => one.address)].some(own => own.toLowerCase() === address) ||
    mailboxes.some(({ replyAddress = '' }) => {
      const [before = '', after = ''] = replyAddress.toLowerCase().split('{token}')
      return before !== '' && address.startsWith(before) && address.endsWith(after)
    })
  return isOwn ? mistake('own-address') : []
}

function returnMail(turn: AgentTurn, mistakes: readonly Mistake[], words: string): void {
  const { plan, ticket, agent, mail, context } = turn
  addEntry(turn, 'agent-mail-returned', words, {
    mistakes: mistakes.map(({ line, code }) => ({ line, code })),
  })
  const { language = 'de' } = context.config.agents[agent.key] ?? {}
  const lines = mistakes.map(
    ({ line, code, command, detail = choicesAfter(code, context.config, language) }) => ({
      ...{ line, code, detail },
      command: command ?? null,
    }),
  )
  plan.letters.push(...helpLetter(ticket, agent, mail, { mistakes: lines, words }, context))
}

function sendAnswer(turn: AgentTurn, spoken: Spoken, commands: readonly AgentCommand[]): void {
  const { plan, ticket, agent, mail, inboundId, context } = turn
  const letter = answerLetter(ticket, agent, spoken, context)
  plan.letters.push(letter)
  plan.changedTickets.add(ticket.id)
  addEntry(turn, 'agent-answer', spoken.words, { attachments: spoken.attachments.length }, letter.id)
  const at = Temporal.Instant.compare(mail.receivedAt, context.now) > 0 ? context.now : mail.receivedAt
  plan.endedPromises.unshift({ ticketId: ticket.id, how: 'answered', at, by: agent.key })
  plan.acknowledgements.push({ ticketId: ticket.id, by: agent.key, how: 'reply' })
  const readers = colleagues(
    turn,
    commands.flatMap(one => (one.name === 'assign' ? one.agent : [])),
  )
  const said = { author: agent.name, words: spoken.words }
  plan.letters.push(...noticesOfAgent(readers, 'agent-answer', ticket, mail, said, inboundId, context))
}

function keepNote(turn: AgentTurn, words: string, assignedTo: string | undefined): void {
  const { plan, ticket, agent, mail, inboundId, context } = turn
  plan.changedTickets.add(ticket.id)
  addEntry(turn, 'agent-note', words, {})
  const readers = colleagues(turn, assignedTo === undefined ? [] : [assignedTo])
  const said = { author: agent.name, words }
  plan.letters.push(...noticesOfAgent(readers, 'agent-note', ticket, mail, said, inboundId, context))
}

/** The group, without the author and without those who hear of it by another letter. */
function colleagues({ ticket, agent, context }: AgentTurn, told: readonly string[]): readonly string[] {
  return groupOf(ticket, context).filter(key => key !== agent.key && !told.includes(key))
}
