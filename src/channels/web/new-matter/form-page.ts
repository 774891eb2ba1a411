import type { Config } from '../../../config/schema.ts'
import { channelWords } from '../../../desk/channel.ts'
import { requestTypeOf } from '../../../desk/checklist.ts'
import type { InBooks } from '../../../desk/customers/in-books.ts'
import { conflictWords, deviceWords, entitlementWords } from '../../../desk/customers/words.ts'
import { lengths } from '../../../desk/matters/told-matter.ts'
import type { Language } from '../../../desk/ticket.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { askedFields, type Cells, type Faults, formChannels, knownPrefix } from './form-fields.ts'
import { words } from './words.ts'

export interface NewMatterView {
  readonly language: Language
  readonly config: Config
  /** As they were sent; empty for a new form. */
  readonly cells: Cells
  readonly faults: Faults
  /** Of this one form, so that it counts once. */
  readonly key: string
  /** The ticket that has just been opened. */
  /** What the customers' books say of whoever was filled in; undefined where nobody asked. */
  readonly books?: InBooks | null | undefined
  readonly opened: { readonly number: string; readonly page: string } | undefined
}

type Choices = readonly (readonly [value: string, name: string])[]

/** The form on which an agent takes down what was said, without the frame. Pure. */
export function newMatterBody(view: NewMatterView): Html {
  const { language, config, opened, faults, key } = view
  const say = words[language]
  const named = (
    table: Readonly<Record<string, { readonly name: string | Readonly<Record<Language, string>> }>>,
  ) =>
    Object.entries(table).map(
      ([one, { name }]) => [one, typeof name === 'string' ? name : name[language]] as const,
    )
  const recognised = (choices: Choices): Choices => [['', say.recognise], ...choices]
  const channels = formChannels.map(one => [one, sentence(channelWords(one, language))] as const)
  const mailboxes = named(config.mailboxes)
  const severities = [['', say.unsaid] as const, ...Object.entries(say.severities)]
  return html`${opened === undefined ? nothing : openedBox(opened, language)}
${Object.keys(faults).length === 0 ? nothing : html`<div class="told bad" role="alert">${say.faults}</div>`}
<p>${say.intro}</p>
<form method="post"><input type="hidden" name="key" value="${key}">
<section class="card"><div class="head"><h2>${say.matter}</h2></div>
${select(view, 'channel', say.channel, channels)}
${area(view, 'text', say.text, lengths.text)}
${input(view, 'subject', say.subject, 'text', say.subjectHint)}
${choicesOf(view, 'requestType', say.requestType, recognised(named(config.requestTypes)))}
${choicesOf(view, 'area', say.area, recognised(named(config.areas)))}
${choicesOf(view, 'product', say.product, recognised(named(config.products)))}
${input(view, 'serial', say.serial, 'text')}
${select(view, 'customerSeverity', say.customerSeverity, severities)}
${select(view, 'severity', say.severity, severities)}
${mailboxes.length > 1 ? select(view, 'mailbox', say.mailbox, mailboxes) : nothing}</section>
${checklist(view)}
<section class="card"><div class="head"><h2>${say.customer}</h2></div>
${input(view, 'name', say.name, 'text')}
${input(view, 'address', say.address, 'email')}
${input(view, 'phone', say.phone, 'tel', say.phoneHint)}
${input(view, 'handle', say.handle, 'text')}
${select(view, 'language', say.language, Object.entries(say.languages))}
${select(view, 'confirm', say.confirm, Object.entries(say.confirms))}</section>
${booksCard(view)}
<p class="quiet">${say.lookHint}</p>
<div class="buttons"><button>${say.save}</button><button class="plain" name="do" value="look" formnovalidate>${say.look}</button></div></form>`
}

function openedBox({ number, page }: NonNullable<NewMatterView['opened']>, language: Language): Html {
  const say = words[language]
  return html`<div class="told" role="status">${say.opened(number)} <a href="${page}">${say.openPage}</a></div>`
}

/** What the kind of request asks for beside what the form has fields for anyway. */
function checklist(view: NewMatterView): Html {
  const { config, cells, language } = view
  const asked = askedFields(cells, config)
  const mailbox = cells.mailbox || (Object.keys(config.mailboxes)[0] ?? '')
  const type = requestTypeOf({ mailbox, requestType: cells.requestType || null }, config)
  if (!type || asked.length === 0) return nothing
  const fields = asked.map(([key, { label }]) => input(view, `${knownPrefix}${key}`, label[language], 'text'))
  return html`<section class="card"><div class="head"><h2>${words[language].checklist(type.name[language])}</h2></div>
${fields}</section>`
}

function booksCard({ books, language, config }: NewMatterView): Html {
  if (!books) return nothing
  const say = words[language]
  const { company, companyNumber, contact, entitlement } = books
  const rows = [
    [say.company, companyNumber === null || company === '' ? company : `${company} (${companyNumber})`],
    [say.contact, contact],
    [say.device, deviceWords(books, language)],
    [say.entitlement, entitlementWords(entitlement, language, config.contracts)],
  ].filter(([, value]) => value !== '')
  const unclear = books.conflicts.map(one => html`<p class="fault">${conflictWords(one, language)}</p>`)
  const found =
    entitlement.kind === 'unknown-customer'
      ? html`<p>${say.notInBooks}</p>`
      : html`<dl>${rows.map(([name, value]) => html`<dt>${name ?? ''}</dt><dd>${value ?? ''}</dd>`)}</dl>`
  return html`<section class="card" id="books" role="status"><div class="head"><h2>${say.books}</h2></div>
${found}${unclear}</section>`
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Left out where the configuration has nothing to choose from. */
function choicesOf(view: NewMatterView, name: string, label: string, choices: Choices): Html {
  return choices.length > 1 ? select(view, name, label, choices) : nothing
}

function select(view: NewMatterView, name: string, label: string, choices: Choices): Html {
  const chosen = view.cells[name] ?? ''
  const options = choices.map(
    ([value, text]) =>
      html`<option value="${value}"${value === chosen ? html` selected` : nothing}>${text}</option>`,
  )
  return html`<label>${label}<select name="${name}"${invalid(view, name)}>${options}</select>${faultOf(view, name)}</label>`
}

function input(view: NewMatterView, name: string, label: string, type: string, hint = ''): Html {
  const most = name.startsWith(knownPrefix)
    ? lengths.value
    : name in lengths
      ? lengths[name as keyof typeof lengths]
      : 254
  return html`<label>${label}${hint === '' ? nothing : html`<span class="quiet">${hint}</span>`}<input type="${type}" name="${name}" value="${view.cells[name] ?? ''}" maxlength="${most}" autocomplete="off"${invalid(view, name)}>${faultOf(view, name)}</label>`
}

/** What was said keeps its lines; the browser leaves the first line break of a text area out. */
function area(view: NewMatterView, name: string, label: string, most: number): Html {
  const lines = (view.cells[name] ?? '')
    .split('\n')
    .map((line, at) => (at === 0 ? html`${line}` : html`&#10;${line}`))
  return html`<label>${label}<textarea name="${name}" rows="6" maxlength="${most}" required${invalid(view, name)}>${lines}</textarea>${faultOf(view, name)}</label>`
}

const invalid = ({ faults }: NewMatterView, name: string): Html =>
  Object.hasOwn(faults, name) ? html` aria-invalid="true"` : nothing

function faultOf({ faults, language }: NewMatterView, name: string): Html {
  const code = Object.hasOwn(faults, name) ? faults[name] : undefined
  return code === undefined ? nothing : html`<span class="fault">${words[language].fault[code]}</span>`
}
