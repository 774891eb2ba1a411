import type { AgentToken } from '../../desk/agent-token.ts'
import type { InboundMail } from '../../desk/inbound.ts'
import { nearestReferences } from '../../desk/threading.ts'
import type { CaseSign, VendorCaseFacts, VendorFacts } from '../../desk/vendor/facts.ts'
import { learnReference, namesReference } from '../../desk/vendor/reference.ts'
import type { VendorAddresses } from '../numbers-told.ts'

/**
 * What the ledger knows about cases at manufacturers that a batch of mails may speak of: see read-vendor-book.ts. A number
 * that an earlier mail of the batch brought is known to the later ones, as if each had been a transaction of its own.
 */

/** Letters that a manufacturer was sent: whoever names one was let in. */
export const kindsToVendors: readonly string[] = ['vendor-case', 'vendor-message', 'vendor-escalation']

interface CaseRow extends VendorCaseFacts {
  readonly reference: string | null
  readonly serial: string | null
  readonly people: readonly string[]
}

export interface FoundCases {
  readonly cases: readonly CaseRow[]
  readonly letters: readonly { messageId: string; caseId: string; kind: string }[]
  readonly mails: readonly { messageId: string; caseId: string }[]
}

/** Newest first. */
export type TextsOfCase = Pick<VendorFacts, 'noticeTexts' | 'toldVendor' | 'toldCustomer'>

const noTexts: TextsOfCase = { noticeTexts: [], toldVendor: [], toldCustomer: [] }

/** What one mail tells without the ledger. */
export interface SignsTold {
  readonly token: string | undefined
  readonly agent: AgentToken | undefined
  readonly numbers: readonly string[]
}

/** The manufacturers whose address is in From. */
export function vendorsOf(
  { content }: InboundMail,
  vendors: readonly VendorAddresses[],
): readonly VendorAddresses[] {
  const from = content.from?.address.toLowerCase() ?? ''
  const domain = from.slice(from.lastIndexOf('@'))
  return vendors.filter(
    ({ addresses, domains }) => from !== '' && (addresses.includes(from) || domains.includes(domain)),
  )
}

export class VendorBook {
  readonly #byId: ReadonlyMap<string, CaseRow>
  readonly #byNumber: ReadonlyMap<string, CaseRow>
  readonly #letters: ReadonlyMap<string, FoundCases['letters'][number]>
  readonly #mails: ReadonlyMap<string, string>
  readonly #references: Map<string, string>
  readonly #vendors: readonly VendorAddresses[]
  readonly #told: ReadonlyMap<InboundMail, SignsTold>
  readonly #texts: ReadonlyMap<string, TextsOfCase>

  constructor(
    found: FoundCases,
    vendors: readonly VendorAddresses[],
    told: ReadonlyMap<InboundMail, SignsTold>,
    texts: ReadonlyMap<string, TextsOfCase>,
  ) {
    this.#byId = new Map(found.cases.map(one => [one.id, one]))
    this.#byNumber = new Map(found.cases.map(one => [one.number, one]))
    this.#letters = new Map(found.letters.map(one => [one.messageId, one]))
    this.#mails = new Map(found.mails.map(one => [one.messageId, one.caseId]))
    this.#references = new Map(
      found.cases.flatMap(({ id, reference }) => (reference === null ? [] : [[id, reference]])),
    )
    this.#vendors = vendors
    this.#told = told
    this.#texts = texts
  }

  /** Tickets behind the cases that the batch surely speaks of: their promises may go on. */
  get ticketIds(): readonly string[] {
    const cases = [...this.#told].flatMap(([mail, told]) => [
      this.#matterOf(mail, told, vendorsOf(mail, this.#vendors))?.case ?? [],
      this.#byNumber.get(told.agent?.number ?? '') ?? [],
    ])
    return [...new Set(cases.flat().map(({ ticketId }) => ticketId))]
  }

  /** Undefined where nothing points to a case. */
  factsFor(mail: InboundMail): VendorFacts | undefined {
    if (this.#byId.size === 0) return undefined
    const { content } = mail
    const told = this.#told.get(mail)
    const writing = vendorsOf(mail, this.#vendors)
    const matter = this.#matterOf(mail, told, writing)
    const own = this.#byNumber.get(told?.agent?.number ?? '')
    const agentCase = own && told?.agent ? { case: factsOf(own), agent: told.agent.agent } : undefined
    const answered = this.#caseOfLetter(content.inReplyTo, () => true)
    const bounced = content.bounce?.originalMessageId
    const returned = bounced == null ? undefined : this.#caseOfLetter([bounced], isToVendor)
    const ownCases = [...this.#byId.values()].filter(one => writing.some(({ key }) => key === one.vendor))
    if (!matter && !agentCase && !answered && !returned && ownCases.length === 0) return undefined
    const about = matter?.case
    const fromVendor = about !== undefined && writing.some(({ key }) => key === about.vendor)
    if (matter && fromVendor) this.#learn(mail, matter.case)
    const sender = content.from?.address.toLowerCase() ?? ''
    return {
      matter: matter && { case: factsOf(matter.case), sign: matter.sign },
      ...{ fromVendor, fromCustomer: about?.people.includes(sender) ?? false, agentCase },
      fromCustomersDomain: about?.people.some(one => domainOf(one) === domainOf(sender)) ?? false,
      ownCases: ownCases.map(factsOf),
      answeredCase: answered && factsOf(answered),
      returnedCase: returned && factsOf(returned),
      ...(this.#texts.get(own?.id ?? '') ?? noTexts),
    }
  }

  #matterOf(
    { content }: InboundMail,
    told: SignsTold | undefined,
    writing: readonly VendorAddresses[],
  ): { readonly case: CaseRow; readonly sign: CaseSign } | undefined {
    const references = nearestReferences(content)
    const own = (one: CaseRow) => writing.some(({ key }) => key === one.vendor)
    const found: readonly (readonly [CaseSign, CaseRow | undefined])[] = [
      ['reply-address', this.#byNumber.get(told?.token ?? '')],
      ['in-reply-to', this.#caseOfLetter(content.inReplyTo, isToVendor)],
      ['references', this.#caseOfLetter(references, isToVendor)],
      ['number', (told?.numbers ?? []).flatMap(number => this.#byNumber.get(number) ?? [])[0]],
      ['reference', this.#byReference(content.subject, own)],
      ['named-mail', this.#caseOfMail([...content.inReplyTo, ...references])],
    ]
    // A number in a subject counts from its own manufacturer only; another's must not hide what follows.
    for (const [sign, one] of found)
      if (one && (sign !== 'number' || own(one) || writing.length === 0)) return { case: one, sign }
    return undefined
  }

  #caseOfLetter(ids: readonly string[], wanted: (kind: string) => boolean): CaseRow | undefined {
    for (const id of ids) {
      const letter = this.#letters.get(id)
      if (letter && wanted(letter.kind)) return this.#byId.get(letter.caseId)
    }
    return undefined
  }

  #caseOfMail(ids: readonly string[]): CaseRow | undefined {
    return ids.flatMap(id => this.#byId.get(this.#mails.get(id) ?? '') ?? [])[0]
  }

  /** Open ones first: a manufacturer may use a number again for the next device. */
  #byReference(subject: string, own: (one: CaseRow) => boolean): CaseRow | undefined {
    const named = [...this.#references].flatMap(([id, reference]) => {
      const one = this.#byId.get(id)
      return one && own(one) && namesReference(subject, reference) ? [one] : []
    })
    return named.find(({ state }) => state === 'open') ?? named[0]
  }

  #learn({ content }: InboundMail, { id, number, vendor, serial }: CaseRow): void {
    if (this.#references.has(id)) return
    const pattern = this.#vendors.find(({ key }) => key === vendor)?.reference
    const answer = { subject: content.subject, text: content.replyText || content.text }
    const reference = learnReference(answer, pattern, [number, serial ?? ''])
    if (reference !== undefined) this.#references.set(id, reference)
  }
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

const isToVendor = (kind: string): boolean => kindsToVendors.includes(kind)

function factsOf({ id, number, ticketId, vendor, agent, state }: CaseRow): VendorCaseFacts {
  return { id, number, ticketId, vendor, agent, state }
}
