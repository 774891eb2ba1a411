/** A desk whose mails and letters are read as people read them: customers write, agents answer their notices. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Config, configSchema } from '../../../src/config/schema.ts'
import { agentToken } from '../../../src/desk/agent-token.ts'
import type { MailContent } from '../../../src/desk/mail-content.ts'
import { type TakenIn, takeIn } from '../../../src/intake/take-in.ts'
import { type ComposedLetter, composeLetter } from '../../../src/outbox/letter.ts'
import type { Letter } from '../../../src/store/generated/client.ts'
import { templatesOf } from '../../../src/templates.ts'
import { noon } from '../../desk/mail-example.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from '../desk.ts'

export const examples = join(import.meta.dirname, '../../../examples/procedures')

/** The request types of an example file. */
export function requestTypesIn(file: string): Record<string, unknown> {
  return parse(readFileSync(join(examples, file), 'utf8')).requestTypes
}

/** Support with two agents, accounting with one, and management, whose only member has a deputy. */
export function configWith(requestTypes: Record<string, unknown>, more: object = {}): Config {
  const { offices, agents, groups, mailboxes, smtp, company, secret } = deskConfig
  const { hamburg } = offices
  const { support } = mailboxes
  const day = ['08:30-17:00']
  return configSchema.parse({
    ...{ company, secret, requestTypes, templates: join(examples, 'templates') },
    offices: {
      hamburg: { ...hamburg, hours: { mon: day, tue: day, wed: day, thu: day, fri: day } },
    },
    groups: {
      ...groups,
      accounting: { name: 'Accounting', agents: ['clara'] },
      management: { name: 'Management', agents: ['doris'] },
    },
    agents: {
      ...agents,
      clara: { name: 'Clara Buch', addresses: ['clara@example.com'], language: 'de' },
      doris: { name: 'Doris Chef', addresses: ['doris@example.com'], language: 'en' },
    },
    mailboxes: { support },
    smtp,
    ...more,
  })
}

export interface ReadLetter extends ComposedLetter {
  readonly row: Letter
  /** The text without its line breaks. */
  readonly words: string
}

export interface ProcedureDesk extends TestDesk {
  /** A new mail of a customer. */
  write(address: string, mail: Partial<MailContent>): Promise<TakenIn>
  /** The customer's next mail on a ticket. */
  answer(address: string, ticketNumber: string, text: string): Promise<TakenIn>
  /** An agent's reply to a notice about a ticket, with all proofs. */
  order(agent: string, ticketNumber: string, text: string): Promise<TakenIn>
  /** Letters of a kind in the order in which they were written, rendered. */
  letters(where: { kind?: string; recipient?: string; template?: string }): Promise<readonly ReadLetter[]>
  pass(minutes: number): void
}

export async function openProcedureDesk(config: Config): Promise<ProcedureDesk> {
  let now = noon
  let uid = 0
  const desk = await openDesk(() => now, config)
  const templates = await templatesOf(config)
  const { deps, database } = desk
  async function bring(content: Partial<MailContent>): Promise<TakenIn> {
    now = now.add({ seconds: 1 })
    const [taken] = await takeIn(deps, [{ ...arrival(++uid, content), receivedAt: now }])
    if (!taken) throw new Error('a mail at a new position is always taken in')
    return taken
  }
  return {
    ...desk,
    write: (address, mail) => bring({ from: { address, name: '' }, ...proofOf(address), ...mail }),
    async answer(address, number, text) {
      const letter = await database.letter.findFirstOrThrow({
        where: { recipient: address, ticket: { number } },
        orderBy: { createdAt: 'desc' },
      })
      return bring({
        ...{ from: { address, name: '' }, subject: 'AW: Löschung', text, replyText: text },
        ...{ inReplyTo: [letter.messageId], references: [letter.messageId], ...proofOf(address) },
      })
    },
    order(agent, number, text) {
      const { addresses: [address = ''] = [], name = '' } = config.agents[agent] ?? {}
      const issuedOn = now.toZonedDateTimeISO('UTC').toPlainDate()
      const token = agentToken(config.secret, { agent, number, issuedOn })
      return bring({
        ...{ from: { address, name }, subject: `AW: [#${number}]`, text, replyText: text },
        ...{ to: [{ address: `support+${token}@example.com`, name: '' }], ...proofOf(address) },
      })
    },
    async letters(where) {
      const rows = await database.letter.findMany({ where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
      return rows.map(row => {
        const letter = composeLetter(row, config, templates, deps.offices)
        return { ...letter, row, words: letter.text.replace(/\s+/g, ' ') }
      })
    },
    pass(minutes) {
      now = now.add({ minutes })
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
