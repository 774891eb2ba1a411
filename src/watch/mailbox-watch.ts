import { uidsBeyond } from '../channels/mail/imap/list-folder.ts'
import { openSession } from '../channels/mail/imap/open-session.ts'
import { type MailboxDeps, sessionOptionsOf } from '../channels/mail/mailbox.ts'
import type { MailboxDoor } from '../channels/mail/mailbox-door.ts'
import { PermanentFailure, TransientFailure } from '../desk/failure.ts'
import { type Office, officeMinutesBetween } from '../desk/office-hours.ts'
import { frozen, lagging, secondLoginFails, silent, type Trouble } from './trouble.ts'
import type { Look } from './watch.ts'

export interface WatchedMailbox {
  readonly part: Omit<MailboxDeps, 'locks'>
  readonly door: MailboxDoor
  readonly office: Office
  readonly oldestUnreadMinutes: number
  /** When the newest mail of the ledger reached the server. May reject: then the last answer counts. */
  readonly lastMailAt: () => Promise<Temporal.Instant | undefined>
  readonly now: () => Temporal.Instant
}

/**
 * Looks at one mailbox from outside. Its reader cannot know what it does not see: a server may leave it a folder that
 * stands still, while its own session is answered in time; and a mailbox that gets no mail looks just like one whose
 * forwarding has been broken.
 */
export function watchMailbox(watched: WatchedMailbox): Look {
  const watching = new Watching(watched)
  return () => watching.look()
}

class Watching {
  readonly #watched: WatchedMailbox
  /** Until there is a mail, silence is counted from here. */
  #lastMailAt: Temporal.Instant
  /** The highest UID that the reader had not seen at the last look. */
  #unseenUid: number | undefined

  constructor(watched: WatchedMailbox) {
    this.#watched = watched
    this.#lastMailAt = watched.now()
  }

  async look(): Promise<readonly Trouble[]> {
    const seenFromOutside = await this.#compare()
    return [seenFromOutside, this.#lag(), await this.#silence()].filter(trouble => trouble !== undefined)
  }

  /** The reader polls several times between two looks: what it has not seen at the second one, it does not see at all. */
  async #compare(): Promise<Trouble | undefined> {
    const { part, door } = this.#watched
    // Only a reader that is content can be wrong about it; the others say themselves what is wrong.
    const { phase, seen } = door.state()
    if (phase !== 'idle' || !seen) return this.#forget()
    try {
      const unseen = await this.#unseenBy(seen)
      const highest = unseen.at(-1)
      if (highest === undefined) return this.#forget()
      const before = this.#unseenUid
      this.#unseenUid = highest
      // Whatever arrived since the last look proves nothing; what lay there already does.
      if (before === undefined || !unseen.includes(before)) {
        door.wake()
        return undefined
      }
      door.reconnect()
      return frozen(part.key, unseen.length)
    } catch (error) {
      if (error instanceof PermanentFailure) return secondLoginFails(part.key, error.code, true)
      if (error instanceof TransientFailure) return secondLoginFails(part.key, error.code, false)
      throw error
    }
  }

  #forget(): undefined {
    this.#unseenUid = undefined
  }

  async #unseenBy(seen: { uidValidity: bigint; uid: number }): Promise<readonly number[]> {
    const { part } = this.#watched
    const options = { ...sessionOptionsOf(part, () => undefined), readOnly: true }
    const session = await openSession(options, part.tokens)
    try {
      // A renumbered folder: every UID is a new one.
      const known = session.uidValidity === seen.uidValidity ? seen.uid : 0
      const unseen = await uidsBeyond(session, known)
      await session.leave()
      return unseen
    } finally {
      session.close()
    }
  }

  #lag(): Trouble | undefined {
    const { part, door, oldestUnreadMinutes, now } = this.#watched
    const { oldestWaitingAt, backlog, phase } = door.state()
    if (!oldestWaitingAt || phase === 'standby') return undefined
    const minutes = Math.floor(now().since(oldestWaitingAt).total('minutes'))
    return minutes >= oldestUnreadMinutes ? lagging(part.key, backlog, minutes) : undefined
  }

  async #silence(): Promise<Trouble | undefined> {
    const { part, office, lastMailAt, now } = this.#watched
    const { silentHours } = part.config
    if (silentHours === undefined) return undefined
    const known = await lastMailAt().catch(() => undefined)
    if (known) this.#lastMailAt = known
    const hours = Math.floor(officeMinutesBetween(this.#lastMailAt, now(), office) / 60)
    return hours >= silentHours ? silent(part.key, hours, this.#lastMailAt) : undefined
  }
}
