import type { Line, Phone, PhoneEvent, Wanted } from './phone.ts'
import { speakingSeconds } from './phone.ts'

export interface HeardLine {
  readonly number: number
  /** '' for a person's own voice. */
  readonly language: string
  readonly words: string
  /** How long it takes to say. */
  readonly seconds: number
}

/** A telephone in somebody's hand: on the sandbox's page, by the real clock. */
export interface LivePhone extends Phone {
  readonly id: string
  readonly number: string
  /** The number shown when it rings; null when it dialled itself. */
  caller(): string | null
  state(): 'dialling' | 'ringing' | 'open' | 'joined' | 'ended'
  /** What is waited for now, for showing the right keys. */
  wanted(): Wanted | null
  /** What was heard after the line of that number. */
  heard(since?: number): readonly HeardLine[]
  answer(): void
  decline(): void
  press(keys: string): void
  say(words: string): void
  hangUp(): void
  /** Told after every change, until the returned function is called. */
  watch(changed: () => void): () => void
}

export function livePhone(id: string, number: string): LivePhone {
  const heard: HeardLine[] = []
  const watchers = new Set<() => void>()
  let state: ReturnType<LivePhone['state']> = 'dialling'
  let wanted: Wanted | null = null
  let line: Line | undefined
  let caller: string | null = null

  function told(event: PhoneEvent, on: Line): void {
    line = on
    if (event.kind === 'ringing') {
      state = 'ringing'
      caller = event.from
    }
    if (event.kind === 'answered' || event.kind === 'parted') state = 'open'
    if (event.kind === 'joined') state = 'joined'
    if (event.kind === 'ended') state = 'ended'
    if (event.kind === 'asked') wanted = event.wants
    if (event.kind === 'joined' || event.kind === 'ended') wanted = null
    if (event.kind === 'hears')
      heard.push({
        number: heard.length + 1,
        language: event.language,
        words: event.words,
        seconds: event.seconds,
      })
    for (const changed of watchers) changed()
  }

  return {
    id,
    name: number,
    number,
    caller: () => caller,
    told,
    state: () => state,
    wanted: () => wanted,
    heard: (since = 0) => heard.filter(one => one.number > since),
    answer: () => line?.answer(),
    decline: () => line?.decline(),
    press: keys => line?.press(keys),
    say: words => line?.say(words, speakingSeconds(words)),
    hangUp: () => line?.hangUp(),
    watch(changed) {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
  }
}
