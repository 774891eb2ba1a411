import type { Language } from '../ticket.ts'

/**
 * What a provider is to do with a call, in our words; each adapter says it in its own. A list of instructions is one
 * answer: they are carried out in order, and the first that asks, records or rings ends the list.
 */

/**
 * A piece of speech. Providers that can speak read `text`; the others play the recording called `clip`, so every text
 * that differs has a clip of its own: numbers and times are put together from pieces.
 */
export type Spoken =
  | { readonly clip: string; readonly text: string }
  | { readonly pauseMs: number }
  /** Words of the moment (a customer's name, a subject), which no recording exists of. Left out where a provider cannot speak. */
  | { readonly words: string }

export interface Utterance {
  readonly language: Language
  readonly pieces: readonly Spoken[]
}

export type Instruction =
  | { readonly do: 'say'; readonly says: Utterance }
  | {
      /** Speaks and waits for keys, which may interrupt it: answered by a `keys` event, with '' when nobody pressed any. */
      readonly do: 'ask'
      readonly says: readonly Utterance[]
      readonly mostDigits: number
      /** Ends an entry of unknown length; null where `mostDigits` does. */
      readonly endsWith: '#' | null
      readonly seconds: number
    }
  | { readonly do: 'record'; readonly mostSeconds: number; readonly silenceSeconds: number }
  | {
      /** Rings one telephone and joins it with the call once it has accepted (an agent) or picked up (a customer). */
      readonly do: 'ring'
      readonly legId: string
      readonly party: 'agent' | 'customer'
      readonly number: string
      /** The number shown, one of ours. */
      readonly callerId: string
      readonly ringSeconds: number
      readonly mostMinutes: number
      readonly record: boolean
      readonly language: Language
    }
  /** At a leg that was asked: it is joined with the call. */
  | { readonly do: 'join' }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'refuse' }
  | { readonly do: 'hang-up' }

/** What a provider can do. Without `speaks` it plays clips; without `accepts` nobody is put through by us. */
export interface Capabilities {
  /** Carries out our answers at all; otherwise it only tells us of calls. */
  readonly answers: boolean
  readonly speaks: boolean
  /** Asks an agent for a key before joining. */
  readonly accepts: boolean
  readonly records: boolean
  /** Rings an agent and then the customer for us; otherwise agents dial by hand. */
  readonly dials: boolean
  readonly texts: boolean
}
