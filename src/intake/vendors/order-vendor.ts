import type { DoneLine } from '../../desk/agent-notice.ts'
import type { AgentCommand } from '../../desk/commands.ts'
import type { VendorCommand } from '../../desk/vendor/vendor-commands.ts'
import { isVendorCommand } from '../../desk/vendor/vendor-commands.ts'
import { sendableAttachments } from '../../desk/visible-attachments.ts'
import type { AgentTurn } from '../agent-turn.ts'
import type { TicketCase } from './ticket-vendors.ts'
import { casesOf, deviceOf, faultIn } from './vendor-mistakes.ts'
import type { ToldWords } from './vendor-orders.ts'

/** Plans what an agent's commands do at manufacturers. All of them are possible when this begins. */

/** `words` stand below the commands: with "#vendor" they go to the manufacturer, with "#share" to the customer. */
export function orderVendors(turn: AgentTurn, commands: readonly AgentCommand[], words: string): void {
  // Found before anything is ordered: the last one may close the case.
  const [one] = casesOf(turn)
  for (const command of commands) {
    if (command.name === 'vendor') open(turn, command, words)
    else if (one && isVendorCommand(command.name))
      orderOnCase(turn, command as VendorCommand, one, toldIn(turn, words))
  }
}

function open(
  turn: AgentTurn,
  command: Extract<VendorCommand, { readonly name: 'vendor' }>,
  words: string,
): void {
  const { plan, ticket, agent, inboundId } = turn
  const told = toldIn(turn, faultIn(turn, command, words))
  plan.vendorOrders.push({
    ...{ kind: 'open', ticketId: ticket.id, vendor: command.vendor, agent: agent.key },
    ...{ inboundId, device: deviceOf(turn), told },
  })
}

function toldIn({ mail }: AgentTurn, words: string): ToldWords {
  return { words, rawSha256: mail.rawSha256, attachments: sendableAttachments(mail.content) }
}

/** On a case that is known, from the ticket's thread or from its own. */
export function orderOnCase(
  { plan, agent, inboundId }: Pick<AgentTurn, 'plan' | 'agent' | 'inboundId'>,
  command: VendorCommand,
  { id, last }: Pick<TicketCase, 'id' | 'last'>,
  told: ToldWords,
): void {
  const by = { caseId: id, agent: agent.key, inboundId }
  switch (command.name) {
    case 'share':
      if (last) plan.vendorOrders.push({ ...by, kind: 'share', messageId: last.id, told })
      return
    case 'reference':
      plan.vendorOrders.push({ ...by, kind: 'reference', reference: command.reference })
      return
    case 'vendorlevel':
      plan.vendorOrders.push({ ...by, kind: 'raise', reason: command.reason })
      return
    case 'vendorclose': {
      const { outcome, rating, evaluation } = command
      plan.vendorOrders.push({ ...by, kind: 'close', outcome, rating, evaluation })
      return
    }
    case 'vendor':
      throw new Error('a case is opened from its ticket')
  }
}

/** What the receipt says of it. */
export function vendorDone({ context }: AgentTurn, command: VendorCommand): DoneLine {
  switch (command.name) {
    case 'vendor':
      return { what: 'vendor', value: context.config.vendors[command.vendor]?.name ?? command.vendor }
    case 'share':
      return { what: 'share' }
    case 'reference':
      return { what: 'reference', value: command.reference }
    case 'vendorlevel':
      return { what: 'vendorlevel', value: command.reason }
    case 'vendorclose':
      return { what: 'vendorclose', value: command.outcome, level: command.rating }
  }
}
