import { describe, expect, it } from 'vitest'
import { readMail } from '../../../src/channels/mail/read-mail.ts'
import { type AgentVerdict, judgeAgentMail } from '../../../src/desk/agent-mail.ts'
import type { MailContent } from '../../../src/desk/mail-content.ts'
import { factsLike, mailLike, ticket } from '../../desk/mail-example.ts'
import { mailSource } from './mail-source.ts'
import {
  type Client,
  clients,
  notices,
  type Place,
  places,
  replyOf,
  sequence,
  type Tongue,
  tongues,
} from './quoting-clients.ts'

/** An agent answers a notice with every mail program we know: exactly the agent's words, or nothing, go out. */

const anna = { key: 'anna', name: 'Anna Petersen' }

async function judge(
  text: string,
  tongue: Tongue,
  changes: Partial<MailContent> = {},
): Promise<AgentVerdict> {
  const raw = mailSource({
    fields: {
      From: 'Anna Petersen <anna@example.com>',
      Subject:
        tongue === 'de' ? 'AW: [#1000018] Drucker druckt nicht' : 'RE: [#1000018] Printer does not print',
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Transfer-Encoding': '8bit',
    },
    body: text,
  })
  const read = await readMail(raw)
  const proof = [{ method: 'dmarc', result: 'pass', domain: 'example.com' }]
  const content = { ...read, authentication: { ...read.authentication, results: proof }, ...changes }
  const facts = factsLike({
    agent: anna,
    agentOfToken: anna.key,
    agentTicket: ticket,
    noticeTexts: [notices[tongue]],
  })
  return judgeAgentMail({ ...mailLike(), content }, facts)
}

const answers: Readonly<Record<Tongue, readonly string[]>> = {
  de: [
    'Guten Tag Frau Lindner,\n\nbitte öffnen Sie die Klappe und drücken Sie den grünen Hebel fest an.\n\nMit freundlichen Grüßen\nAnna Petersen',
    'Ja, bitte.',
    'Erledigt: Der Techniker kommt morgen um 9:30 Uhr.\nBitte halten Sie die Seriennummer bereit (Unterseite, beginnt mit SN).',
    'Hallo,\n\n1. Strom aus\n2. zehn Sekunden warten\n3. Strom an',
  ],
  en: [
    'Dear Ms Lindner,\n\nplease open the lid and push the green lever down firmly.\n\nKind regards\nAnna Petersen',
    'Yes, please.',
    'Done: our engineer will be with you tomorrow at 9:30.\nPlease have the serial number ready (underside, starts with SN).',
    'Hi,\n\n1. power off\n2. wait ten seconds\n3. power on',
  ],
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Lines of the notice that no agent writes by chance. */
const internalLines = (tongue: Tongue): readonly string[] =>
  notices[tongue]
    .split('\n')
    .map(line => flat(line.replace(/^> ?/, '')))
    .filter(line => line.split(' ').length >= 4 || line.includes('igx'))

function expectSafe(verdict: AgentVerdict, own: string, tongue: Tongue): void {
  if (verdict.kind === 'hold') return
  expect(verdict.kind).toBe('answer')
  const words = verdict.kind === 'answer' ? flat(verdict.words) : ''
  expect(words).toBe(flat(own))
  expect(internalLines(tongue).filter(line => words.includes(line))).toEqual([])
}

const table = clients.flatMap(client =>
  places.flatMap(place => tongues.map(tongue => [client.name, place, tongue, client] as const)),
)

describe('an answer from a mail client', () => {
  it.each(table)('%s, %s, %s: exactly the words, or held', async (_name, place, tongue, client) => {
    for (const own of answers[tongue]) {
      for (const split of [0.1, 0.3, 0.5, 0.7, 0.95])
        expectSafe(await judge(replyOf(client, place, tongue, own, split), tongue), own, tongue)
    }
  })

  const usual = table.filter(
    ([, place, , { head, breaks }]) => place === 'top' && head('de') !== '' && !breaks,
  )
  it.each(usual)(
    '%s, %s, %s: goes out, as most answers are written',
    async (_name, place, tongue, client) => {
      for (const own of answers[tongue]) {
        const verdict = await judge(replyOf(client, place, tongue, own, 0), tongue)
        expect(verdict).toMatchObject({ kind: 'answer', ticket, agent: anna })
        expect(verdict).toMatchObject({ words: own })
      }
    },
  )

  const inlineClients = ['Gmail', 'Thunderbird', 'Apple Mail', 'K-9']
  it.each(inlineClients)('%s: an answer between the quoted lines goes out', async name => {
    const client = clients.find(one => one.name === name)
    if (!client) throw new Error(`no client ${name}`)
    const verdict = await judge(replyOf(client, 'inline', 'de', 'Bitte den grünen Hebel drücken.', 0.6), 'de')
    expect(verdict).toMatchObject({ kind: 'answer', words: 'Bitte den grünen Hebel drücken.' })
  })

  it('is safe whatever is done to lines and words: 4000 mutated mails of a fixed seed', async () => {
    const random = sequence(20261124)
    const pick = <T>(list: readonly T[]): T => {
      const one = list[Math.floor(random() * list.length)]
      if (one === undefined) throw new Error('an empty list')
      return one
    }
    const kinds = new Map<string, number>()
    for (let run = 0; run < 4000; run++) {
      const client: Client = pick(clients)
      const place: Place = pick(places)
      const tongue = pick(tongues)
      const own = pick(answers[tongue])
      const text = mutated(replyOf(client, place, tongue, own, random()), own, random)
      const verdict = await judge(text, tongue)
      expectSafe(verdict, own, tongue)
      kinds.set(verdict.kind, (kinds.get(verdict.kind) ?? 0) + 1)
    }
    expect(kinds.get('answer')).toBeGreaterThan(100)
    expect(kinds.get('hold')).toBeGreaterThan(100)
  })
})

/** Damages the history and leaves the agent's words as they are: drops, doubles and unmarks lines, loses the head. */
function mutated(text: string, own: string, random: () => number): string {
  const at = text.indexOf(own)
  const damage = (part: string) =>
    part
      .split('\n')
      .flatMap(line => {
        // The line "… wrote:" is no internal text, and torn to pieces nobody can know it.
        const dice = /schrieb|wrote|^On |<support@example\.com>/.test(line) ? 1 : random()
        if (dice < 0.04) return []
        if (dice < 0.06) return [line, line]
        if (dice < 0.09) return [line.replace(/^> ?/, '')]
        if (dice < 0.11) return [line.slice(0, 30), line.slice(30)]
        return dice < 0.13 ? [`${line}\u00a0`] : [line]
      })
      .join('\n')
  return `${damage(text.slice(0, at))}${own}${damage(text.slice(at + own.length))}`
}
