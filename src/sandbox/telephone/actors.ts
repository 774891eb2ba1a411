/** Parties as data: who is behind a number, and what they do when they hear what. */

export interface PartyScript {
  readonly name: string
  /** When it picks up, counted from the first ring; or what happens instead. */
  readonly pickUp: { readonly after: number } | 'busy' | 'never' | 'off' | 'unknown-number' | 'declines'
  /** Done in order, each as soon as its words were heard since the last one. */
  readonly steps: readonly Step[]
  /** What it says once it is joined with somebody. */
  readonly greeting?: string
  /** Seconds until it hangs up once joined; without, the other side has to. */
  readonly talks?: number
  /** Hangs up so many seconds after the line opened (a caller: after dialling), whatever is going on. */
  readonly hangsUpAfter?: number
  /** Several people behind one number; otherwise it is engaged while somebody speaks there. */
  readonly manyLines?: true
}

export type Step = {
  /** Tested against all that was heard since the last step. */
  readonly hears: RegExp
  /** Seconds from then on (keys and messages: from when they are asked for); without, a person's reaction time. */
  readonly after?: number
} /** `bargesIn`: without waiting for the end of what is said, and in a conversation too. */ & (
  | { readonly presses: string; readonly bargesIn?: true }
  | {
      readonly says: string
      readonly seconds?: number
      readonly afterwards?: 'hangs-up' | `presses ${string}`
    }
  | { readonly hangsUp: true }
  /** Lets one question pass. */
  | { readonly waits: true }
)

/** Rings one of the gateway's numbers. */
export interface CallerScript extends PartyScript {
  /** E.164; or what a withheld number arrives as: `anonymous`, `+266696687`. */
  readonly from: string
  readonly callerName?: string
  readonly forwardedFrom?: string
}

type Some<Script> = Partial<Omit<Script, 'name'>>

export function caller(
  from: string,
  steps: readonly Step[] = [],
  more: Some<CallerScript> = {},
): CallerScript {
  return { name: 'caller', pickUp: { after: 0 }, steps, ...more, from }
}

/** An agent who picks up after `after` seconds and presses `key` at the first question, or nothing. */
export function agent(
  name: string,
  { after = 4, key = '1', ...more }: Some<PartyScript> & { after?: number; key?: string | null } = {},
): PartyScript {
  const steps: readonly Step[] = key === null ? [] : [{ hears: /./, presses: key }]
  return { name, pickUp: { after }, steps, talks: 60, ...more }
}

/** Somebody's mailbox: picks up late, talks, never presses, records what comes for a while. */
export function mailbox(name: string, more: Some<PartyScript> = {}): PartyScript {
  return {
    name,
    pickUp: { after: 20 },
    steps: [],
    greeting:
      'Der gewünschte Gesprächspartner ist zurzeit nicht erreichbar. Bitte sprechen Sie nach dem Ton.',
    hangsUpAfter: 90,
    manyLines: true,
    ...more,
  }
}

/** A company's switchboard: picks up at once and is never engaged. */
export function switchboard(name: string, more: Some<PartyScript> = {}): PartyScript {
  return {
    name,
    pickUp: { after: 1 },
    steps: [],
    greeting: 'Guten Tag, mit wem darf ich Sie verbinden?',
    talks: 60,
    manyLines: true,
    ...more,
  }
}

/** A customer who is rung back. */
export function customer(name: string, more: Some<PartyScript> = {}): PartyScript {
  return { name, pickUp: { after: 6 }, steps: [], greeting: 'Hallo?', talks: 45, ...more }
}

/** A telephone that nobody gets through to. */
export function unreachable(
  name: string,
  how: 'busy' | 'never' | 'off' | 'unknown-number' | 'declines',
): PartyScript {
  return { name, pickUp: how, steps: [] }
}
