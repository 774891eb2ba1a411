import type { Config } from '../config/schema.ts'
import type { MistakeCode } from '../desk/command-arguments.ts'
import { commandLine } from '../desk/command-words.ts'
import type { AgentCommand, Mistake } from '../desk/commands.ts'
import { type DialRefusal, judgeNumber } from '../desk/phone/destination.ts'
import { numberRulesOf } from '../desk/phone/lines.ts'
import type { Language, Ticket } from '../desk/ticket.ts'
import { lineOfTicket } from './callback-wishes.ts'

const codes: Readonly<Record<DialRefusal, MistakeCode>> = {
  'not-a-number': 'no-phone-number',
  emergency: 'number-emergency',
  short: 'number-short',
  own: 'number-own',
  premium: 'number-premium',
  kind: 'number-kind',
  country: 'number-country',
}

/** What a human may allow all the same, on the page from which it is rung: the others ring nobody, or ourselves. */
const allowable: ReadonlySet<DialRefusal> = new Set(['premium', 'kind', 'country'])

/**
 * A number that the guard would refuse when it is to be rung is refused when it is written: the promise would run until
 * then, and whoever wrote it would be gone. "#callback!" promises what a human may allow. Without telephony nobody rings.
 */
export function mistakenNumber(
  { phone, forced }: Extract<AgentCommand, { name: 'callback' }>,
  ticket: Ticket,
  config: Config,
  language: Language,
): Mistake[] {
  const from = config.phone && lineOfTicket(ticket, config)
  if (!from) return []
  const judged = judgeNumber(phone, numberRulesOf(config, from.office))
  if (judged.allowed || (forced && allowable.has(judged.reason))) return []
  const line = commandLine('callback', language, phone)
  return [{ line, code: codes[judged.reason], command: 'callback' }]
}
