/** Is somebody on duty whenever an office is open? Looks four weeks ahead, with the absences of the configuration. */
import { officesOf } from '../../config/office-calendar.ts'
import type { Config } from '../../config/schema.ts'
import { dutyGaps, type Gap } from '../../desk/duty-gaps.ts'
import { gapWords } from '../../desk/gap-words.ts'
import type { Finding } from './finding.ts'

const daysAhead = 28
const mostTold = 5

/** Absences that agents' own notes told of are known to the gateway that runs, which reports gaps the day before. */
export async function checkDuty(config: Config, now: Temporal.Instant): Promise<readonly Finding[]> {
  const what = 'duty'
  const until = now.add({ hours: daysAhead * 24 })
  const gaps = dutyGaps(config, officesOf(config, now), [], now, until)
  if (gaps.length === 0) {
    const found = `somebody of every group is on duty in all office hours of the next ${daysAhead} days`
    return [{ what, ok: true, found }]
  }
  const lines = gaps.slice(0, mostTold).map(gap => gapLine(gap, config))
  const more =
    gaps.length > mostTold ? [`and ${gaps.length - mostTold} more in the next ${daysAhead} days`] : []
  return [
    {
      what,
      ok: false,
      found: [...lines, ...more].join('\n'),
      advice: 'roster somebody else for that time with `duty`, or name a deputy who is there',
    },
  ]
}

function gapLine(gap: Gap, config: Config): string {
  const timeZone = config.offices[gap.office]?.timeZone ?? 'UTC'
  const nameOf = (agent: string) => config.agents[agent]?.name ?? agent
  return `nobody of ${gap.group} at ${gap.office}: ${gapWords(gap, timeZone, 'en', nameOf)}`
}
