import { type DigestSection, digestLines } from '../../desk/digest.ts'
import { dutyGaps, type Gap } from '../../desk/duty-gaps.ts'
import { gapWords } from '../../desk/gap-words.ts'
import { isOpen, nextOpening, type Office } from '../../desk/office-hours.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import { readAbsences } from '../calls/duty.ts'
import type { PromiseDeps } from './promise-deps.ts'

/** Gaps of duty rosters are reported before they come: each morning those of today and of the next working day. */

/** On Mondays also all of the week and of the Monday after it, while there is time to swap. */
const weekDays = 8

export async function readGaps(
  tx: Tx,
  { config, offices }: Pick<PromiseDeps, 'config' | 'offices'>,
  from: Temporal.Instant,
  until: Temporal.Instant,
): Promise<readonly Gap[]> {
  return dutyGaps(config, offices, await readAbsences(tx, from, until), from, until)
}

export type GapFindings = Omit<DigestSection, 'topic'>

/** What the digest of this morning says of gaps, in the words of a language. Every morning anew, until somebody closes them. */
export async function reportGaps(
  tx: Tx,
  deps: Pick<PromiseDeps, 'config' | 'offices'>,
  now: Temporal.Instant,
): Promise<Readonly<Record<Language, GapFindings>>> {
  const { config, offices } = deps
  const gaps = await readGaps(tx, deps, now, endOfReport(offices, now))
  const inWords = (language: Language): GapFindings => ({
    count: gaps.length,
    lines: gaps.slice(0, digestLines).map(gap => ({
      at: gap.from.toString(),
      who: config.groups[gap.group]?.name ?? gap.group,
      what: gapWords(
        gap,
        offices.get(gap.office)?.timeZone ?? 'UTC',
        language,
        key => config.agents[key]?.name ?? key,
      ),
      ticketNumber: null,
      command: 'gateway duty',
    })),
  })
  return { de: inWords('de'), en: inWords('en') }
}

/** The end of the next working day of any office; of the week on Mondays. */
function endOfReport(offices: ReadonlyMap<string, Office>, now: Temporal.Instant): Temporal.Instant {
  const ends = [...offices.values()].map(office => {
    const today = now.toZonedDateTimeISO(office.timeZone)
    if (today.dayOfWeek === 1) return today.startOfDay().add({ days: weekDays })
    const tomorrow = today.startOfDay().add({ days: 1 })
    const opens = isOpen(tomorrow.toInstant(), office)
      ? tomorrow.toInstant()
      : nextOpening(tomorrow.toInstant(), office)
    return opens.toZonedDateTimeISO(office.timeZone).startOfDay().add({ days: 1 })
  })
  const instants = ends.map(end => end.toInstant()).toSorted(Temporal.Instant.compare)
  return instants.at(-1) ?? now
}
