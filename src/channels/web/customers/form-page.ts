import type { FileKind } from '../../../desk/customers/customer-columns.ts'
import type { FormCells, FormFault } from '../../../desk/customers/customer-form.ts'
import type { Language } from '../../../desk/ticket.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { toldBox } from '../desk-layout.ts'
import { type Told, words } from './words.ts'

/** Forms of the customers' books: one row, its faults beside the fields. Pure. */

export interface Choice {
  readonly value: string
  readonly name: string
}

export interface FormView {
  readonly language: Language
  readonly kind: FileKind
  readonly isNew: boolean
  /** What to press goes to `here` itself; who thinks better of it goes back. */
  readonly back: string
  readonly cells: FormCells
  readonly faults: readonly (Omit<FormFault, 'code'> & { readonly code: FormFault['code'] | 'taken' })[]
  readonly told: Told | undefined
  /** What the row was when the form was made; '' for a new one. */
  readonly was: string
  readonly choices: Readonly<Record<string, readonly Choice[]>>
}

interface Field {
  readonly name: string
  readonly label: keyof (typeof words)['de'] & keyof (typeof words)['en']
  readonly type: 'text' | 'date' | 'choice'
  readonly needed?: boolean
  /** Names the row: fixed once it is there. */
  readonly names?: boolean
}

/** Those of each kind that a person fills in; which company it is stands in the address. */
export const formFields: Readonly<Record<FileKind, readonly Field[]>> = {
  companies: [
    { name: 'number', label: 'number', type: 'text', needed: true, names: true },
    { name: 'name', label: 'name', type: 'text', needed: true },
    { name: 'language', label: 'language', type: 'choice' },
  ],
  contacts: [
    { name: 'name', label: 'name', type: 'text', needed: true },
    { name: 'addresses', label: 'addresses', type: 'text' },
    { name: 'phones', label: 'phones', type: 'text' },
    { name: 'language', label: 'language', type: 'choice' },
  ],
  contracts: [
    { name: 'number', label: 'contractNumber', type: 'text', needed: true, names: true },
    { name: 'kind', label: 'kind', type: 'choice', needed: true },
    { name: 'validFrom', label: 'validFrom', type: 'date', needed: true },
    { name: 'validTo', label: 'validTo', type: 'date' },
  ],
  devices: [
    { name: 'serial', label: 'serial', type: 'text', needed: true, names: true },
    { name: 'product', label: 'product', type: 'text', needed: true },
    { name: 'contract', label: 'contract', type: 'choice' },
    { name: 'warrantyTo', label: 'warrantyTo', type: 'date' },
  ],
}

export function formBody(view: FormView): Html {
  const { language, kind, isNew, back, told, was } = view
  const say = words[language]
  const fields = formFields[kind].map(field =>
    field.names && !isNew
      ? html`<p><span class="quiet">${labelOf(field, language)}</span><br>${view.cells[field.name] ?? ''}</p>`
      : fieldOf(field, view),
  )
  return html`${told === undefined ? nothing : toldBox(say.told[told], true)}
<section class="card"><form method="post"><input type="hidden" name="was" value="${was}">
${fields}
<p class="buttons"><button>${say.save}</button><a href="${back}">${say.cancel}</a></p></form></section>`
}

const labelOf = ({ label }: Field, language: Language) => String(words[language][label])

function fieldOf(field: Field, view: FormView): Html {
  const { language, cells, faults, choices } = view
  const { name, type, needed = false } = field
  const say = words[language]
  const fault = faults.find(one => one.field === name)
  const state = fault
    ? html` aria-invalid="true" aria-describedby="fault-${name}"`
    : needed
      ? html` required`
      : nothing
  const value = cells[name] ?? ''
  const input =
    type === 'choice'
      ? html`<select name="${name}"${state}>${(choices[name] ?? []).map(one => html`<option value="${one.value}"${one.value === value ? html` selected` : nothing}>${one.name}</option>`)}</select>`
      : html`<input type="${type}" name="${name}" value="${value}" maxlength="500"${state}>`
  const hint = say.hints[name]
  return html`<label>${labelOf(field, language)}${input}${hint === undefined ? nothing : html`<span class="quiet">${hint}</span>`}${fault ? html`<span class="fault" id="fault-${name}">${faultWords(fault, language, view.kind)}</span>` : nothing}</label>
`
}

function faultWords(
  { field, code }: { readonly field: string; readonly code: FormFault['code'] | 'taken' },
  language: Language,
  kind: FileKind,
): string {
  const say = words[language]
  if (code === 'empty' && kind === 'contacts' && field === 'addresses') return say.reachable
  return (code === 'wrong' ? say.wrong[field] : undefined) ?? say.faults[code]
}

export interface EndView {
  readonly language: Language
  readonly kind: FileKind
  readonly name: string
  readonly back: string
  readonly told: Told | undefined
  /** The last day that a contract counts; left out for everything else. */
  readonly day?: string
  readonly dayFault?: FormFault['code']
}

export function endBody({ language, kind, name, back, told, day, dayFault }: EndView): Html {
  const say = words[language]
  const until =
    day === undefined
      ? nothing
      : fieldOf(
          { name: 'validTo', label: 'validTo', type: 'date', needed: true },
          {
            ...{ language, kind, isNew: false, back, told, was: '', choices: {} },
            ...{ cells: { validTo: day }, faults: dayFault ? [{ field: 'validTo', code: dayFault }] : [] },
          },
        )
  return html`${told === undefined ? nothing : toldBox(say.told[told], true)}
<section class="card"><form method="post"><p><strong>${name}</strong></p><p>${say.endHints[kind]}</p>
${until}
<p class="buttons"><button>${kind === 'contracts' ? say.endContract : say.remove}</button><a href="${back}">${say.cancel}</a></p></form></section>`
}
