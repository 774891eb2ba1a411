import { type output, type ZodObject, z } from 'zod'
import { faultsOf, type MatterFault, type ToldMatter } from '../../../desk/matters/told-matter.ts'
import { recordWords } from '../../../intake/matters/add-words.ts'
import { recordMatter } from '../../../intake/matters/open-matter.ts'
import { seesGroup } from '../clients.ts'
import { type Fault, Problem } from '../problem.ts'
import { type ApiDeps, type Asked, type Route, writeRoute } from '../route.ts'
import { noTicket } from '../tickets/routes.ts'
import { numberSchema } from '../tickets/schemas.ts'
import { attachmentsOf, readFiles, storeFiles } from './files.ts'
import { matterIn } from './matter-in.ts'
import { addedSchema, matterSchema, openedSchema, wordsSchema } from './schemas.ts'

/** Posting matters and further words on them. */

const open = writeRoute({
  method: 'post',
  url: '/matters',
  id: 'openMatter',
  tag: 'matters',
  scope: 'post',
  keyRequired: true,
  takesFiles: true,
  summary: 'Post a matter, which becomes a ticket',
  description:
    'As if the customer had written a mail: customers, area and kind of request are recognised, it is routed, promises are made, agents are told, and the customer gets a confirmation where an address is known and budgets allow it.',
  body: matterSchema,
  answers: {
    201: {
      description: 'The ticket is there, and what is promised.',
      schema: openedSchema,
      headers: { Location: 'Of the ticket.' },
    },
  },
  problems: [],
  async prepare(deps, asked) {
    matterOf(deps, asked)
    await storeFiles(deps.blobs, filesIn(asked.body, deps))
  },
  async write(deps, tx, asked) {
    const matter = matterOf(deps, asked)
    const { number, promises, confirmation } = await recordMatter(tx, deps, matter)
    return {
      status: 201,
      headers: { location: `/api/v1/tickets/${number}` },
      body: {
        number,
        promises: promises.map(({ kind, dueAt }) => ({ kind, dueAt: dueAt.toString() })),
        confirmation,
      },
      after: () => wakeAll(deps),
    }
  },
})

const say = writeRoute({
  method: 'post',
  url: '/tickets/{number}/words',
  id: 'addWords',
  tag: 'matters',
  scope: 'post',
  keyRequired: true,
  takesFiles: true,
  summary: 'Add what the customer says further',
  description:
    'As if the customer had answered by mail: agents are told, clocks that waited for the customer go on, and a closed ticket is opened again.',
  path: z.object({ number: numberSchema }),
  body: wordsSchema,
  answers: { 201: { description: 'The words are in the history.', schema: addedSchema } },
  problems: ['not-found'],
  async prepare(deps, { client, path, body, now }) {
    momentIn(body.receivedAt, now)
    const files = filesIn(body, deps)
    if (files.length === 0) return
    const group = await groupOf(deps, path.number)
    if (group === undefined || !seesGroup(client, group)) throw noTicket()
    await storeFiles(deps.blobs, files)
  },
  async write(deps, tx, { client, path, body, now }) {
    const added = await recordWords(tx, deps, {
      ...{ number: path.number, text: body.text, author: body.author, by: { client: client.key } },
      channel: body.channel ?? client.config.channel,
      maySee: ({ group }) => seesGroup(client, group),
      receivedAt: momentIn(body.receivedAt, now),
      files: attachmentsOf(filesIn(body, deps)),
    })
    if (added.kind === 'none') throw noTicket()
    return { status: 201, body: { number: added.number, result: added.kind }, after: () => wakeAll(deps) }
  },
})

type AskedMatter = Pick<Asked<ZodObject, ZodObject, typeof matterSchema>, 'client' | 'body' | 'now'>

/** Throws Problem for everything that is wrong with it. */
function matterOf(deps: ApiDeps, { client, body, now }: AskedMatter): ToldMatter {
  const matter = matterIn(body, {
    ...{ channel: client.config.channel, mailbox: client.config.mailbox, severity: null },
    ...{ by: { client: client.key }, receivedAt: momentIn(body.receivedAt, now) },
    files: attachmentsOf(filesIn(body, deps)),
  })
  const faults = faultsOf(matter, deps.config)
  if (faults.length > 0) throw refusal(faults)
  return matter
}

function filesIn(body: Pick<output<typeof matterSchema>, 'attachments'>, { config }: ApiDeps) {
  const read = readFiles(body.attachments, config)
  if ('faults' in read) throw refusal(read.faults)
  return read.files
}

/** Of the ticket, or of the one at the end of its merges. */
async function groupOf({ database }: ApiDeps, number: string): Promise<string | undefined> {
  const select = { group: true, mergedIntoId: true }
  let found = await database.ticket.findUnique({ where: { number }, select })
  while (found?.mergedIntoId)
    found = await database.ticket.findUnique({ where: { id: found.mergedIntoId }, select })
  return found?.group
}

function wakeAll({ nudge, wake }: ApiDeps): void {
  nudge()
  wake()
}

const oldestDays = 7
/** Clocks of other systems go wrong by that much, and nobody is refused for it. */
const aheadMinutes = 10

/** Throws Problem where promises could not count from then. */
function momentIn(text: string | undefined, now: Temporal.Instant): Temporal.Instant {
  if (text === undefined) return now
  const at = Temporal.Instant.from(text)
  const ago = now.since(at).total('minutes')
  if (ago < -aheadMinutes || ago > oldestDays * 24 * 60)
    throw refusal([
      { field: '/receivedAt', problem: 'It is in the future, or more than seven days ago.', allowed: [] },
    ])
  return ago < 0 ? now : at
}

function refusal(faults: readonly MatterFault[]): Problem {
  const errors = faults.map(({ field, problem, allowed }): Fault => {
    const remedy = allowed.length > 0 ? `Send one of: ${allowed.join(', ')}.` : 'Correct it, or leave it out.'
    return { in: 'body', field, problem, remedy }
  })
  return new Problem('invalid-request', `Please correct: ${errors.map(({ field }) => field).join(', ')}.`, {
    errors,
  })
}

export const matterRoutes: readonly Route[] = [open, say]
