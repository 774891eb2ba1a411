import type { DoneLine } from '../desk/agent-notice.ts'
import type { AgentCommand } from '../desk/commands.ts'
import { noticesOfAgent } from './agent-notices.ts'
import { type AgentTurn, addEntry } from './agent-turn.ts'
import { callbackWish } from './callback-wishes.ts'
import { changeTicket } from './joined-mail.ts'
import { dateOf } from './mail-rows.ts'
import { orderProcedure } from './procedures/procedure-orders.ts'
import { planMeasure } from './promises/documenting.ts'
import { highestLevel } from './promises/level-people.ts'
import { applyRoutingCommand } from './routing-effects.ts'
import { vendorDone } from './vendors/order-vendor.ts'

/** What commands do to a ticket. All are understood and possible when this begins. */

export interface Done {
  /** For the receipt; commands that are answered by a letter of their own leave none. */
  readonly lines: readonly DoneLine[]
  readonly assignedTo: string | undefined
}

/** Days for which the sender of spam gets no automatic mail: for good, as far as that goes. */
const spamDays = 3650

export function applyCommands(turn: AgentTurn, commands: readonly AgentCommand[]): Done {
  const lines = commands.flatMap(command => apply(turn, command) ?? [])
  const assigned = commands.find(command => command.name === 'assign')
  return { lines, assignedTo: assigned?.agent }
}

/** One command: the change, its line in the history, and what the receipt says of it. */
function apply(turn: AgentTurn, command: AgentCommand): DoneLine | undefined {
  const { plan, ticket, agent } = turn
  const change = (columns: Parameters<typeof changeTicket>[2]) => changeTicket(plan, ticket.id, columns)
  const told = (line: Omit<DoneLine, 'what'> = {}, text = ''): DoneLine => {
    addEntry(turn, `command-${command.name}`, text, { ...line })
    return { what: command.name, ...line }
  }
  switch (command.name) {
    case 'close':
      end(turn, 'resolved')
      return told()
    case 'wait':
      change({ state: 'waiting', waitingUntil: dateOf(command.until), closedAt: null })
      plan.promiseChanges.push({
        kind: 'pause',
        ticketId: ticket.id,
        waitsFor: 'customer',
        until: command.until,
      })
      return told({ at: command.until.toString() })
    case 'take':
      change({ assignee: agent.key })
      plan.acknowledgements.push({ ticketId: ticket.id, by: agent.key, how: 'command' })
      return told({ value: agent.key })
    case 'assign':
      change({ assignee: command.agent })
      tellAssigned(turn, command.agent)
      return told({ value: command.agent })
    case 'escalate':
      plan.escalations.push({
        ...{ ticketId: ticket.id, to: levelFor(turn, command.level), reason: command.reason },
        by: agent.key,
      })
      // Another group may have other times.
      plan.promiseChanges.push({ kind: 'retarget', ticketId: ticket.id, later: false })
      return told({ level: levelFor(turn, command.level), value: command.reason }, command.reason)
    case 'severity':
      change({ severity: command.severity })
      plan.promiseChanges.push({ kind: 'retarget', ticketId: ticket.id, later: true })
      return told({ value: command.severity })
    case 'customer-severity':
      change({ customerSeverity: command.severity })
      plan.promiseChanges.push({ ticketId: ticket.id, kind: 'retarget', later: true })
      return told({ value: command.severity })
    case 'impact':
      change({ impact: command.impact })
      plan.promiseChanges.push({ ticketId: ticket.id, kind: 'retarget', later: true })
      return told({ value: command.impact })
    case 'cause':
    case 'immediate':
    case 'corrective':
    case 'preventive':
    case 'redress':
    case 'result':
      return planMeasure(turn, command)
    case 'status':
      return { what: 'status', value: command.done }
    case 'pass':
      return { what: command.name, ...applyRoutingCommand(turn, command) }
    case 'area':
    case 'product':
      return told(applyRoutingCommand(turn, command))
    case 'callback':
      return told({
        value: command.phone,
        at: command.at?.toString() ?? null,
        ...promiseCall(turn, command.phone, command.at),
      })
    case 'called':
      return told({ value: command.remark, ...noteCalled(turn, command.remark) }, command.remark)
    case 'address':
      change({ customerAddress: command.address })
      plan.participants.push(customerAt(turn, command.address))
      return told({ value: command.address })
    case 'merge':
      merge(turn, command.number)
      return told({ value: command.number })
    case 'spam':
      end(turn, 'withdrawn')
      if (ticket.customerAddress !== '') plan.suppressions.push(spamSuppression(turn))
      return told({ value: ticket.customerAddress })
    case 'note':
      return { what: 'note' }
    case 'send':
      return { what: 'send' }
    case 'step':
    case 'approve':
    case 'refuse':
    case 'skip':
    case 'kind':
    case 'known':
    case 'solved':
      return orderProcedure(turn, command)
    case 'vendor':
    case 'share':
    case 'reference':
    case 'vendorlevel':
    case 'vendorclose':
      return vendorDone(turn, command)
    case 'suggestion':
      plan.suggestions.push({ ticketId: ticket.id, text: command.text, at: turn.context.now })
      return told({}, command.text)
    case 'why':
    case 'help':
      return undefined
  }
}

/** Where there are levels it ends at the highest, and the receipt must not name one that nobody is at. */
function levelFor({ context: { config } }: AgentTurn, wanted: number): number {
  return config.levels ? Math.min(wanted, highestLevel) : wanted
}

/** Closed, and no promise runs on for a matter that is done. An answer in the same mail keeps it first. */
function end(
  { plan, ticket, agent, context: { now } }: AgentTurn,
  result: 'resolved' | 'withdrawn',
  into?: string,
): void {
  changeTicket(plan, ticket.id, { state: 'resolved', closedAt: dateOf(now), waitingUntil: null })
  plan.endedPromises.push({ ticketId: ticket.id, how: result, at: now })
  const how = into === undefined ? 'closed' : 'joined'
  const ended = { ticketId: ticket.id, how, at: now, agent: agent.key, remark: '' } as const
  plan.endedCallbacks.push(into === undefined ? ended : { ...ended, into })
}

/** Without telephony the wish is written down, as it always was. */
function promiseCall(
  { plan, ticket, context }: AgentTurn,
  number: string,
  at: Temporal.Instant | null,
): Pick<DoneLine, 'due'> {
  const wish = callbackWish(ticket, number, at, context)
  if (!wish) return {}
  plan.callbackWishes.push(wish)
  changeTicket(plan, ticket.id, { customerPhone: number })
  return { due: wish.dueAt.toString() }
}

function noteCalled(
  { plan, ticket, agent, context: { now, surroundings } }: AgentTurn,
  remark: string,
): Pick<DoneLine, 'ended'> {
  plan.endedCallbacks.push({ ticketId: ticket.id, how: 'called', at: now, agent: agent.key, remark })
  return surroundings.callbacks.has(ticket.id) ? { ended: true } : {}
}

function customerAt({ ticket, context: { now } }: AgentTurn, address: string) {
  return { ticketId: ticket.id, address, name: ticket.customerName, role: 'customer', since: dateOf(now) }
}

/** Mails to this ticket go to the other one from now on; its history stays where it is. */
function merge(turn: AgentTurn, number: string): void {
  const target = turn.context.surroundings.named.get(number)
  if (target === undefined) throw new Error(`ticket ${number} was there when the command was understood`)
  end(turn, 'withdrawn', target)
  changeTicket(turn.plan, turn.ticket.id, { mergedIntoId: target })
}

function spamSuppression({ ticket, inboundId, context: { now } }: AgentTurn) {
  return {
    address: ticket.customerAddress.toLowerCase(),
    until: dateOf(now.add({ hours: spamDays * 24 })),
    reason: `ticket ${ticket.number} was closed as spam`,
    inboundId,
    since: dateOf(now),
  }
}

function tellAssigned({ plan, ticket, agent, mail, inboundId, context }: AgentTurn, to: string): void {
  if (to === agent.key) return
  const said = { author: agent.name, words: mail.content.replyText }
  plan.letters.push(...noticesOfAgent([to], 'assigned', ticket, mail, said, inboundId, context))
}
