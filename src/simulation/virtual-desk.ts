/**
 * The whole desk in a time of its own: the virtual hotline, and on the same clock the mails that come in, the letters
 * that wait for their readers, the promises that run and the matters that rise. Journeys of the tests stand on this.
 */

import { wakeReports } from '../figures/mail/send-reports.ts'
import { hangUpCalls } from '../intake/calls/after-event.ts'
import { wakeEscalations } from '../intake/promises/wake-escalations.ts'
import { wakeGuarantees } from '../intake/promises/wake-guarantees.ts'
import type { TakenIn } from '../intake/take-in.ts'
import { wakeVendorCases } from '../intake/vendors/wake-vendor-cases.ts'
import { claimDue } from '../outbox/claim.ts'
import { type ComposedLetter, composeLetter } from '../outbox/letter.ts'
import { settleLetters } from '../outbox/settle.ts'
import type { Letter } from '../store/generated/client.ts'
import { takeInDepsOf } from '../take-in-deps.ts'
import { type Templates, templatesOf } from '../templates.ts'
import {
  type HotlineSettings,
  openVirtualHotline,
  type Round,
  type VirtualHotline,
} from './virtual-hotline.ts'
import { openPostbox, type Written } from './week/mails.ts'

export interface VirtualDesk extends VirtualHotline {
  /** Somebody's mail arrives. */
  write(mail: Written): Promise<TakenIn>
  /** Somebody answers a letter, to the address that it asks for answers at. */
  reply(letter: DeskLetter, from: Written['from'], text: string): Promise<TakenIn>
  /** Everything that was written to an address, oldest first. */
  letters(recipient: string): Promise<readonly DeskLetter[]>
}

/** A letter as its reader sees it. */
export interface DeskLetter extends Pick<Letter, 'kind' | 'language' | 'recipient' | 'messageId'> {
  readonly at: Temporal.Instant
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly replyTo: string
}

export async function openVirtualDesk(settings: Omit<HotlineSettings, 'rounds'>): Promise<VirtualDesk> {
  const wording: { templates?: Templates } = {}
  const rounds = [
    ...[wakeGuarantees, wakeEscalations, wakeVendorCases, wakeReports],
    mailServer(() => templatesIn(wording)),
  ]
  const hotline = await openVirtualHotline({ ...settings, rounds })
  const { config, database, deps, clock } = hotline
  const templates = await templatesOf(config)
  wording.templates = templates
  const postbox = openPostbox(
    takeInDepsOf(config, {
      ...{ database, now: deps.now, log: deps.log, nudge: deps.nudge },
      callbacksChanged: hangUps => hangUpCalls(deps, hangUps),
    }),
  )
  async function write(mail: Written): Promise<TakenIn> {
    const taken = await clock.during(postbox.post(mail))
    deps.wake()
    return taken
  }
  const read = (letter: Letter) => readLetter(letter, composeLetter(letter, config, templates, deps.offices))
  return {
    ...hotline,
    write,
    reply({ subject, replyTo, messageId, language }, from, text) {
      const mark = language === 'de' ? 'AW' : 'Re'
      return write({
        ...{ from, text, to: replyTo, subject: `${mark}: ${subject}`, inReplyTo: messageId },
        language: language === 'de' ? 'de' : 'en',
      })
    },
    async letters(recipient) {
      const rows = await database.letter.findMany({
        where: { recipient },
        orderBy: [{ createdAt: 'asc' }, { ticket: { sequence: 'asc' } }, { kind: 'asc' }],
      })
      return rows.map(read)
    },
  }
}

const claimant = 'the mail server of the virtual desk'
const mostAtOnce = 50

/** Takes every letter at once. A letter that cannot be rendered is a fault, and ends the journey. */
/** The letters belong to the configuration, which is made while the hotline opens; nothing is sent before. */
function templatesIn({ templates }: { readonly templates?: Templates }): Templates {
  if (!templates) throw new Error('nothing is sent before the desk is open')
  return templates
}

function mailServer(templatesOfDesk: () => Templates): Round {
  return async ({ database, config, offices, now }) => {
    for (;;) {
      const letters = await claimDue(database, claimant, now(), mostAtOnce)
      if (letters.length === 0) return { nextAt: null }
      const sent = letters.map(letter => {
        const { subject, text } = composeLetter(letter, config, templatesOfDesk(), offices)
        const accepted = { state: 'sent', attempts: 1, nextTryAt: now(), sentAt: now() } as const
        return { ...accepted, id: letter.id, subject, text, response: '250 accepted', failureCode: null }
      })
      await settleLetters(database, claimant, sent)
    }
  }
}

function readLetter(letter: Letter, { subject, text, html, replyTo }: ComposedLetter): DeskLetter {
  const { kind, language, recipient, messageId, createdAt } = letter
  return {
    ...{ kind, language, recipient, messageId, subject, text, html },
    at: Temporal.Instant.fromEpochMilliseconds(createdAt.getTime()),
    replyTo: (replyTo as { readonly address: string }).address,
  }
}
