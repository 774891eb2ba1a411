/** What happened on a call, in order, as its parties would tell it: what tests assert and the sandbox shows. */
export interface TranscriptLine {
  readonly at: Temporal.Instant
  /** Who heard or did it; '' for the network. */
  readonly who: string
  readonly what: string
}

export interface Transcript {
  readonly startedAt: Temporal.Instant
  readonly lines: readonly TranscriptLine[]
  write(who: string, what: string): void
}

export function openTranscript(now: () => Temporal.Instant): Transcript {
  const lines: TranscriptLine[] = []
  return {
    startedAt: now(),
    lines,
    write: (who, what) => void lines.push({ at: now(), who, what }),
  }
}

/** One line each, with minutes and seconds since the call began: `00:03  caller hears (de-DE): Guten Tag`. */
export function printTranscript({ startedAt, lines }: Transcript): string {
  return lines
    .map(({ at, who, what }) => {
      const seconds = Math.floor((at.epochMilliseconds - startedAt.epochMilliseconds) / 1000)
      const two = (number: number) => String(number).padStart(2, '0')
      return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}  ${who === '' ? what : `${who} ${what}`}`
    })
    .join('\n')
}
