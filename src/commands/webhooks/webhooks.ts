/** The webhooks of all clients for a terminal: which is stuck, since when, and what its endpoint says. */
import type { Database, Tx } from '../../store/database.ts'
import type { WebhookEndpoint } from '../../store/generated/client.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { columns, indented, oneLine, wallTime } from '../terminal.ts'
import { type Place, timeZoneOf, withDatabase } from '../with-database.ts'

interface Waiting {
  readonly waiting: number
  readonly failed: number
  /** Of the event that waits longest, with what the endpoint said to it last. */
  readonly oldest: string | null
  readonly lastResult: string | null
  readonly nextTryAt: string | null
}

export type WebhookLine = ReturnType<typeof lineOf>

export async function listWebhooks(place: Place): Promise<Answer> {
  const lines = await withDatabase(place, async db => {
    const endpoints = await db.webhookEndpoint.findMany({
      where: { state: { not: 'deleted' } },
      orderBy: [{ failingSince: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }, { id: 'asc' }],
    })
    return Promise.all(endpoints.map(async one => lineOf(one, await waitingOf(db, one.id))))
  })
  const text = lines.map(one => lineText(one, place)).join('\n')
  return { text: text || 'No client has a webhook.', data: lines }
}

/** Throws CommandFailed for an id that is none, or the beginning of two. */
export async function showWebhook(place: Place, argument: string, limit: number): Promise<Answer> {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new CommandFailed('--limit is a number from 1 to 1000.')
  return withDatabase(place, async db => {
    const endpoint = await webhookNamed(db, argument)
    const line = lineOf(endpoint, await waitingOf(db, endpoint.id))
    const rows = await db.webhookDelivery.findMany({
      where: { endpointId: endpoint.id },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
    })
    const deliveries = rows.map(({ id, state, createdAt, tries, result, wakeAt }) => ({
      ...{ webhookId: id, state, happenedAt: createdAt.toISOString(), tries, result },
      nextTryAt: state === 'queued' ? (wakeAt?.toISOString() ?? null) : null,
    }))
    const timeZone = timeZoneOf(place, undefined)
    const told = deliveries.map(({ webhookId, state, happenedAt, tries, result }): [string, string] => {
      const said = result === null ? '' : `: ${oneLine(result, 80)}`
      return [wallTime(happenedAt, timeZone), `${webhookId} ${state}, ${triesWords(tries)}${said}`]
    })
    const events = told.length === 0 ? 'No events yet.' : columns(told)
    const text = `${lineText(line, place)}\n  hears of: ${line.types.join(', ')}\n\n${events}`
    return { text, data: { ...line, deliveries } }
  })
}

const triesWords = (tries: number) => (tries === 1 ? '1 try' : `${tries} tries`)

/** By the beginning of its id, as lists of commits are used. */
export async function webhookNamed(database: Database | Tx, argument: string): Promise<WebhookEndpoint> {
  const begins = argument.trim().toLowerCase()
  if (!/^[0-9a-f-]{1,36}$/.test(begins))
    throw new CommandFailed(`"${argument}" is no id of a webhook; \`gateway webhooks list\` shows them.`)
  const all = await database.webhookEndpoint.findMany({ where: { state: { not: 'deleted' } } })
  const found = all.filter(({ id }) => id.startsWith(begins))
  const [only] = found
  if (!only) throw new CommandFailed(`There is no webhook ${begins}; \`gateway webhooks list\` shows them.`)
  if (found.length > 1)
    throw new CommandFailed(
      `${begins} is the beginning of ${found.length} ids: ${found.map(({ id }) => id).join(', ')}`,
    )
  return only
}

async function waitingOf(database: Database, endpointId: string): Promise<Waiting> {
  const [waiting, failed, oldest] = await Promise.all([
    database.webhookDelivery.count({ where: { endpointId, state: { in: ['queued', 'sending'] } } }),
    database.webhookDelivery.count({ where: { endpointId, state: 'failed' } }),
    database.webhookDelivery.findFirst({
      where: { endpointId, state: { in: ['queued', 'sending'] } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
  ])
  return {
    ...{ waiting, failed, oldest: oldest?.createdAt.toISOString() ?? null },
    ...{ lastResult: oldest?.result ?? null, nextTryAt: oldest?.wakeAt?.toISOString() ?? null },
  }
}

function lineOf(endpoint: WebhookEndpoint, waiting: Waiting) {
  const { id, client, url, types, state, createdAt, failingSince } = endpoint
  const since = failingSince?.toISOString() ?? null
  return {
    id,
    client,
    url,
    types,
    state,
    createdAt: createdAt.toISOString(),
    failingSince: since,
    ...waiting,
  }
}

/** Whoever reads this wants to know first whether anything is wrong. */
function lineText(one: WebhookLine, place: Place): string {
  const timeZone = timeZoneOf(place, undefined)
  const name = place.config?.api.clients[one.client]?.name ?? `${one.client}, not in the configuration`
  const told = [
    stateWords(one, timeZone),
    `${one.waiting} waiting${one.oldest ? `, the oldest since ${wallTime(one.oldest, timeZone)}` : ''}`,
    ...(one.lastResult ? [`last answer: ${oneLine(one.lastResult, 200)}`] : []),
    ...(one.state === 'active' && one.failingSince && one.nextTryAt
      ? [`next try ${wallTime(one.nextTryAt, timeZone)}`]
      : []),
    ...(one.failed > 0 ? [`${one.failed} given up (\`gateway webhooks replay\` sends them again)`] : []),
  ]
  return `${one.id} ${oneLine(name)}: ${oneLine(one.url, 200)}\n${indented(told.join('\n'), 2)}`
}

function stateWords({ state, failingSince }: WebhookLine, timeZone: string): string {
  const failing = failingSince && `failing since ${wallTime(failingSince, timeZone)}`
  if (state === 'paused') return failing ? `PAUSED by the gateway, ${failing}` : 'paused by its owner'
  return failing ? `ACTIVE, ${failing}` : 'active'
}
