import { type AgentToken, readAgentToken, type TokenHolder } from '../desk/agent-token.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { ticketNumberOf } from '../desk/reply-token.ts'
import { type SubjectNumber, subjectNumbers } from '../desk/subject-number.ts'
import { markedNumber } from '../desk/ticket-marker.ts'
import { isTicketNumber } from '../desk/ticket-number.ts'

/** By what a mail can tell its ticket's number, and the secret that signs it. */
export interface NumberSigns {
  readonly secret: string
  /** Reply addresses of all mailboxes, with {token} in them. */
  readonly patterns: readonly string[]
  /** tickets.format */
  readonly format: string
  readonly agents: readonly TokenHolder[]
  /** Who writes about cases at manufacturers; left out where none are configured. */
  readonly vendors?: readonly VendorAddresses[]
}

/** Where mails of a manufacturer come from, in lower case. */
export interface VendorAddresses {
  readonly key: string
  readonly addresses: readonly string[]
  /** With the @ before them. */
  readonly domains: readonly string[]
  /** What its reference numbers look like. */
  readonly reference: string | undefined
}

/** The ticket numbers that a mail tells, each by another sign. */
export interface NumbersTold {
  readonly token: string | undefined
  readonly marker: string | undefined
  readonly subject: readonly SubjectNumber[]
  readonly agent: AgentToken | undefined
  /** In what an agent wrote: tickets that a command may speak of are locked as well, or two merges could make a ring. */
  readonly named: readonly string[]
}

export function numbersTold(mail: InboundMail, signs: NumberSigns, now: Temporal.Instant): NumbersTold {
  const { secret, format, agents } = signs
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const readAgent = (pattern: string, address: string) =>
    readAgentToken(secret, pattern, address, today, agents)
  const agent = firstToken(mail, signs, readAgent)
  return {
    token: firstToken(mail, signs, (pattern, address) => ticketNumberOf(secret, pattern, address)),
    agent,
    named: agent ? commandNumbers(mail) : [],
    marker: markedNumber(secret, mail.content.text),
    subject: subjectNumbers(mail.content.subject, format),
  }
}

/** Addresses tried in one mail: each may cost a digest an agent, and a header holds ten thousand. */
const addressLimit = 50

function mayBe(pattern: string, address: string): boolean {
  const [before = ''] = pattern.toLowerCase().split('{token}')
  return address.toLowerCase().startsWith(before)
}

/** What the first genuine signed reply address says that a mail was sent to. */
export function firstToken<T>(
  { content }: InboundMail,
  { patterns }: NumberSigns,
  read: (pattern: string, address: string) => T | undefined,
): T | undefined {
  const all = [...content.to, ...content.cc].map(to => to.address).concat(content.deliveredTo)
  const addresses = [...new Set(all)].filter(address => patterns.some(pattern => mayBe(pattern, address)))
  for (const address of addresses.slice(0, addressLimit))
    for (const pattern of patterns) {
      const said = read(pattern, address)
      if (said !== undefined) return said
    }
  return undefined
}

export function allNumbers({ token, marker, agent, named, subject }: NumbersTold): string[] {
  return [token, marker, agent?.number, ...named, ...subject.map(({ number }) => number)].filter(
    number => number !== undefined,
  )
}

/** Also written as people write long numbers: "1 000 015". */
function commandNumbers({ content }: InboundMail): string[] {
  const numbers = content.replyText.slice(0, 2000).match(/\d[\d .-]{5,14}\d/g) ?? []
  return numbers
    .map(number => number.replace(/\D/g, ''))
    .filter(isTicketNumber)
    .slice(0, 10)
}
