import type { Config } from '../../config/schema.ts'
import type { LineFacts } from '../../desk/phone/call-decision.ts'
import { countryOf, type EffectiveLine, effectiveLine } from '../../desk/phone/lines.ts'
import type { Tx } from '../../store/database.ts'
import type { CallDeps } from './call-deps.ts'

/** A line, or an extension of it, as a call sees it. A call's row names it as "hotline" or "hotline/195". */
export interface LineOfCall extends EffectiveLine {
  readonly ref: string
  /** Whose way of writing numbers is meant where a number comes without its country. */
  readonly country: 'DE' | 'GB'
}

export function lineRef(line: string, extension: string | null): string {
  return extension === null ? line : `${line}/${extension}`
}

/** Undefined where the configuration no longer has the line; an extension that is gone falls back to its line. */
export function lineOfCall(config: Config, ref: string): LineOfCall | undefined {
  const [key = '', extension = null] = ref.split('/')
  const line = config.phone?.lines[key]
  if (!line) return undefined
  const effective = effectiveLine(line, extension)
  return { ...effective, ref, country: countryOf(config, effective.office) }
}

/**
 * The line as above. Where the configuration lost it, another one goes on with its calls and promises, which were made
 * to people and not to a number: one of the ticket's group, else of its office, else any. Undefined without any line.
 */
export async function lineGoingOn(
  tx: Tx,
  config: Config,
  ref: string,
  ticketId: string,
): Promise<LineOfCall | undefined> {
  const line = lineOfCall(config, ref)
  if (line) return line
  const { group, office } = await tx.ticket.findUniqueOrThrow({
    where: { id: ticketId },
    select: { group: true, office: true },
  })
  const others = Object.keys(config.phone?.lines ?? {}).flatMap(key => lineOfCall(config, key) ?? [])
  return (
    others.find(other => other.group === group && other.office === office) ??
    others.find(other => other.office === office) ??
    others[0]
  )
}

/** What the conversation's rules need of a line. Throws where the configuration lacks what its check demands. */
export function lineFactsOf({ config, offices }: CallDeps, line: LineOfCall): LineFacts {
  const office = offices.get(line.office)
  const { phone } = config
  if (!phone || !office) throw new Error(`office "${line.office}" is not in the configuration`)
  return {
    key: line.ref,
    number: line.number,
    language: line.language,
    group: line.group,
    office,
    officeName: config.offices[line.office]?.name ?? '',
    company: config.company,
    greeting: line.greeting,
    ringSeconds: phone.ringSeconds,
    huntSeconds: phone.huntSeconds,
    mostMinutes: phone.guard.mostMinutes,
    recordsCalls: phone.recording.calls,
    messageSeconds: phone.recording.messages ? phone.recording.messageSeconds : 0,
  }
}
