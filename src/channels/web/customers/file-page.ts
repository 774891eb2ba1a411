import type { CompanyFile, PersonFile } from '../../../console/customer-pages.ts'
import type { ShownContact, ShownTicket } from '../../../console/customers.ts'
import type { FileKind } from '../../../desk/customers/customer-columns.ts'
import { type ContractNames, dayWords, entitlementWords } from '../../../desk/customers/words.ts'
import type { Language } from '../../../desk/ticket.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { words } from './words.ts'

/** All that the books hold of one customer, with what can be done about it. Pure. */

export interface FileFrame {
  readonly language: Language
  readonly prefix: string
  readonly contracts: ContractNames
  readonly timeZone: string
  /** The reader's own link to a ticket's page. */
  readonly ticketLink: (number: string) => string
}

export function companyBody(file: CompanyFile, frame: FileFrame): Html {
  const { language, contracts: names } = frame
  const say = words[language]
  const acts = (kind: FileKind, id: string) => actLinks(frame, kind, id)
  const adder = (kind: FileKind) =>
    file.number === null && kind !== 'devices'
      ? nothing
      : html`<a class="button plain" href="${frame.prefix}/desk/customers/${kind}/new?company=${file.id}">${say.addTitles[kind]}</a>`
  const until = (day: string | null, none: string) => (day === null ? none : dayWords(day, language))
  const contracts = file.contracts.map(one => [
    one.number,
    names[one.kind]?.name[language] ?? one.kind,
    dayWords(one.validFrom, language),
    until(one.validTo, say.endless),
    acts('contracts', one.id),
  ])
  const devices = file.devices.map(one => [
    one.product,
    one.serial,
    one.contract ?? say.noContract,
    until(one.warrantyTo, say.unknown),
    entitlementWords(one.entitlement, language, names),
    acts('devices', one.id),
  ])
  return html`<section class="card"><div class="head"><h2>${say.company}</h2><span>${acts('companies', file.id)}</span></div>
<dl><dt>${say.number}</dt><dd>${file.number ?? say.unknown}</dd>
<dt>${say.entitlement}</dt><dd>${entitlementWords(file.entitlement, language, names)}</dd>
<dt>${say.language}</dt><dd>${languageWord(file.language, language)}</dd></dl></section>
${part(say.contacts, adder('contacts'), contactTable(file.contacts, frame))}
${part(say.contracts, adder('contracts'), table([say.contractNumber, say.kind, say.validFrom, say.validTo, ''], contracts, say.none))}
${part(say.devices, adder('devices'), table([say.product, say.serial, say.contract, say.warrantyTo, say.entitlement, ''], devices, say.none))}
${ticketPart(file, frame)}`
}

export function personBody(file: PersonFile, frame: FileFrame): Html {
  const say = words[frame.language]
  return html`${part(say.person, nothing, contactTable([file], frame))}
${ticketPart(file, frame)}`
}

function contactTable(contacts: readonly (ShownContact & { readonly id: string })[], frame: FileFrame): Html {
  const say = words[frame.language]
  const rows = contacts.map(one => [
    one.name,
    one.addresses.join(', '),
    one.phones.join(', '),
    one.language === null ? '' : languageWord(one.language, frame.language),
    actLinks(frame, 'contacts', one.id),
  ])
  return table([say.name, say.addresses, say.phones, say.language, ''], rows, say.none)
}

function ticketPart(
  { tickets, ticketCount }: { readonly tickets: readonly ShownTicket[]; readonly ticketCount: number },
  { language, timeZone, ticketLink }: FileFrame,
): Html {
  const say = words[language]
  const rows = tickets.map(({ number, state, subject, openedAt }) => [
    html`<a href="${ticketLink(number)}">${number}</a>`,
    subject,
    dayWords(Temporal.Instant.from(openedAt).toZonedDateTimeISO(timeZone).toPlainDate().toString(), language),
    say.states[state] ?? state,
  ])
  const count = html`<span class="quiet">${ticketCount === 0 ? '' : say.lastTickets(tickets.length, ticketCount)}</span>`
  return part(say.tickets, count, table(['Ticket', say.subject, say.opened, say.state], rows, say.none))
}

function part(title: string, aside: Html, body: Html): Html {
  return html`<section class="card"><div class="head"><h2>${title}</h2>${aside}</div>
${body}</section>
`
}

/** The last column may hold what can be done; a head without a name is none. */
function table(heads: readonly string[], rows: readonly (readonly (string | Html)[])[], none: string): Html {
  if (rows.length === 0) return html`<p class="quiet">${none}</p>`
  const head = heads.map(name => (name === '' ? html`<td></td>` : html`<th>${name}</th>`))
  const body = rows.map(cells => {
    const shown = cells.map((cell, at) => {
      const name = heads[at] ?? ''
      if (name === '') return html`<td class="acts">${cell}</td>`
      return html`<td${cell === '' ? html` class="empty"` : nothing} data-name="${name}">${cell}</td>`
    })
    return html`<tr>${shown}</tr>\n`
  })
  return html`<div class="wide"><table class="stack"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

function actLinks({ prefix, language }: FileFrame, kind: FileKind, id: string): Html {
  const say = words[language]
  const to = `${prefix}/desk/customers/${kind}/${id}`
  return html`<a href="${to}/edit">${say.edit}</a> <a href="${to}/end">${kind === 'contracts' ? say.endContract : say.remove}</a>`
}

function languageWord(code: string | null, language: Language): string {
  const say = words[language]
  return code === null ? say.noLanguage : (say.languages[code] ?? code)
}
