import { isOpen, nextOpening, type Office } from '../../desk/office-hours.ts'
import type { CallbackTaskData } from '../../desk/phone/notice-data.ts'
import type { Chance } from '../../sandbox/telephone/chance.ts'
import { callNowPath, pressCallNow } from '../call-now.ts'
import type { LetterBox, ReadLetter } from '../read-letters.ts'
import type { VirtualHotline } from '../virtual-hotline.ts'
import { draw, spell } from './draw.ts'
import type { Postbox } from './mails.ts'
import type { DeskAgent } from './options.ts'

/** Agents at their mail: they ring back by the link or by hand, answer, forget, and are at lunch. */

export interface Desk {
  readonly hotline: VirtualHotline
  readonly office: Office
  readonly agents: readonly DeskAgent[]
  readonly letters: LetterBox
  readonly postbox: Postbox
  readonly chance: Chance
}

/** Nobody looks at their mail more often. */
const glanceSeconds = 60
/** Minutes until the half of the letters has been acted on, and the longest. */
const callbackMinutes = [9, 70] as const
const answerMinutes = [35, 240] as const
/** An agent who speaks looks again later. */
const busyMinutes = 4

type Work = (minutesLater: (minutes: number) => void) => Promise<void>

/** Begins to look at the letters once a minute while the office is open. */
export function openDeskWork({ hotline, office, agents, letters, postbox, chance }: Desk): void {
  const { clock, network, config } = hotline
  const row = chance.row('desk work')
  const answered = new Set<string>()

  function glance(): void {
    const now = clock.now()
    const next = isOpen(now, office) ? now.add({ seconds: glanceSeconds }) : nextOpening(now, office)
    clock.at(next, () => void clock.during(look()).then(glance))
  }

  async function look(): Promise<void> {
    for (const one of await letters.fresh()) {
      const agent = agents.find(({ address }) => address === one.letter.recipient)
      if (agent && one.letter.template === 'callback-task') seeToCallback(agent, one)
      if (agent && one.letter.template === 'agent-notice') seeToMail(agent, one)
    }
  }

  /** So many minutes from now, but at work, not at lunch, and not in the middle of a call. */
  function soon(agent: DeskAgent, minutes: number, work: Work): void {
    const at = clock.now().add({ seconds: Math.round(minutes * 60) })
    const when = isOpen(at, office)
      ? at
      : nextOpening(at, office).add({ seconds: Math.round(row.between(60, 900)) })
    clock.at(when, () => {
      const again = (more: number) => soon(agent, more, work)
      if (isAway(agent.key) || speaks(agent)) again(busyMinutes)
      else void clock.during(work(again))
    })
  }

  function isAway(key: string): boolean {
    const day = clock.now().toZonedDateTimeISO(office.timeZone)
    const { breaks = [], absences = [] } = config.agents[key] ?? {}
    const date = day.toPlainDate().toString()
    const time = day.toPlainTime().toString().slice(0, 5)
    const within = (span: string) => time >= span.slice(0, 5) && time < span.slice(6)
    return absences.some(({ from, to }) => from <= date && date <= to) || breaks.some(within)
  }

  const speaks = ({ phone }: DeskAgent) =>
    network
      .calls()
      .some(({ to, endedAt, startedAt }) => to === phone && startedAt !== null && endedAt === null)

  function seeToCallback(agent: DeskAgent, one: ReadLetter): void {
    const { callbackId } = one.letter.data as unknown as CallbackTaskData
    const how = draw(row, [
      [68, 'link'],
      [20, 'by-hand'],
      [12, 'forgets'],
    ] as const)
    const minutes = spell(row, ...callbackMinutes)
    if (how === 'forgets') return
    soon(agent, minutes, async () => {
      const callback = await hotline.database.callback.findUniqueOrThrow({ where: { id: callbackId } })
      if (callback.state !== 'owed' || isWaiting(callback.retryAt)) return
      if (how === 'link') await pressLink(one)
      else soon(agent, row.between(3, 7), () => reply(agent, one, '#angerufen Gesprochen und gelöst.'))
    })
  }

  /** The gateway rings again by itself. */
  const isWaiting = (retryAt: Date | null) =>
    retryAt !== null && retryAt.getTime() > clock.now().epochMilliseconds

  async function pressLink(one: ReadLetter): Promise<void> {
    const path = callNowPath(one.read().text ?? '')
    if (path !== undefined) await pressCallNow(hotline, path)
  }

  /** All of the group are told of a new mail; whoever comes first answers it. */
  function seeToMail(agent: DeskAgent, one: ReadLetter): void {
    const { ticketId } = one.letter
    soon(agent, spell(row, ...answerMinutes), async () => {
      if (ticketId === null || answered.has(ticketId)) return
      answered.add(ticketId)
      await reply(agent, one, 'Guten Tag,\n\nbitte starten Sie den Dienst neu, dann läuft er wieder.')
    })
  }

  async function reply(agent: DeskAgent, { letter, read }: ReadLetter, text: string): Promise<void> {
    const { subject, replyTo } = read()
    const { address: to = '' } = replyTo as { readonly address?: string }
    const from = { address: agent.address, name: agent.name }
    await postbox.post({
      from,
      to,
      subject: `AW: ${subject}`,
      text,
      inReplyTo: letter.messageId,
      language: 'de',
    })
  }

  glance()
}
