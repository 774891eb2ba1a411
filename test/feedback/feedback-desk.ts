import { createHash } from 'node:crypto'
import { fingerprintOf, readMail } from '../../src/channels/mail/read-mail.ts'
import type { InboundMail } from '../../src/desk/inbound.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { type TakenIn, takeIn } from '../../src/intake/take-in.ts'
import type { DeskLetter } from '../../src/simulation/virtual-desk.ts'
import { takeInDepsOf } from '../../src/take-in-deps.ts'
import { mailSource } from '../channels/mail/mail-source.ts'
import { type DeskOptions, openDesk, petra, type TestDesk } from '../promises/desk.ts'

/** The desk with a manager, Dirk, who hears of dissatisfied customers. */
export interface FeedbackDesk extends TestDesk {
  /** A matter from its mail to its end; gives the ticket's number. */
  closedMatter(closing?: string, subject?: string): Promise<string>
  /** The last letter to Petra of a kind. */
  letter(kind: string): Promise<DeskLetter>
  /** As a browser or a link scanner does. */
  open(path: string): Promise<{ readonly status: number; readonly text: string }>
  /** Sends a form of the page, and shows what comes then. */
  send(
    path: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly text: string }>
  /** A raw mail of somebody's program, read as every mail is; it answers Petra's letter unless it says otherwise. */
  bring(letter: DeskLetter, fields: Readonly<Record<string, string>>, body: string): Promise<TakenIn>
  /** open, waiting or resolved, with the level. */
  standing(number: string): Promise<{ readonly state: string; readonly level: number }>
  surveys(number: string): ReturnType<typeof surveysOf>
  managerPromises(number: string): Promise<readonly { readonly state: string; readonly dueAt: string }[]>
}

const surveysOf = ({ database }: TestDesk, number: string) =>
  database.survey.findMany({ where: { ticket: { number } }, orderBy: { askedAt: 'asc' } })

export async function openFeedbackDesk(
  start = '2026-11-24T09:00',
  feedback: Readonly<Record<string, unknown>> = {},
  options: DeskOptions = {},
): Promise<FeedbackDesk> {
  const config = { feedback: { manager: 'heads', quietDays: 0, ...feedback }, ...options.config }
  const desk = await openDesk(start, { ...options, config })
  const show = async (path: string, init: RequestInit = {}) => {
    const response = await desk.clock.during(fetch(`${desk.url}${path}`, init))
    return { status: response.status, text: await response.text() }
  }
  const takeInDeps = takeInDepsOf(desk.config, {
    ...{ database: desk.database, now: desk.deps.now, log: desk.deps.log, nudge: desk.deps.nudge },
    callbacksChanged: async () => {},
  })
  let uid = 500_000n
  return {
    ...desk,
    async bring(letter, fields, body) {
      uid += 1n
      const raw = mailSource({
        fields: {
          ...{
            From: `${petra.name} <${petra.address}>`,
            To: letter.replyTo,
            Subject: `AW: ${letter.subject}`,
          },
          ...{ 'Message-ID': `<raw${uid}@kunde.example.com>`, 'In-Reply-To': letter.messageId },
          ...fields,
        },
        body,
      })
      const rawSha256 = createHash('sha256').update(raw).digest('hex')
      const read = await readMail(raw)
      const authentication: MailContent['authentication'] = {
        ...{ from: [petra.address], fromDomain: 'kunde.example.com', sender: [], results: [] },
        ...{ internal: false, dkim: 'pass' },
      }
      const content = { ...read, authentication }
      const mail: InboundMail = {
        ...{ kind: 'mail', rawSha256, size: raw.length, receivedAt: desk.deps.now(), content },
        position: { mailbox: 'support', folder: 'INBOX', uidValidity: 1n, uid },
        fingerprint: fingerprintOf(content, rawSha256),
      }
      const [taken] = await desk.clock.during(takeIn(takeInDeps, [mail]))
      if (!taken) throw new Error('a mail at a new position is always taken in')
      desk.deps.wake()
      return taken
    },
    async closedMatter(
      closing = '#ergebnis Der Drucker druckt wieder.\n#erledigt',
      subject = 'Drucker druckt nicht',
    ) {
      const { ticketNumber = '' } = await desk.mail(petra, subject, 'Guten Tag, der Drucker druckt nicht.')
      const taken = await desk.answer('anna', closing)
      if (taken.outcome !== 'agent-mail') throw new Error(`the closing was taken in as ${taken.outcome}`)
      return ticketNumber
    },
    async letter(kind) {
      const found = (await desk.letters(petra.address)).findLast(one => one.kind === kind)
      if (!found) throw new Error(`Petra has no letter of the kind ${kind}`)
      return found
    },
    open: path => show(path),
    send: (path, fields) => show(path, { method: 'POST', body: new URLSearchParams(fields) }),
    standing: number =>
      desk.database.ticket.findUniqueOrThrow({ where: { number }, select: { state: true, level: true } }),
    surveys: number => surveysOf(desk, number),
    async managerPromises(number) {
      const found = await desk.promises(number)
      return found.filter(({ kind }) => kind === 'manager-contact')
    },
  }
}

/** Paths of the survey, and of the way to the manager, in a letter. */
export const surveyPath = ({ text }: DeskLetter): string => /\/feedback\/s[\w-]+/.exec(text)?.[0] ?? ''
export const managerPath = ({ text }: DeskLetter): string => /\/feedback\/m[\w-]+/.exec(text)?.[0] ?? ''
