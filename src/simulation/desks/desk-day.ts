/**
 * A day at one of the example desks, in virtual time: its real configuration, letters and customers' books, real calls on
 * the simulated network, real mails through the real rules. A story says what people do; what follows is the gateway's.
 */
import { type ExampleDesk, loadExampleDesk } from '../../config/example-desks.ts'
import { type Config, configSchema } from '../../config/schema.ts'
import { trunksOf } from '../../desk/phone/lines.ts'
import type { Language } from '../../desk/ticket.ts'
import { importExampleBooks } from '../../example-books.ts'
import type { TakenIn } from '../../intake/take-in.ts'
import { openLog } from '../../log.ts'
import {
  type CallerScript,
  type PartyScript,
  type Step,
  unreachable,
} from '../../sandbox/telephone/actors.ts'
import type { NetCall } from '../../sandbox/telephone/net-call.ts'
import { openBlobStore } from '../../store/blobs.ts'
import type { ThrowAwayPlace } from '../throw-away-place.ts'
import { type DeskLetter, openVirtualDesk, type VirtualDesk } from '../virtual-desk.ts'
import type { HotlineAddresses } from '../virtual-hotline.ts'
import type { Written } from '../week/mails.ts'

export interface Person {
  readonly name: string
  readonly address: string
}

/** `phone` in international form. */
export interface Caller {
  readonly name: string
  readonly phone: string
}

/** A letter: this one, the newest of a kind, or the newest whose subject holds a number. */
export type Which = DeskLetter | string | { readonly kind?: string; readonly about: string }

/** What somebody did, in words for the account of the day. */
export interface Deed {
  readonly at: Temporal.Instant
  readonly what: string
}

export interface DeskDay extends VirtualDesk {
  readonly desk: ExampleDesk
  /** Of those who write and ring, where the story does not say otherwise, and of every agent. */
  readonly language: Language
  readonly timeZone: string
  /** What was done, oldest first; what came of it is in the ledger. */
  readonly deeds: readonly Deed[]
  /** The words in the language of the day. */
  say(german: string, english: string): string
  /** Wall time of the first office on the day of the story: "15:20"; or on another: "2026-11-25 08:31". */
  at(time: string): Temporal.Instant
  /** Lets time pass until then. */
  until(time: string): Promise<void>
  note(what: string): void
  /** A mail arrives; `to` is one of the desk's addresses. */
  mail(from: Person, to: string, subject: string, text: string, language?: Language): Promise<TakenIn>
  /** An agent presses Reply on a letter: the newest to that agent, or the given one. */
  answer(agent: string, text: string, letter?: Which): Promise<TakenIn>
  /** Somebody outside presses Reply on the newest letter to them, or on the given one. */
  answerAs(from: Person, text: string, letter?: Which): Promise<TakenIn>
  /** The letter to an address that is meant. Throws where there is none. */
  letterTo(address: string, which?: Which): Promise<DeskLetter>
  /** Letters to an agent, oldest first. */
  lettersTo(agent: string, kind?: string): Promise<readonly DeskLetter[]>
  /**
   * Somebody rings a line of the desk ("hotline") or an extension behind it ("hotline/12"), and does the steps when hearing
   * their words. It begins when time goes on.
   */
  ring(from: Caller, line: string, steps: readonly Step[], more?: Partial<CallerScript>): NetCall
  /** Who is behind the telephone of an agent from now on: one after the other, the last one staying. */
  phoneOf(agent: string, ...parties: readonly PartyScript[]): void
  /** Opens a page whose link stands in a letter, as a browser does; with `form` it is sent. Gives the page. */
  page(letter: DeskLetter | undefined, path: RegExp, form?: Readonly<Record<string, string>>): Promise<string>
}

export interface DayOptions extends ThrowAwayPlace {
  readonly language: Language
  /** That of the desk's story unless said otherwise; it begins before the offices open. */
  readonly day?: string
}

/** Ordinary Tuesdays, and the day before Ascension Day, which is followed by a bridge day in Hamburg and by none in Woking. */
const firstDays: Readonly<Record<ExampleDesk, string>> = {
  'vs-moebel': '2026-11-24',
  'hamburg-woking': '2026-05-13',
  'press-portal': '2026-11-24',
}

/** The caller closes it. Nobody picks up yet. Throws where the configuration or the books of the desk are wrong. */
export async function openDeskDay(
  desk: ExampleDesk,
  { language, databaseUrl, folder, day = firstDays[desk] }: DayOptions,
): Promise<DeskDay> {
  const written = await loadExampleDesk(desk)
  const timeZone = Object.values(written.offices)[0]?.timeZone ?? 'UTC'
  const begin = Temporal.PlainDateTime.from(`${day}T06:00`).toZonedDateTime(timeZone)
  const virtual = await openVirtualDesk({
    start: begin.toInstant(),
    seed: `${desk} ${language}`,
    compareMinutes: 240,
    ...{ databaseUrl, folder },
    blobs: await openBlobStore({ kind: 'files' }, folder),
    log: openLog('silent'),
    configure: addresses => onNetwork(written, language, addresses),
  })
  await importExampleBooks(virtual.database, desk, virtual.config)
  const { config, clock } = virtual
  for (const { name, phone } of Object.values(config.agents))
    if (phone !== undefined) virtual.network.connect(phone, unreachable(name, 'never'))
  const deeds: Deed[] = []
  const at = (time: string) => {
    const [day, clock] = time.split(' ')
    return clock === undefined
      ? begin.withPlainTime(time).toInstant()
      : Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(timeZone).toInstant()
  }
  const note = (what: string) => void deeds.push({ at: clock.now(), what })
  const agentNamed = (key: string) => {
    const agent = config.agents[key]
    if (!agent) throw new Error(`there is no agent ${key}`)
    return { name: agent.name, address: agent.addresses[0] ?? '', language: agent.language }
  }
  async function letterTo(address: string, which?: Which): Promise<DeskLetter> {
    if (typeof which === 'object' && 'messageId' in which) return which
    const wanted = typeof which === 'string' ? { kind: which } : { ...which }
    const fits = ({ kind, subject }: DeskLetter) =>
      (wanted.kind ?? kind) === kind && subject.includes('about' in wanted ? wanted.about : '')
    const found = (await virtual.letters(address)).findLast(fits)
    if (!found) throw new Error(`${address} has no letter ${JSON.stringify(wanted)}`)
    return found
  }
  const write = (mail: Written) => {
    note(`${mail.from.name} writes to ${plain(mail.to)}: ${mail.subject}\n${mail.text}`)
    return virtual.write(mail)
  }
  const replyAs = async (from: Person, text: string, which?: Which) => {
    const letter = await letterTo(from.address, which)
    note(`${from.name} answers "${letter.subject}":\n${text}`)
    return virtual.reply(letter, from, text)
  }
  return {
    ...virtual,
    ...{ desk, language, timeZone, deeds, note, letterTo },
    say: (german, english) => (language === 'de' ? german : english),
    at,
    until: time => virtual.runUntil(at(time)),
    mail: (from, to, subject, text, spoken = language) =>
      write({ from, to, subject, text, language: spoken }),
    answer: (key, text, letter) => replyAs(agentNamed(key), text, letter),
    answerAs: replyAs,
    ring({ name, phone }, line, steps, more = {}) {
      const [key = '', extension = ''] = line.split('/')
      const called = config.phone?.lines[key]
      if (called === undefined) throw new Error(`there is no line ${line}`)
      const trunk = extension === '' ? called.number : trunksOf(called).at(-1)
      note(`${name} rings ${line}`)
      const script = { pickUp: { after: 0 }, talks: 120, ...more, name, steps, from: phone }
      return virtual.network.call(script, `${trunk}${extension}`)
    },
    phoneOf(key, ...parties) {
      const phone = config.agents[key]?.phone
      if (phone === undefined) throw new Error(`the agent ${key} has no telephone`)
      virtual.network.connect(phone, ...parties)
    },
    async lettersTo(key, kind) {
      const letters = await virtual.letters(agentNamed(key).address)
      return kind === undefined ? letters : letters.filter(letter => letter.kind === kind)
    },
    async page(letter, path, form) {
      const [found] = path.exec(letter?.text ?? '') ?? []
      if (found === undefined) throw new Error(`no letter has a link like ${path}`)
      const body = form && new URLSearchParams(form)
      const request = fetch(`${virtual.url}${found}`, body ? { method: 'POST', body } : {})
      const response = await clock.during(request)
      const page = await response.text()
      if (!response.ok) throw new Error(`the page answered ${response.status}: ${page.slice(0, 500)}`)
      return page
    },
  }
}

/** Whatever carries its calls: the virtual network does today. Every agent reads the language of the day. */
function onNetwork(
  { phone, agents, ...rest }: Config,
  language: Language,
  { publicUrl, apiUrl, accountSid, authToken }: HotlineAddresses,
): Config {
  if (!phone) throw new Error('an example desk has a hotline')
  const provider = { kind: 'twilio', accountSid, authToken, apiUrl }
  const providers = Object.fromEntries(Object.keys(phone.providers).map(key => [key, provider]))
  // A house with two languages keeps them; in another one the agents and whoever they write to read that of the day.
  const spoken = new Set(Object.values(agents).map(agent => agent.language))
  const inLanguage = (entries: Readonly<Record<string, object>>) =>
    Object.fromEntries(
      Object.entries(entries).map(([key, one]) => [key, spoken.size > 1 ? one : { ...one, language }]),
    )
  return configSchema.parse({
    ...rest,
    http: { ...rest.http, publicUrl },
    agents: inLanguage(agents),
    vendors: inLanguage(rest.vendors),
    phone: { ...phone, publicUrl, providers },
  })
}

function plain(address: string): string {
  return address.replace(/\+[^@]*@/, '@')
}
