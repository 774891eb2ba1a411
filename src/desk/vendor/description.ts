import type { MeasureKind } from '../promise/measure.ts'

/**
 * What a manufacturer is told of a fault. Composed of what the desk knows (serial number, product, recorded measures) and
 * of the agent's own words, never of the customer's: those hold names, prices and whatever else is none of its business.
 */
export interface CaseDescription {
  readonly product: string
  readonly serial: string
  readonly fault: string
  readonly measures: readonly { readonly of: MeasureKind; readonly text: string }[]
}

export type CaseNeed = 'serial' | 'product' | 'fault' | 'measures'

/** What was tried, not what the customer got for it or was told at the end. */
export const measuresTold: readonly MeasureKind[] = ['cause', 'immediate', 'corrective']

/** All that is missing, in the order in which it is asked for. */
export function missingFor(
  needs: readonly CaseNeed[],
  told: {
    readonly product: string
    readonly serial: string
    readonly fault: string
    readonly measures: readonly string[]
  },
): readonly CaseNeed[] {
  const isThere: Readonly<Record<CaseNeed, boolean>> = {
    product: told.product.trim() !== '',
    serial: told.serial.trim() !== '',
    fault: told.fault.trim() !== '',
    measures: told.measures.some(of => measuresTold.some(one => one === of)),
  }
  // Without a word about the fault there is nothing to ask a manufacturer.
  return (['product', 'serial', 'fault', 'measures'] as const).filter(
    need => !isThere[need] && (need === 'fault' || needs.includes(need)),
  )
}

const needWords: Readonly<Record<CaseNeed, { readonly de: string; readonly en: string }>> = {
  product: { de: 'das Produkt (#produkt)', en: 'the product (#product)' },
  serial: { de: 'die Seriennummer des Geräts', en: "the device's serial number" },
  fault: {
    de: 'eine Beschreibung der Störung unter den Befehlen',
    en: 'a description of the fault below the commands',
  },
  measures: {
    de: 'was schon versucht wurde (#sofort, #korrektur oder #ursache)',
    en: 'what has been tried (#immediate, #corrective or #cause)',
  },
}

export function needsInWords(needs: readonly CaseNeed[], language: 'de' | 'en'): string {
  return needs.map(need => needWords[need][language]).join('; ')
}

const longestSubject = 90

/** What the case is called in subjects: the device and the first line of the agent's words; no word of the ticket's. */
export function subjectOf({
  product,
  serial,
  fault,
}: Pick<CaseDescription, 'product' | 'serial' | 'fault'>): string {
  const device = [product, serial].filter(part => part !== '').join(', ')
  const line =
    fault
      .split('\n')
      .map(one => one.trim())
      .find(one => one.length > 0 && !/^(?:sehr geehrte|guten |hallo|dear |hello|hi[ ,])/i.test(one)) ?? ''
  const whole = [device, line].filter(part => part !== '').join(': ')
  return whole.length <= longestSubject ? whole : `${whole.slice(0, longestSubject - 1).trimEnd()}…`
}
