/** What a simulated week is made of. Everything else follows from it, chance included. */
export interface WeekOptions {
  /** The first day; weekends and nights are lived through as well. */
  readonly start: Temporal.PlainDate
  readonly days: number
  readonly calls: number
  readonly mails: number
  readonly agents: number
  readonly seed: string
  /** Set of public holidays of the office, such as DE-HH. */
  readonly holidays: string
  /** Policies to try in place of the usual ones. */
  readonly ringSeconds?: number | undefined
  readonly minutes?: number | undefined
}

export const timeZone = 'Europe/Berlin'

export interface DeskAgent {
  readonly key: string
  readonly name: string
  readonly address: string
  readonly phone: string
}

const names = [
  'Anna Fink',
  'Bernd Ohm',
  'Clara Voss',
  'David Kern',
  'Eva Busch',
  'Frank Holt',
  'Gesa Lind',
  'Hanno Beck',
]

export function agentsOf({ agents }: Pick<WeekOptions, 'agents'>): readonly DeskAgent[] {
  return names.slice(0, agents).map((name, index) => {
    const key = (name.split(' ')[0] ?? name).toLowerCase()
    return { key, name, address: `${key}@example.com`, phone: `+4917139200${40 + index}` }
  })
}
