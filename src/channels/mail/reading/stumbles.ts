/**
 * Remembers at which mails the connection broke. Adversary: a mail whose very FETCH makes the server hang up, or
 * announces a literal beyond all limits; retried for ever it would stop all that come after it. But a bad line breaks
 * at innocent mails too, so nobody is given up early: first the mail is fetched alone, then set aside until
 * the rest is through, then tried again; and only a gap that a later mail has passed is left to `ledger balance`.
 */
export interface Stumbles {
  brokeAt(uid: number): void
  arrived(uid: number): void
  /** To be fetched alone, so that a break is its own and not its neighbours'. */
  isAlone(uid: number): boolean
  /** Let the others pass first. */
  isSetAside(uid: number): boolean
  /** The lowest mail set aside: due for another try once the rest is through. */
  setAside(): number | undefined
  /** Tried often enough? Forgets it if so; the caller tells. */
  givesUp(uid: number): boolean
}

const triesInOrder = 3
const triesAtAll = 6

export function rememberStumbles(): Stumbles {
  const tries = new Map<number, number>()
  const triesOf = (uid: number): number => tries.get(uid) ?? 0
  return {
    brokeAt(uid) {
      tries.set(uid, triesOf(uid) + 1)
    },
    arrived(uid) {
      tries.delete(uid)
    },
    isAlone: uid => triesOf(uid) > 0,
    isSetAside: uid => triesOf(uid) >= triesInOrder,
    setAside() {
      const waiting = [...tries.keys()].filter(uid => triesOf(uid) >= triesInOrder)
      return waiting.length > 0 ? Math.min(...waiting) : undefined
    },
    givesUp(uid) {
      return triesOf(uid) >= triesAtAll && tries.delete(uid)
    },
  }
}
