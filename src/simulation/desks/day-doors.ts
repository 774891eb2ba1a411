/** What is done neither by mail nor on the telephone network: by another system, and by agents at their desks. */
import { matterIn } from '../../channels/api/matters/matter-in.ts'
import { matterSchema } from '../../channels/api/matters/schemas.ts'
import { faultsOf } from '../../desk/matters/told-matter.ts'
import { castVote } from '../../intake/feedback/cast-vote.ts'
import { openMatter } from '../../intake/matters/open-matter.ts'
import { inTransaction } from '../../store/database.ts'
import type { DeskDay } from './desk-day.ts'

/** As POST /matters of the API has it, before its defaults. */
export interface DayMatter {
  readonly subject: string
  readonly text: string
  /** Left out: that of the day. */
  readonly language?: 'de' | 'en'
  readonly customer: { readonly name: string; readonly email?: string; readonly phone?: string }
  readonly channel?: 'form' | 'social' | 'chat' | 'in-person'
  readonly area?: string
  readonly requestType?: string
}

/** A client of the API posts it. Gives the number of the ticket. */
export async function postMatter(day: DeskDay, client: string, matter: DayMatter): Promise<string> {
  const { config, deeds, language } = day
  const { name, token } = config.api.clients[client] ?? {}
  if (token === undefined) throw new Error(`the API has no client ${client}`)
  day.note(`${name} posts a matter of ${matter.customer.name}: ${matter.subject}\n${matter.text}`)
  const request = fetch(`${day.url}/api/v1/matters`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      'idempotency-key': `${client}-${deeds.length}`,
    },
    body: JSON.stringify({ language, ...matter }),
  })
  const response = await day.clock.during(request)
  const answer = await response.text()
  if (response.status !== 201) throw new Error(`the API answered ${response.status}: ${answer}`)
  return (JSON.parse(answer) as { readonly number: string }).number
}

/** An agent writes down what somebody said in person. Gives the number of the ticket. */
export async function recordInPerson(day: DeskDay, agent: string, matter: DayMatter): Promise<string> {
  const { config, clock, deps, language } = day
  const [mailbox = ''] = Object.keys(config.mailboxes)
  const who = config.agents[agent]?.name ?? agent
  day.note(`${who} writes down what ${matter.customer.name} says: ${matter.subject}\n${matter.text}`)
  const told = matterIn(matterSchema.parse({ language, ...matter }), {
    ...{ channel: 'in-person', mailbox, by: { agent } },
    receivedAt: clock.now(),
  })
  const faults = faultsOf(told, config)
  if (faults.length > 0) throw new Error(`the matter is wrong: ${JSON.stringify(faults)}`)
  const { number } = await clock.during(openMatter(deps, told))
  return number
}

/** An agent has asked a customer by telephone how it went, and writes it down. Throws where nobody was to be asked. */
export async function recordSurvey(
  day: DeskDay,
  agent: string,
  ticket: string,
  said: { readonly score: number; readonly solved: boolean; readonly words: string },
): Promise<void> {
  const { config, clock, database, deps } = day
  const who = config.agents[agent]?.name ?? agent
  day.note(`${who} asks the customer of ticket ${ticket} by telephone: ${said.score} of 5\n${said.words}`)
  const asked = { ticket: { number: ticket }, phone: 'listed' }
  const { id: surveyId } = await database.survey.findFirstOrThrow({ where: asked })
  const vote = { ...said, wantsManager: false }
  const cast = { surveyId, vote, how: 'phone', by: agent, now: clock.now() } as const
  await clock.during(
    inTransaction(database, async tx => {
      await castVote(tx, deps, cast)
      await tx.survey.update({ where: { id: surveyId }, data: { phone: 'done' } })
    }),
  )
}

/** Somebody decides on the oldest suggestion that waits for it. Throws where none does. */
export async function decideSuggestion(
  day: DeskDay,
  agent: string,
  { state, remark }: { readonly state: 'considered' | 'adopted' | 'declined'; readonly remark: string },
): Promise<void> {
  const { config, clock, database } = day
  const { id, text } = await database.suggestion.findFirstOrThrow({
    where: { state: 'new' },
    orderBy: { at: 'asc' },
  })
  day.note(`${config.agents[agent]?.name ?? agent} decides on the suggestion "${text}": ${state}\n${remark}`)
  const decidedAt = new Date(clock.now().epochMilliseconds)
  await clock.during(
    database.suggestion.update({ where: { id }, data: { state, remark, decidedBy: agent, decidedAt } }),
  )
}
