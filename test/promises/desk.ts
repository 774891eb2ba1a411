/** The whole desk in virtual time on a real database, for journeys of mails, promises and escalations. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { ticketPromises } from '../../src/console/promises.ts'
import { ticketDossier } from '../../src/console/tickets.ts'
import type { TakenIn } from '../../src/intake/take-in.ts'
import { openLog } from '../../src/log.ts'
import { type DeskLetter, openVirtualDesk, type VirtualDesk } from '../../src/simulation/virtual-desk.ts'
import { openBlobStore } from '../../src/store/blobs.ts'
import { cloneDatabase } from '../database.ts'
import { hotlineConfig, phones } from '../telephony/hotline.ts'

const both = (de: string, en: string) => ({ de, en })

/** Four levels of people: two agents, a specialist and a deputy for her, the head of support, the management. */
export const people = {
  anna: { name: 'Anna Fink', addresses: ['anna@example.com'], phone: phones.anna },
  bernd: { name: 'Bernd Ohm', addresses: ['bernd@example.com'], phone: phones.bernd },
  emma: { name: 'Emma Clarke', addresses: ['emma@example.com'], language: 'en', phone: phones.emma },
  clara: { name: 'Clara Voss', addresses: ['clara@example.com'], phone: '+491713920051', deputy: 'kim' },
  kim: { name: 'Kim Jansen', addresses: ['kim@example.com'], phone: '+491713920052' },
  dirk: { name: 'Dirk Harms', addresses: ['dirk@example.com'], phone: '+491713920053' },
  eva: { name: 'Eva Lorenz', addresses: ['eva@example.com'], phone: '+491713920054' },
} as const

export const groups = {
  support: { name: 'Support', agents: ['anna', 'bernd'] },
  uk: { name: 'Support UK', agents: ['emma'] },
  specialists: { name: 'Spezialisten', agents: ['clara'] },
  heads: { name: 'Leitung Support', agents: ['dirk'] },
  board: { name: 'Geschäftsleitung', agents: ['eva'] },
}

export const levels = {
  1: { name: both('Support', 'Support'), group: 'support' },
  2: { name: both('Spezialisten', 'Specialists'), group: 'specialists', acknowledgeMinutes: 30 },
  3: { name: both('Leitung Support', 'Head of support'), group: 'heads', acknowledgeMinutes: 30 },
  4: { name: both('Geschäftsleitung', 'Management'), group: 'board', acknowledgeMinutes: 60 },
}

/** An answer within two hours, an update every day; whatever is broken rises by one level. */
export const policy = {
  targets: [
    { when: { severity: 'stopped' }, firstResponse: 60, statusUpdate: 120, resolution: 480 },
    { when: {}, firstResponse: 120, statusUpdate: 510, resolution: 2550 },
  ],
  levels: [
    {
      when: { broken: ['first-response', 'callback'] },
      ...{ level: 'next', because: 'a promised time was missed' },
    },
    { when: { impact: 'financial-loss' }, level: 2, because: 'the customer loses money' },
  ],
}

export const petra = { address: 'petra@kunde.example.com', name: 'Petra Lindner' } as const

export interface DeskOptions {
  /** Sections of the configuration that take the place of those above. */
  readonly config?: Readonly<Record<string, unknown>>
  readonly phone?: object
}

export interface TestDesk extends VirtualDesk {
  readonly databaseUrl: string
  /** Wall time of Hamburg on the day on which the test begins, or on the given one. */
  at(time: string, day?: string): Temporal.Instant
  /** Lets time pass until then: "15:20", or "2026-11-25 08:31". */
  until(time: string): Promise<void>
  /** A customer's mail to support@example.com, in German. */
  mail(
    from: { readonly address: string; readonly name: string },
    subject: string,
    text: string,
  ): Promise<TakenIn>
  /** An agent answers a letter: the newest to that agent, or the given one. */
  answer(agent: keyof typeof people, text: string, letter?: DeskLetter): Promise<TakenIn>
  /** Opens the page behind an escalation's link, as a browser or a link scanner does; presses its button if told to. */
  openLink(letter: DeskLetter | undefined, press: 'and press' | 'only look'): Promise<string>
  /** Letters of a kind to an agent, oldest first. */
  lettersTo(agent: keyof typeof people, kind?: string): Promise<readonly DeskLetter[]>
  ticket(number: string): Promise<NonNullable<Awaited<ReturnType<typeof ticketDossier>>>>
  promises(number: string): Promise<NonNullable<Awaited<ReturnType<typeof ticketPromises>>>['promises']>
  /** Oldest first. */
  escalations(number: string): ReturnType<typeof escalationsOf>
}

/** `start` is wall time of Hamburg. Closed when the test ends; what no provider accepts fails it. */
export async function openDesk(
  start: string,
  { config = {}, phone = {} }: DeskOptions = {},
): Promise<TestDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-desk-'))
  const { url, drop } = await cloneDatabase()
  const begin = Temporal.PlainDateTime.from(start).toZonedDateTime('Europe/Berlin')
  const desk = await openVirtualDesk({
    start: begin.toInstant(),
    seed: 'test',
    compareMinutes: 120,
    databaseUrl: url,
    folder,
    blobs: await openBlobStore({ kind: 'files' }, folder),
    log: openLog('silent'),
    configure: addresses =>
      hotlineConfig(addresses, phone, { agents: people, groups, levels, policy, ...config }),
  })
  onTestFinished(async () => {
    await desk.close()
    await drop()
    await rm(folder, { recursive: true })
    if (desk.network.faults.length > 0)
      throw new AggregateError(desk.network.faults, 'the gateway did what no provider accepts')
  })
  const at = (time: string, day?: string) =>
    (day === undefined ? begin : Temporal.PlainDate.from(day).toZonedDateTime('Europe/Berlin'))
      .withPlainTime(time)
      .toInstant()
  const lettersTo = async (agent: keyof typeof people, kind?: string) => {
    const letters = await desk.letters(people[agent].addresses[0])
    return kind === undefined ? letters : letters.filter(letter => letter.kind === kind)
  }
  return {
    ...desk,
    ...{ databaseUrl: url, at, lettersTo },
    until(time) {
      const [day, clock] = time.split(' ')
      return desk.runUntil(clock === undefined ? at(time) : at(clock, day))
    },
    mail: (from, subject, text) =>
      desk.write({ from, to: 'support@example.com', subject, text, language: 'de' }),
    async answer(agent, text, letter) {
      const { name, addresses } = people[agent]
      const answered = letter ?? (await lettersTo(agent)).at(-1)
      if (!answered) throw new Error(`${agent} has no letter to answer`)
      return desk.reply(answered, { name, address: addresses[0] }, text)
    },
    async openLink(letter, press) {
      const [path = ''] = /\/ack\/[\w-]+/.exec(letter?.text ?? '') ?? []
      const method = press === 'and press' ? 'POST' : 'GET'
      const response = await desk.clock.during(fetch(`${desk.url}${path}`, { method }))
      if (!response.ok) throw new Error(`the page of ${path} answered ${response.status}`)
      return response.text()
    },
    ticket: async number => found(await ticketDossier(desk.database, number), number),
    promises: async number => found(await ticketPromises(desk.database, number), number).promises,
    escalations: number => escalationsOf(desk, number),
  }
}

function escalationsOf({ database }: VirtualDesk, number: string) {
  return database.escalation.findMany({ where: { ticket: { number } }, orderBy: { openedAt: 'asc' } })
}

function found<T>(value: T | undefined, number: string): T {
  if (value === undefined) throw new Error(`there is no ticket ${number}`)
  return value
}
