/** Mails at the desk of a hotline: on the same ledger, with the same clock, through the gateway's own parts. */

import { readMail } from '../../src/channels/mail/read-mail.ts'
import { agentToken } from '../../src/desk/agent-token.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { hangUpCalls } from '../../src/intake/calls/after-event.ts'
import type { CallDeps } from '../../src/intake/calls/call-deps.ts'
import { mailboxFactsOf } from '../../src/intake/mailbox-facts.ts'
import { type TakeInDeps, type TakenIn, takeIn } from '../../src/intake/take-in.ts'
import { composeLetter, mimeOf } from '../../src/outbox/letter.ts'
import { builtInTemplates, loadTemplates } from '../../src/templates.ts'
import { arrival } from '../intake/desk.ts'
import type { HotlineTest } from './hotline.ts'

const templates = await loadTemplates([builtInTemplates])

/** A letter as its reader sees it. */
export interface ReadLetter {
  readonly kind: string
  readonly subject: string
  readonly text: string
  readonly content: MailContent
}

export interface MailDesk {
  /** Somebody writes to support@example.com. */
  write(
    from: { readonly address: string; readonly name: string },
    mail: Partial<MailContent>,
  ): Promise<TakenIn>
  /** A customer's reply to a letter, as mail programs write it. */
  reply(
    to: ReadLetter,
    from: { readonly address: string; readonly name: string },
    text: string,
  ): Promise<TakenIn>
  /** An agent's reply to a notice about a ticket, with all proofs. */
  order(agent: string, ticketNumber: string, text: string): Promise<TakenIn>
  /** Letters to an address, oldest first. */
  letters(recipient: string): Promise<readonly ReadLetter[]>
}

export function openMailDesk(hotline: HotlineTest): MailDesk {
  const { config, database, deps: phone, clock } = hotline
  let uid = 0
  const now = () => clock.now()
  const besides: Promise<void>[] = []
  const hanging: CallDeps = { ...phone, beside: work => void besides.push(work) }
  const deps: TakeInDeps = {
    ...{ config, database, now, log: phone.log, offices: phone.offices, nudge: () => {} },
    mailboxFacts: mailboxFactsOf(config),
    callbacksChanged: hangUps => hangUpCalls(hanging, hangUps),
  }
  async function bring(content: Partial<MailContent>): Promise<TakenIn> {
    const mail = { ...arrival(++uid, content), receivedAt: now() }
    const [taken] = await clock.during(takeIn(deps, [mail]))
    await clock.during(Promise.all(besides.splice(0)))
    if (!taken) throw new Error('a mail at a new position is always taken in')
    return taken
  }
  return {
    write: (from, mail) => bring({ from, ...proofOf(from.address), ...mail }),
    reply: (to, from, text) =>
      bring({
        ...{ from, subject: `AW: ${to.subject}`, text, replyText: text, ...proofOf(from.address) },
        to: to.content.replyTo,
        inReplyTo: to.content.messageId ? [to.content.messageId] : [],
        references: [...to.content.references, to.content.messageId].filter(id => id !== null),
      }),
    order(agent, number, text) {
      const { addresses = [], name = '' } = config.agents[agent] ?? {}
      const [address = ''] = addresses
      const issuedOn = now().toZonedDateTimeISO('UTC').toPlainDate()
      const token = agentToken(config.secret, { agent, number, issuedOn })
      return bring({
        ...{
          from: { address, name },
          subject: `AW: [#${number}]`,
          text,
          replyText: text,
          ...proofOf(address),
        },
        to: [{ address: `support+${token}@example.com`, name: '' }],
      })
    },
    async letters(recipient) {
      const rows = await database.letter.findMany({ where: { recipient }, orderBy: { createdAt: 'asc' } })
      return Promise.all(
        rows.map(async row => {
          const composed = composeLetter(row, config, templates, phone.offices)
          const content = await readMail(await mimeOf(composed))
          return { kind: row.kind, subject: content.subject, text: content.text, content }
        }),
      )
    },
  }
}

/** What a mail server that checked it writes on top. */
function proofOf(address: string): Pick<MailContent, 'authentication'> {
  const domain = address.slice(address.indexOf('@') + 1)
  return {
    authentication: {
      ...{ from: [address], fromDomain: domain, sender: [], internal: false, dkim: 'unknown' },
      results: [{ method: 'dmarc', result: 'pass', domain }],
    },
  }
}
