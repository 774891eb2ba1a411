import type { LivePhone } from './telephone/live-phone.ts'
import type { Wanted } from './telephone/phone.ts'

/** One line of what a telephone on the page tells: what is heard in it, what its person did, what became of the call. */
export interface HandsetLine {
  readonly number: number
  readonly kind: 'hears' | 'does' | 'note'
  /** Of what a machine says; '' for everything else. */
  readonly language: string
  readonly words: string
  /** How long it takes to say. */
  readonly seconds: number
}

export type HandsetState = 'idle' | 'dialling' | 'ringing' | 'open' | 'joined'

/** A telephone on the sandbox's page: it outlives its calls and has one at a time, as telephones do. */
export interface Handset {
  /** For addresses: `caller`, or an agent's key. */
  readonly key: string
  readonly name: string
  state(): HandsetState
  /** Counts the calls: with another one the transcript begins anew. */
  call(): number
  /** The number at the other end of this call or of the last one; '' before the first. */
  other(): string
  wanted(): Wanted | null
  /** What was told in this call after the line of that number. */
  lines(since?: number): readonly HandsetLine[]
  /** Begins a call: `to` is what it dialled itself, null where it is rung. False where it is engaged. */
  take(phone: LivePhone, to: string | null): boolean
  answer(): void
  decline(): void
  press(keys: string): void
  say(words: string): void
  hangUp(): void
  /** Told after every change, until the returned function is called. */
  watch(changed: () => void): () => void
}

/** More than the longest call has; what somebody leaves open for hours is cut at the beginning. */
const mostLines = 300

export function openHandset(key: string, name: string): Handset {
  const watchers = new Set<() => void>()
  let phone: LivePhone | undefined
  let before: LivePhoneState = 'ended'
  let wanted: Wanted | null = null
  let dialled: string | null = null
  let calls = 0
  let heard = 0
  let lines: HandsetLine[] = []

  const state = (): HandsetState => {
    const now = phone?.state() ?? 'ended'
    if (now === 'ended') return 'idle'
    // A telephone that is going to be rung knows nothing of it yet.
    return now === 'dialling' && dialled === null ? 'idle' : now
  }
  const write = (kind: HandsetLine['kind'], words: string, language = '', seconds = 0) => {
    const number = (lines.at(-1)?.number ?? 0) + 1
    lines = [...lines, { number, kind, language, words, seconds }].slice(-mostLines)
  }
  const tell = () => {
    for (const changed of watchers) changed()
  }

  function follow(of: LivePhone): void {
    const now = of.state()
    if (now !== before) write('note', noteOf(before, now))
    before = now
    for (const line of of.heard(heard)) {
      heard = line.number
      write('hears', line.words, line.language, line.seconds)
    }
    if (of.wanted() === 'message' && wanted !== 'message')
      write('note', 'A tone sounds: now you are recorded.')
    wanted = of.wanted()
    tell()
  }

  const talking = () => state() === 'open' || state() === 'joined'
  const act = (possible: boolean, words: string, deed: (on: LivePhone) => void) => {
    if (!phone || !possible) return
    write('does', words)
    deed(phone)
    tell()
  }

  return {
    key,
    name,
    state,
    call: () => calls,
    other: () => dialled ?? phone?.caller() ?? '',
    wanted: () => (state() === 'idle' ? null : wanted),
    lines: (since = 0) => lines.filter(({ number }) => number > since),
    take(taken, to) {
      if (phone && phone.state() !== 'ended') return false
      phone = taken
      dialled = to
      calls += 1
      heard = 0
      lines = []
      wanted = null
      before = to === null ? 'dialling' : 'ended'
      taken.watch(() => follow(taken))
      follow(taken)
      return true
    },
    answer: () => act(state() === 'ringing', 'You pick up.', on => on.answer()),
    decline: () => act(state() === 'ringing', 'You decline.', on => on.decline()),
    press: keys => act(talking(), `You press ${[...keys].join(' ')}`, on => on.press(keys)),
    say: words => act(talking(), `You say: ${words}`, on => on.say(words)),
    hangUp: () => act(talking() || state() === 'dialling', 'You hang up.', on => on.hangUp()),
    watch(changed) {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
  }
}

type LivePhoneState = ReturnType<LivePhone['state']>

function noteOf(before: LivePhoneState, now: LivePhoneState): string {
  switch (now) {
    case 'dialling':
      return 'You hear it ring at the other end.'
    case 'ringing':
      return 'It rings.'
    case 'joined':
      return 'You are put through and can talk to each other.'
    case 'open':
      return before === 'joined' ? 'The other side has hung up.' : 'The line is open.'
    case 'ended':
      return 'The call is over.'
  }
}
