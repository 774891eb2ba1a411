/** What a question about the policy is about, from the words of a command line. */
import type { Config } from '../../config/schema.ts'
import type { Severity } from '../../desk/command-arguments.ts'
import type { Entitlement, Impact, Matter, PromiseKind } from '../../desk/promise/matter.ts'
import { CommandFailed } from '../answer.ts'

/** Options as they were typed; what is left out is unknown of the matter, as of one that just came in. */
export interface AskedMatter {
  readonly severity?: string
  readonly impact?: string
  readonly contract?: string
  readonly area?: string
  readonly group?: string
  /** Name of the company. */
  readonly customer?: string
  readonly broken?: string
  readonly endangered?: string
}

export const severityWords = ['stopped', 'hindered', 'minor', 'unclassified'] as const
export const impactWords = ['financial-loss', 'serious', 'normal'] as const
const kindWords = ['first-response', 'callback', 'status-update', 'resolution', 'manager-contact'] as const

/** Throws CommandFailed for a word that nothing in the configuration knows: its answer would be about nothing. */
export function matterAsked(config: Config, asked: AskedMatter): Matter {
  const { areas, contracts, groups } = config
  const severity = oneOf('severity', asked.severity ?? 'unclassified', severityWords)
  const impact = oneOf('impact', asked.impact ?? 'normal', impactWords)
  const contract = oneOf('contract', asked.contract ?? 'none', contractWords(contracts))
  const area = asked.area === undefined ? null : oneOf('area', asked.area, Object.keys(areas))
  const group = oneOf('group', asked.group ?? usualGroup(config), Object.keys(groups))
  return matterOf({ severity, impact, contract, area, group, customer: asked.customer ?? null }, asked)
}

export interface MatterWords {
  readonly severity: string
  readonly impact: string
  readonly contract: string
  readonly area: string | null
  readonly group: string
  readonly customer: string | null
}

/** The matter that these words of the policy's tables describe, on its first level. */
export function matterOf(
  { severity, impact, contract, area, group, customer }: MatterWords,
  happened: Pick<AskedMatter, 'broken' | 'endangered'> = {},
): Matter {
  return {
    severity: severity === 'unclassified' ? null : (severity as Severity),
    customerSeverity: null,
    impact: impact as Impact,
    entitlement: entitlementOf(contract),
    ...{ area, group, product: null, requestType: null, language: 'de', level: 1, reopened: 0 },
    customer: customer === null ? null : { name: customer, number: null },
    broken: kindsOf('broken', happened.broken),
    endangered: kindsOf('endangered', happened.endangered),
  }
}

/** Kinds of contract that the policy's tables can name. */
export function contractWords(contracts: Config['contracts']): readonly string[] {
  return ['none', 'warranty', ...Object.keys(contracts)]
}

/** Where mail comes in first: what nobody routed ends there. */
export function usualGroup({ mailboxes, groups }: Config): string {
  return Object.values(mailboxes)[0]?.group ?? Object.keys(groups)[0] ?? ''
}

function entitlementOf(contract: string): Entitlement {
  if (contract === 'none') return { kind: 'none' }
  if (contract === 'warranty') return { kind: 'warranty', until: '9999-12-31' }
  return { kind: 'contract', contract, number: '', validTo: null }
}

function kindsOf(option: string, words: string | undefined): readonly PromiseKind[] {
  if (words === undefined) return []
  return words.split(',').map(word => oneOf(option, word.trim(), kindWords))
}

function oneOf<Word extends string>(option: string, word: string, words: readonly Word[]): Word {
  const found = words.find(known => known === word)
  if (found === undefined) {
    const allowed = words.length === 0 ? 'none is configured' : `allowed are ${words.join(', ')}`
    throw new CommandFailed(`--${option} ${word}: ${allowed}.`)
  }
  return found
}
