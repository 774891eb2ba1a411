import type { Read } from '../command-arguments.ts'
import type { CommandEntry } from '../command-words.ts'
import type { Named } from '../routing-commands.ts'

/** The commands about cases at manufacturers; part of the table in command-words.ts. */
export const vendorCommands = {
  vendor: {
    words: { de: ['hersteller'], en: ['vendor', 'manufacturer'] },
    argument: 'needed',
    form: { de: 'name', en: 'name' },
    does: {
      de: 'eröffnet einen Fall beim Hersteller; der Text darunter beschreibt die Störung und geht dorthin, nicht an den Kunden',
      en: 'opens a case with the manufacturer; the text below describes the fault and goes there, not to the customer',
    },
    ...{ excludes: 'reader', reachesCustomer: true },
  },
  share: {
    words: { de: ['teilen'], en: ['share'] },
    argument: 'none',
    form: { de: '', en: '' },
    does: {
      de: 'schickt dem Kunden die letzte Nachricht des Herstellers als Ihre Antwort, Ihr Text steht darüber',
      en: 'sends the customer the manufacturer’s last message as your answer, with your text above it',
    },
    excludes: 'reader',
  },
  reference: {
    words: { de: ['referenz', 'herstellernummer'], en: ['reference'] },
    argument: 'needed',
    form: { de: 'nummer', en: 'number' },
    does: {
      de: 'hält fest, welche Nummer der Hersteller dem Fall gegeben hat',
      en: 'records the number that the manufacturer gave the case',
    },
  },
  vendorlevel: {
    words: { de: ['herstellerstufe'], en: ['vendorlevel'] },
    argument: 'needed',
    form: { de: 'grund', en: 'reason' },
    does: {
      de: 'wendet sich an die nächste Stufe beim Hersteller; den Grund liest sie',
      en: 'turns to the next level at the manufacturer, which reads the reason',
    },
    ...{ goesOn: true, reachesCustomer: true },
  },
  vendorclose: {
    words: { de: ['herstellerende'], en: ['vendorclose'] },
    argument: 'needed',
    form: { de: 'ergebnis 1-5 text', en: 'outcome 1-5 text' },
    does: {
      de: 'schließt den Fall: repariert, ersetzt, unterstützt, umgangen, ungelöst oder zurückgezogen, eine Note von 1 (schlecht) bis 5 (gut) und warum',
      en: 'closes the case: repaired, replaced, supported, workaround, unsolved or withdrawn, a mark from 1 (bad) to 5 (good) and why',
    },
    goesOn: true,
  },
} satisfies Record<string, CommandEntry>

export const caseOutcomes = [
  'repaired',
  'replaced',
  'supported',
  'workaround',
  'unsolved',
  'withdrawn',
] as const
export type CaseOutcome = (typeof caseOutcomes)[number]

const outcomeWords: Readonly<Record<CaseOutcome, RegExp>> = {
  repaired: /^(?:repariert|reparatur|repaired|repair)$/i,
  replaced: /^(?:ersetzt|getauscht|austausch|replaced|replacement)$/i,
  supported: /^(?:unterst(?:ü|ue)tzt|geholfen|beraten|supported|helped)$/i,
  workaround: /^(?:umgangen|umgehung|behelf|workaround)$/i,
  unsolved: /^(?:ungel(?:ö|oe)st|unsolved|unresolved)$/i,
  withdrawn: /^(?:zur(?:ü|ue)ckgezogen|withdrawn)$/i,
}

export type VendorCommand =
  /** `more` is what stood behind the name. */
  | { readonly name: 'vendor'; readonly vendor: string; readonly more: string }
  | { readonly name: 'share' }
  | { readonly name: 'reference'; readonly reference: string }
  | { readonly name: 'vendorlevel'; readonly reason: string }
  | {
      readonly name: 'vendorclose'
      readonly outcome: CaseOutcome
      readonly rating: number
      readonly evaluation: string
    }

export type VendorMistake =
  | 'no-such-vendor'
  | 'vendor-case-twice'
  | 'vendor-missing'
  | 'no-vendor-case'
  | 'vendor-gone'
  | 'several-vendor-cases'
  | 'vendor-case-open'
  | 'no-vendor-words'
  | 'vendor-words-shared'
  | 'vendor-words-internal'
  | 'no-vendor-level'
  | 'no-outcome'
  | 'no-rating'
  | 'no-evaluation'
  | 'no-reference'
  | 'not-in-case'

export function isVendorCommand(name: string): name is VendorCommand['name'] {
  return Object.hasOwn(vendorCommands, name)
}

const longestText = 4000

export function readVendorCommand(
  name: VendorCommand['name'],
  text: string,
  vendors: readonly Named[],
): Read<VendorCommand> {
  switch (name) {
    case 'vendor':
      return readVendor(text, vendors)
    case 'share':
      return { value: { name } }
    case 'reference': {
      const reference = text.replace(/\s+/g, ' ').slice(0, 40)
      return /\d/.test(reference) ? { value: { name, reference } } : { mistake: 'no-reference' }
    }
    case 'vendorlevel':
      return { value: { name, reason: text.slice(0, longestText).toWellFormed() } }
    case 'vendorclose':
      return readClose(text)
  }
}

/** The longest name that the text begins with: "Acme Sensors" is another one than "Acme". */
function readVendor(text: string, vendors: readonly Named[]): Read<VendorCommand> {
  const plain = (one: string) => one.normalize('NFC').toLowerCase()
  const [meant] = vendors
    .flatMap(({ key, names }) => [key, ...names].map(called => ({ key, called })))
    .filter(({ called }) => {
      const next = text.at([...called.normalize('NFC')].join('').length) ?? ''
      return plain(text).startsWith(plain(called)) && !/[\p{L}\p{N}]/u.test(next)
    })
    .toSorted((a, b) => b.called.length - a.called.length)
  if (!meant) return { mistake: 'no-such-vendor' }
  const more = text
    .slice(meant.called.normalize('NFC').length)
    .replace(/^[\s:,;–-]+/, '')
    .trim()
  return { value: { name: 'vendor', vendor: meant.key, more: more.slice(0, longestText).toWellFormed() } }
}

function readClose(text: string): Read<VendorCommand> {
  const [, word = '', mark = '', evaluation = ''] = /^(\S+)(?:\s+(\S+))?(?:\s+(.*))?$/su.exec(text) ?? []
  const outcome = caseOutcomes.find(one => outcomeWords[one].test(word.replace(/[:.,]$/, '')))
  if (!outcome) return { mistake: 'no-outcome' }
  const [, rating = ''] = /^([1-5])(?:\/5)?[:.,]?$/.exec(mark) ?? []
  if (rating === '') return { mistake: 'no-rating' }
  const why = evaluation.trim().slice(0, longestText).toWellFormed()
  return why === ''
    ? { mistake: 'no-evaluation' }
    : { value: { name: 'vendorclose', outcome, rating: Number(rating), evaluation: why } }
}
