import { isOnlyClosing } from '../../desk/closing.ts'
import type { MistakeCode } from '../../desk/command-arguments.ts'
import { type AgentCommand, type Mistake, parseCommands } from '../../desk/commands.ts'
import type { Action } from '../../desk/decide.ts'
import type { InboundMail } from '../../desk/inbound.ts'
import type { Ticket } from '../../desk/ticket.ts'
import type { VendorDone } from '../../desk/vendor/notice-data.ts'
import { isVendorCommand, type VendorCommand } from '../../desk/vendor/vendor-commands.ts'
import { sendableAttachments } from '../../desk/visible-attachments.ts'
import { commandContextOf } from '../agent-mail.ts'
import type { AgentTurn } from '../agent-turn.ts'
import type { Plan, PlanContext } from '../plan.ts'
import { orderOnCase } from './order-vendor.ts'
import { noTicketVendors, type TicketCase } from './ticket-vendors.ts'
import { hasNextLevel, lineOf, mistakenShare } from './vendor-mistakes.ts'

/** Mails of a sealed thread: what the manufacturer writes, and what agents answer. */

type VendorAction = Extract<Action, { readonly kind: 'vendor-mail' | 'vendor-agent' }>

/** `ticket` is the one behind the case, or what it was merged into. */
export function planVendorMail(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  action: VendorAction,
  ticket: Ticket | undefined,
  context: PlanContext,
): void {
  const caseId = action.case.id
  if (action.kind === 'vendor-mail') {
    plan.vendorOrders.push({ kind: 'received', caseId, by: action.by, mail, inboundId })
    return
  }
  if (!ticket) throw new Error(`the ticket behind case ${action.case.number} was locked with it`)
  const turn: AgentTurn = { plan, mail, inboundId, ticket, agent: action.agent, context }
  planCaseAgent(turn, action)
}

/** As with answers to customers, a mail is one whole: where one line cannot be understood nothing is done. */
function planCaseAgent(
  turn: AgentTurn,
  action: Extract<VendorAction, { readonly kind: 'vendor-agent' }>,
): void {
  const { plan, mail, inboundId, agent } = turn
  const { verdict } = action
  const by = { caseId: action.case.id, agent: agent.key, inboundId }
  const written = [...verdict.commandLines, '', ...verdict.words.split('\n')]
  const { commands, mistakes, rest } = parseCommands(written, commandContextOf(turn))
  const words = commands.length > 0 && isOnlyClosing(rest, agent.name) ? '' : rest
  const one = caseIn(turn, action)
  const found = [...mistakes, ...mistakesIn(turn, commands, one, words, verdict.kind === 'note')]
  const asksForHelp = commands.some(({ name }) => name === 'help')
  if (found.length > 0 || asksForHelp) {
    const lines = found.map(({ line, code, command = null, detail = '' }) => ({
      ...{ line, code, command, detail },
    }))
    plan.vendorOrders.push({ ...by, kind: 'returned', mistakes: lines, words })
    return
  }
  const attachments = sendableAttachments(mail.content)
  const told = { words, rawSha256: mail.rawSha256, attachments }
  const notes = commands.flatMap(command => (command.name === 'note' ? command.remark : []))
  const shares = commands.some(({ name }) => name === 'share')
  if (verdict.kind === 'note') {
    const text = [...notes, words].filter(part => part !== '').join('\n')
    plan.vendorOrders.push({ ...by, kind: 'note', text })
  } else if (!shares && (words !== '' || (commands.length === 0 && attachments.length > 0))) {
    plan.vendorOrders.push({ ...by, kind: 'say', told })
  }
  const ordered = commands.filter((command): command is VendorCommand => isVendorCommand(command.name))
  for (const command of ordered) orderOnCase(turn, command, one, told)
  // A plain answer gets no receipt: agents would soon stop reading them.
  if (commands.length === 0) return
  const done: VendorDone[] = ordered.flatMap(doneOf)
  if (verdict.kind === 'note') done.unshift({ what: 'note', value: '' })
  else if (words !== '' && !shares) done.unshift({ what: 'sent', value: '' })
  plan.vendorOrders.push({ ...by, kind: 'receipt', done })
}

function caseIn(
  { ticket, context }: AgentTurn,
  { case: about }: Extract<VendorAction, { readonly kind: 'vendor-agent' }>,
): TicketCase & { readonly open: boolean } {
  const { cases } = context.surroundings.vendors.get(ticket.id) ?? noTicketVendors
  const found = cases.find(({ id }) => id === about.id)
  const none = { id: about.id, number: about.number, vendor: about.vendor, level: 0, last: null, sent: [] }
  return { ...(found ?? none), open: found !== undefined }
}

function mistakesIn(
  turn: AgentTurn,
  commands: readonly AgentCommand[],
  one: ReturnType<typeof caseIn>,
  words: string,
  isNote: boolean,
): Mistake[] {
  const { mail, ticket } = turn
  const mistake = (name: AgentCommand['name'], code: MistakeCode): Mistake => ({
    ...{ line: lineOf(turn, name), code, command: name },
  })
  const found = commands.flatMap(({ name }): Mistake[] => {
    if (name === 'note' || name === 'help') return []
    if (!isVendorCommand(name) || name === 'vendor') return [mistake(name, 'not-in-case')]
    if (!one.open) return [mistake(name, 'no-vendor-case')]
    const code = name === 'share' && isNote && words !== '' ? 'contradicts' : codeOf(turn, name, one)
    return code ? [mistake(name, code)] : []
  })
  const shares = commands.some(({ name }) => name === 'share')
  if (ticket.customerAddress === '' && shares) found.push(mistake('share', 'no-customer-address'))
  const reaches = turn.context.config.vendors[one.vendor] !== undefined
  const sends = words !== '' || sendableAttachments(mail.content).length > 0
  if (sends && mail.content.defects.includes('oversized'))
    found.push({ line: '', code: 'oversized', command: undefined })
  // Nobody knows its address any more: words must not vanish as if they had been sent.
  if (sends && !isNote && !shares && !reaches)
    found.push({ line: '', code: 'vendor-gone', command: undefined })
  return found
}

function codeOf(turn: AgentTurn, name: VendorCommand['name'], one: TicketCase): MistakeCode | undefined {
  if (name === 'vendorlevel') return hasNextLevel(turn, one) ? undefined : 'no-vendor-level'
  return name === 'share' ? mistakenShare(one) : undefined
}

function doneOf(command: VendorCommand): VendorDone[] {
  switch (command.name) {
    case 'vendor':
      return []
    case 'share':
      return [{ what: 'share', value: '' }]
    case 'reference':
      return [{ what: 'reference', value: command.reference }]
    case 'vendorlevel':
      return [{ what: 'vendorlevel', value: command.reason }]
    case 'vendorclose':
      return [{ what: 'vendorclose', value: command.outcome }]
  }
}
