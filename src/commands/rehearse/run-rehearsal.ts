/** `gateway rehearse`: what the gateway would do with live mailboxes, on the screen and as files. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config/schema.ts'
import { openLog } from '../../log.ts'
import { rehearse } from '../../rehearsal/rehearse.ts'
import { mailText, openTally, summaryText } from '../../rehearsal/report.ts'
import { rehearsalFolder } from '../../rehearsal/throw-away-database.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { escapedJson, safeText } from '../terminal.ts'

export interface RehearsalWishes {
  /** Ends it after this time; undefined: when it is stopped. */
  readonly minutes: number | undefined
  /** Ends it as soon as every mailbox has been read to its end. */
  readonly once: boolean
  readonly onLine: (line: string) => void
  readonly signal: AbortSignal
}

const unitsInMinutes: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 }

/** "30m", "12h" or "7d" in minutes. Throws CommandFailed for anything else, and for more than 24 days. */
export function minutesOf(span: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(span) ?? []
  const minutes = Number(count) * (unitsInMinutes[unit] ?? 0)
  // A timer holds no more than 2^31 milliseconds.
  if (count === '' || minutes < 1 || minutes > 24 * 1440)
    throw new CommandFailed(`"${span}" is no time; use 30m, 12h or 7d, 24 days at the most`)
  return minutes
}

/** The answer's text is the summary; the mails go to `onLine` and to a file as they come. */
export async function runRehearsal(config: Config, wishes: RehearsalWishes): Promise<Answer> {
  const startedAt = Temporal.Now.instant()
  const folder = rehearsalFolder(config.data)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = `report-${startedAt.toString({ smallestUnit: 'second' }).replaceAll(/[:-]/g, '')}`
  const mailsFile = join(folder, `${name}.jsonl`)
  const mails = createWriteStream(mailsFile, { flags: 'wx', mode: 0o600 })
  await once(mails, 'open')
  const tally = openTally()
  const ending = new AbortController()
  const restless = new Set(Object.keys(config.mailboxes))
  await rehearse({
    config,
    signal: signalOf(wishes, ending.signal),
    log: openLog('warn'),
    now: () => Temporal.Now.instant(),
    onMail(mail) {
      tally.add(mail)
      mails.write(`${JSON.stringify(mail)}\n`)
      wishes.onLine(safeText(mailText(mail)))
    },
    onRested(mailbox) {
      restless.delete(mailbox)
      if (wishes.once && restless.size === 0) ending.abort()
    },
  })
  mails.end()
  await once(mails, 'close')
  const summary = tally.summary()
  const endedAt = Temporal.Now.instant()
  const data = { startedAt: `${startedAt}`, endedAt: `${endedAt}`, ...summary, mailsFile }
  const summaryFile = join(folder, `${name}.json`)
  await writeFile(summaryFile, `${escapedJson(JSON.stringify(data, null, 2))}\n`, { mode: 0o600 })
  return { text: `${summaryText(summary)}\nReport: ${summaryFile}\nMails:  ${mailsFile}`, data }
}

function signalOf({ minutes, signal }: RehearsalWishes, ending: AbortSignal): AbortSignal {
  const time = minutes === undefined ? [] : [AbortSignal.timeout(minutes * 60_000)]
  return AbortSignal.any([signal, ending, ...time])
}
