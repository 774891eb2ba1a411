import { join } from 'node:path'
import type { MailboxDeps } from '../channels/mail/mailbox.ts'
import type { MailboxDoor } from '../channels/mail/mailbox-door.ts'
import type { TokenSource } from '../channels/mail/oauth/token-source.ts'
import { officesOf } from '../config/office-calendar.ts'
import type { Config } from '../config/schema.ts'
import { PermanentFailure, TransientFailure } from '../desk/failure.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import { watchMailbox } from './mailbox-watch.ts'
import { openSecondWay } from './second-way.ts'
import { noSmtpToken, type Trouble } from './trouble.ts'
import { type Look, startWatch, type Watch } from './watch.ts'
import { lookAtWebhooks } from './webhook-watch.ts'

export interface WatchedGateway {
  readonly config: Config
  readonly database: Database
  readonly parts: readonly Omit<MailboxDeps, 'locks'>[]
  readonly doors: ReadonlyMap<string, MailboxDoor>
  readonly smtpTokens: TokenSource | undefined
  /** Everything that is wrong, what the watch has found included. */
  readonly examine: () => Promise<readonly Trouble[]>
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** Starts the watch over a gateway's mailboxes and logins, as its configuration wants it. */
export async function watchGateway(gateway: WatchedGateway): Promise<Watch> {
  const { config, smtpTokens } = gateway
  const { second, patienceMinutes, watchMinutes } = config.alarms
  return startWatch({
    looks: [
      ...mailboxLooks(gateway),
      ...(smtpTokens ? [lookAtTokens(smtpTokens)] : []),
      lookAtWebhooks(gateway.database),
    ],
    examine: gateway.examine,
    secondWay: second && openSecondWay(second, config.instance),
    bookFile: join(config.data, 'alarms.json'),
    patienceMinutes,
    everyMinutes: watchMinutes,
    now: gateway.now,
    log: gateway.log,
  })
}

function mailboxLooks({ config, database, parts, doors, now }: WatchedGateway): Look[] {
  const offices = officesOf(config, now())
  return parts.flatMap(part => {
    const door = doors.get(part.key)
    const office = offices.get(part.config.office)
    return door && office
      ? [
          watchMailbox({
            part,
            door,
            office,
            oldestUnreadMinutes: config.alarms.oldestUnreadMinutes,
            lastMailAt: () => lastMailAt(database, part.key),
            now,
          }),
        ]
      : []
  })
}

/** By id and not by date: the key is an index, and the newest row is the newest mail but for a folder read anew. */
async function lastMailAt(database: Database, mailbox: string): Promise<Temporal.Instant | undefined> {
  const row = await database.inbound.findFirst({
    where: { mailbox },
    orderBy: { id: 'desc' },
    select: { receivedAt: true },
  })
  return row ? Temporal.Instant.fromEpochMilliseconds(row.receivedAt.getTime()) : undefined
}

/** Asking keeps the tokens fresh as well: a refresh token that nobody uses dies of age. */
function lookAtTokens(tokens: TokenSource): Look {
  return async () => {
    try {
      await tokens.token()
      return []
    } catch (error) {
      if (error instanceof PermanentFailure) return [noSmtpToken(error.code, true)]
      if (error instanceof TransientFailure) return [noSmtpToken(error.code, false)]
      throw error
    }
  }
}
