import { createHash } from 'node:crypto'

/** Ids and reaction times that look random and are the same for the same seed. */
export interface Chance {
  /** `CA` and 32 hexadecimal digits, and the like. */
  sid(prefix: string): string
  /** A row of numbers of its own, so that one party's luck does not depend on what another does meanwhile. */
  row(name: string): ChanceRow
}

export interface ChanceRow {
  /** From `least` up to, without, `most`. */
  between(least: number, most: number): number
}

export function openChance(seed: string): Chance {
  let sids = 0
  const digest = (text: string) => createHash('sha256').update(`${seed}/${text}`).digest()
  return {
    sid: prefix => `${prefix}${digest(`sid ${sids++}`).toString('hex').slice(0, 32)}`,
    row(name) {
      let drawn = 0
      return {
        between: (least, most) =>
          least + (most - least) * (digest(`${name} ${drawn++}`).readUInt32BE(0) / 2 ** 32),
      }
    },
  }
}
