import type { Account } from '../accounts.ts'
import type { Sandbox } from '../sandbox.ts'
import { exampleFor } from './examples.ts'
import { type Clock, mailboxView, mailView } from './mailbox-view.ts'
import { MailLines, openMail, type ShownMail } from './read-mail.ts'
import { type ReplyDraft, replyDraft } from './reply-draft.ts'
import { type Sending, sendMail } from './send-mail.ts'
import type { SentForm } from './upload.ts'

const mostLines = 50
const mostPeople = 12
/** From here on a list of links is one to choose from. */
const manyAgents = 4

/** A request for a mailbox, person or mail that is not there, or that the page does not show. */
export class NotHere extends Error {
  override readonly name = 'NotHere'
}

/** What the page does with mail: whose mailbox it shows, what is in it, and sending as somebody. */
export class MailDesk {
  readonly sandbox: Sandbox
  readonly lines: MailLines
  readonly #clock: () => Clock

  constructor(sandbox: Sandbox, clock: () => Clock) {
    this.sandbox = sandbox
    this.lines = new MailLines(sandbox.world)
    this.#clock = clock
  }

  /** The column of a customer, with the `at`th example of a mail ready to be sent. */
  async customerColumn(customer: Account, at: number): Promise<object> {
    const people = this.customers()
    const example = exampleFor(customer, at, this.sandbox)
    return {
      people: [...people.slice(0, 3), ...people.slice(3).slice(-mostPeople)].map(person => ({
        ...person,
        path: `/sandbox/customer/${encodeURIComponent(person.address)}`,
        chosen: person.address === customer.address,
        spoken: person.language.toUpperCase(),
      })),
      compose: {
        ...example,
        from: customer,
        to: example.to ?? this.sandbox.world.list().find(({ role }) => role === 'support')?.address ?? '',
        another: `/sandbox/customer/${encodeURIComponent(customer.address)}?example=${at + 1}`,
      },
      mailbox: await this.mailbox(customer, 'INBOX'),
    }
  }

  /** Those who were there first come first. */
  customers(): readonly Account[] {
    return this.sandbox.world.list().filter(({ role }) => role === 'customer')
  }

  /** The column of that agent, or of the first one; with the mail of that UID opened, if it is there. */
  async agentColumn(address = '', uid = 0): Promise<object> {
    const agents = this.sandbox.world.list().filter(({ role }) => role === 'agent')
    const agent = agents.find(one => one.address === address) ?? agents[0]
    if (!agent) throw new NotHere('There is no agent.')
    const kept = uid > 0 && this.sandbox.world.folder(agent, 'INBOX').find(uid)
    const mail = kept ? await this.open(agent, 'INBOX', uid) : undefined
    const choices = agents.map(one => ({ name: one.name, address: one.address, chosen: one === agent }))
    const isMany = agents.length >= manyAgents
    return {
      agent,
      ...(isMany ? { choices } : { others: choices.filter(({ chosen }) => !chosen) }),
      mail: mail && mailView(agent, mail, 'rendered', this.#clock()),
      mailbox: await this.mailbox(agent, 'INBOX'),
    }
  }

  async mailbox(account: Account, folder: string): Promise<object> {
    return mailboxView(account, folder, await this.lines.list(account, folder, mostLines), this.#clock())
  }

  /** A customer or an agent; the desk's own mailbox belongs to the gateway and is not shown. */
  person(address: string): Account {
    const account = this.sandbox.world.find(address)
    if (!account || account.role === 'support') throw new NotHere('There is no such mailbox.')
    return account
  }

  async open(account: Account, folder: string, uid: number): Promise<ShownMail> {
    const mail = await openMail(this.sandbox.world, account, folder, uid)
    if (!mail) throw new NotHere('There is no such mail.')
    this.sandbox.mailboxes.markSeen(account, folder, uid)
    return mail
  }

  reply(account: Account, mail: ShownMail): ReplyDraft {
    return replyDraft(account, mail, this.#clock().timeZone)
  }

  /** Sends what a form says. The threading headers come from the mail that is answered: a form cannot make them up. */
  async send(from: Account, { fields, attachment }: SentForm): Promise<Sending> {
    const { to = '', subject = '', text = '', folder, uid } = fields
    const answers = folder && uid ? this.reply(from, await this.open(from, folder, Number(uid))) : undefined
    return await sendMail(this.sandbox.smtp, { from, to, subject, text, answers, attachment })
  }
}
