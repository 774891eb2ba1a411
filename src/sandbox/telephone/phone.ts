/**
 * A telephone on the network: whatever is behind a number, a script or a person at the sandbox's page. It is told what
 * happens on its line and acts through it.
 */
export interface Phone {
  /** As the transcript calls it. */
  readonly name: string
  /** Told in order; acts whenever it likes. */
  told(event: PhoneEvent, line: Line): void
}

export type PhoneEvent =
  | { readonly kind: 'ringing'; readonly from: string; readonly to: string }
  /** It rings somebody itself, who has not picked up yet. */
  | { readonly kind: 'dialling' }
  /** The line is open: picked up here, or over there when we called. */
  | { readonly kind: 'answered' }
  | { readonly kind: 'hears'; readonly language: string; readonly words: string; readonly seconds: number }
  /** Keys or words are waited for. `spoken`: all that goes before has been said; before, a key would interrupt it. */
  | { readonly kind: 'asked'; readonly wants: Wanted; readonly spoken: boolean }
  | { readonly kind: 'joined'; readonly other: string }
  | { readonly kind: 'parted' }
  | { readonly kind: 'ended' }

export type Wanted = 'keys' | 'keys-or-words' | 'message'

/** What a telephone can do while it has a line. After the end nothing of it does anything. */
export interface Line {
  answer(): void
  decline(): void
  /** One after the other, as a thumb does. */
  press(keys: string): void
  say(words: string, seconds: number): void
  hangUp(): void
}

/** What the network meets when it rings a number, before anybody could act. */
export type Reach = 'free' | 'busy' | 'off' | 'unknown-number'

/** How long it takes to say. */
export function speakingSeconds(words: string): number {
  return Math.max(0.4, words.split(/\s+/).filter(word => word !== '').length / 2.5)
}
