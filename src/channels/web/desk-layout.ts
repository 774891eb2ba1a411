import type { Language } from '../../desk/ticket.ts'
import { type Html, html, nothing } from '../phone/call-now/html.ts'
import { deskStyle } from './desk-style.ts'
import type { DeskAgent } from './sign-in/session.ts'

/** The frame of all pages for agents who are signed in: no scripts, from 320 pixels on, light and dark. Pure. */

interface DeskSection {
  /** Below the prefix; pages whose path begins with it belong to it. */
  readonly path: string
  readonly name: Readonly<Record<Language, string>>
}

/** What the navigation lists, in this order; the first one is where somebody who signs in begins. */
export const deskSections: readonly DeskSection[] = [
  { path: '/desk/customers', name: { de: 'Kunden', en: 'Customers' } },
  { path: '/desk/new', name: { de: 'Anliegen aufnehmen', en: 'Take down a matter' } },
  { path: '/desk/reports', name: { de: 'Berichte', en: 'Reports' } },
]

const words = {
  de: { skip: 'Zum Inhalt', areas: 'Bereiche', signOut: 'Abmelden' },
  en: { skip: 'Skip to the content', areas: 'Areas', signOut: 'Sign out' },
} as const

export interface DeskPage {
  readonly language: Language
  /** What stands before every path; see desk/page-address.ts. */
  readonly prefix: string
  /** Path of the page, without the prefix. */
  readonly here: string
  readonly title: string
  /** Name of the company. */
  readonly company: string
  /** Left out on the pages where nobody is signed in. */
  readonly agent?: DeskAgent
  readonly body: Html
}

export function deskPage({ language, prefix, here, title, company, agent, body }: DeskPage): string {
  const say = words[language]
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} · ${company}</title>
<style>${{ html: deskStyle }}</style>
</head>
<body>
<a class="skip" href="#main">${say.skip}</a>
<header class="top"><span class="brand">${company}</span>
${agent === undefined ? nothing : menu({ language, prefix, here, agent })}</header>
<main id="main"${agent === undefined ? html` class="narrow"` : nothing}>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.html
}

function menu(page: Pick<DeskPage, 'language' | 'prefix' | 'here'> & { readonly agent: DeskAgent }): Html {
  const { language, prefix, here, agent } = page
  const say = words[language]
  const links = deskSections.map(({ path, name }) => {
    const current = here === path || here.startsWith(`${path}/`) ? html` aria-current="page"` : nothing
    return html`<a href="${prefix}${path}"${current}>${name[language]}</a>`
  })
  return html`<nav aria-label="${say.areas}">${links}</nav>
<form method="post" action="${prefix}/desk/sign-out"><span>${agent.name}</span><button class="plain">${say.signOut}</button></form>`
}

/** What became of the last form, above the page. */
export function toldBox(text: string, isBad = false): Html {
  return html`<div class="told${isBad ? ' bad' : ''}" role="status">${text}</div>`
}
