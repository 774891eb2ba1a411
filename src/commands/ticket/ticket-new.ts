/** `gateway ticket new`: an agent writes down what somebody said in person, or any other matter that came by no door. */
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { attachmentsOf, readFiles, storeFiles } from '../../channels/api/matters/files.ts'
import { matterIn } from '../../channels/api/matters/matter-in.ts'
import { matterSchema } from '../../channels/api/matters/schemas.ts'
import type { Config } from '../../config/schema.ts'
import { readSeverity, type Severity } from '../../desk/command-arguments.ts'
import { entitlementWords } from '../../desk/customers/words.ts'
import { faultsOf, type MatterFault } from '../../desk/matters/told-matter.ts'
import { booksOfTicket, dayOf } from '../../intake/customers/entitlement-of-ticket.ts'
import { openMatter } from '../../intake/matters/open-matter.ts'
import { promiseDepsOf } from '../../intake/promises/promise-deps.ts'
import { inTransaction } from '../../store/database.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { columns, oneLine, wallTime } from '../terminal.ts'
import { type Place, timeZoneOf } from '../with-database.ts'
import { withDesk } from '../with-desk.ts'

/** As given on the command line; what is left out is left to the books, the words and the configuration. */
export interface NewTicketFlags {
  readonly by?: string
  readonly channel?: string
  readonly mailbox?: string
  readonly name?: string
  readonly email?: string
  readonly phone?: string
  readonly handle?: string
  readonly subject?: string
  readonly text?: string
  readonly area?: string
  readonly product?: string
  readonly type?: string
  readonly language?: string
  readonly severity?: string
  readonly customerSeverity?: string
  readonly serial?: string
  readonly known?: readonly string[]
  /** The matter is JSON, as for POST /matters of the API; flags count before it. */
  readonly stdin?: boolean
  readonly confirm?: boolean
}

/** Throws CommandFailed with everything that is wrong. */
export async function newTicket(place: Place, flags: NewTicketFlags, input: Readable): Promise<Answer> {
  const given = flags.stdin ? await jsonIn(input) : {}
  return withDesk(place, async ({ config, takeInDeps, blobs }) => {
    const agent = agentIn(flags.by, config)
    const severity = severityIn(flags.severity)
    const [mailbox = ''] = Object.keys(config.mailboxes)
    const now = takeInDeps.now()
    const read = matterSchema.safeParse(combined(given, flags))
    if (!read.success) throw new CommandFailed(`This is no matter yet:\n${z.prettifyError(read.error)}`)
    const { receivedAt } = read.data
    const matter = matterIn(read.data, {
      ...{ channel: 'in-person', mailbox, by: { agent }, severity },
      receivedAt: receivedAt === undefined ? now : Temporal.Instant.from(receivedAt),
    })
    const faults = faultLines(faultsOf(matter, config))
    if (Temporal.Instant.compare(matter.receivedAt, now) > 0) faults.push('receivedAt: It is in the future.')
    if (faults.length > 0) throw new CommandFailed(faults.join('\n'))
    const deps = promiseDepsOf(takeInDeps)
    const posted = readFiles(read.data.attachments, config)
    if ('faults' in posted) throw new CommandFailed(faultLines(posted.faults).join('\n'))
    await storeFiles(blobs, posted.files)
    const files = attachmentsOf(posted.files)
    const { ticketId, number, promises, confirmation } = await openMatter(deps, { ...matter, files })
    const office = config.mailboxes[matter.mailbox]?.office ?? ''
    const day = dayOf(now, { office }, config)
    const books = await inTransaction(deps.database, tx => booksOfTicket(tx, ticketId, day))
    const entitlement = books ? entitlementWords(books.entitlement, 'en', config.contracts) : ''
    const entitled = entitlement === '' ? '' : `\nEntitlement: ${oneLine(entitlement)}`
    const timeZone = timeZoneOf(place, office)
    const lines = promises.map(({ kind, dueAt }): [string, string] => [
      kind,
      wallTime(dueAt.toString(), timeZone),
    ])
    const told = confirmation.send
      ? 'The customer gets a confirmation by mail.'
      : `The customer gets no confirmation: ${confirmation.because}.`
    return {
      text: `Ticket ${number} is open. Promised:\n${columns(lines)}\n${told}${entitled}`,
      data: {
        ...{ number, confirmation, entitlement: books?.entitlement ?? null },
        promises: promises.map(({ kind, dueAt }) => ({ kind, dueAt: dueAt.toString() })),
      },
    }
  })
}

const faultLines = (faults: readonly MatterFault[]): string[] =>
  faults.map(
    ({ field, problem, allowed }) =>
      `${field.slice(1)}: ${problem}${allowed.length > 0 ? ` There are: ${allowed.join(', ')}.` : ''}`,
  )

/** In our own view, in the words that agents use in their mails. */
function severityIn(given: string | undefined): Severity | null {
  if (given === undefined) return null
  const read = readSeverity(given)
  if ('value' in read) return read.value
  throw new CommandFailed(`There is no severity "${given}". There are: stopped, hindered, minor.`)
}

function agentIn(key: string | undefined, { agents }: Config): string {
  if (key !== undefined && Object.hasOwn(agents, key)) return key
  const said = key === undefined ? 'Say with --by who writes it down.' : `There is no agent "${key}".`
  throw new CommandFailed(`${said} There are: ${Object.keys(agents).join(', ')}.`)
}

function combined(given: Readonly<Record<string, unknown>>, flags: NewTicketFlags): object {
  const { name, email, phone, handle, subject, text, area, product, channel, mailbox, language } = flags
  const known = (flags.known ?? []).map(pair => [
    pair.split('=', 1)[0] ?? '',
    pair.slice(pair.indexOf('=') + 1),
  ])
  const said = {
    subject,
    text,
    area,
    product,
    channel,
    mailbox,
    language,
    requestType: flags.type,
    serial: flags.serial,
  }
  const severity = flags.customerSeverity
  return {
    ...given,
    ...told({ ...said, severity }),
    customer: { ...objectIn(given.customer), ...told({ name, email, phone, handle }) },
    known: { ...objectIn(given.known), ...Object.fromEntries(known) },
    ...(flags.confirm === false ? { confirm: false } : {}),
  }
}

const objectIn = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})

const told = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

const mostBytes = 1_000_000

async function jsonIn(input: Readable): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of input) {
    const part = Buffer.from(chunk)
    bytes += part.length
    if (bytes > mostBytes) throw new CommandFailed('That is more than a megabyte.')
    chunks.push(part)
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  } catch {
    throw new CommandFailed('The input is not one JSON object, as POST /matters of the API takes it.')
  }
}
