import { internalMark } from '../../../src/desk/internal-text.ts'

/** Notices to agents, and what mail programs make of them when an agent presses Reply. */
export type Place = 'top' | 'inline' | 'bottom'
export type Tongue = 'de' | 'en'

export const places: readonly Place[] = ['top', 'inline', 'bottom']
export const tongues: readonly Tongue[] = ['de', 'en']

export const notices: Readonly<Record<Tongue, string>> = {
  de: `Ein neues Ticket für Ihre Gruppe.

Ticket:        [#1000018]
Anfrage von:   Petra Lindner <petra@kunde.example.com>
Betreff:       Drucker druckt nicht
Eingegangen:   24.11.2026, 12:00 Uhr
Antwort bis:   24.11.2026, 14:00 Uhr

Die Nachricht im Wortlaut
-------------------------

> Guten Tag,
>
> unser Etikettendrucker druckt seit heute Morgen nur noch leere Blätter und
> meldet „Kopf offen“, obwohl er geschlossen ist.
> Was können wir tun?
>
> Mit freundlichen Grüßen
> Petra Lindner

So antworten Sie
----------------

Antworten Sie einfach auf diese E-Mail.

Verlauf des Tickets:         gateway ticket show 1000018
Warum so entschieden wurde:  gateway why 4711

${internalMark}
Muster GmbH · Muster Support <support@example.com>`,
  en: `A new message has arrived on this ticket.

Ticket:       [#1000018]
Customer:     Petra Lindner <petra@kunde.example.com>
Subject:      Printer does not print
Received:     24 November 2026, 11:00
Reply due:    24 November 2026, 13:00

The message in full
-------------------

> Hello,
>
> since this morning our label printer has produced nothing but empty sheets and
> says that its head is open although it is closed.
> What can we do?
>
> Kind regards
> Petra Lindner

How to answer
-------------

Simply reply to this email.

History of the ticket:  gateway ticket show 1000018
Why it was decided so:  gateway why 4711

${internalMark}
Muster GmbH · Muster Support <support@example.com>`,
}

const us = 'Muster Support <support@example.com>'

function block(tongue: Tongue, bold = false, tab = ' '): string {
  const key = (word: string) => (bold ? `*${word}:*` : `${word}:`)
  return tongue === 'de'
    ? `${key('Von')}${tab}${us}\n${key('Gesendet')}${tab}Dienstag, 24. November 2026 12:00\n${key('An')}${tab}Anna Petersen <anna@example.com>\n${key('Betreff')}${tab}[#1000018] Drucker druckt nicht`
    : `${key('From')}${tab}${us}\n${key('Sent')}${tab}Tuesday, November 24, 2026 11:00 AM\n${key('To')}${tab}Anna Petersen <anna@example.com>\n${key('Subject')}${tab}[#1000018] Printer does not print`
}

const marked = (text: string): string =>
  text
    .split('\n')
    .map(line => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n')

/** Marks each line and then breaks the long ones, as programs do that wrap after quoting. */
const wrappedAfterMarking = (text: string): string =>
  marked(text)
    .split('\n')
    .map(line => line.replace(/^(.{60,72}) (.+)$/, '$1\n$2'))
    .join('\n')

export interface Client {
  readonly name: string
  /** Stands between the agent's words and the history. */
  readonly head: (tongue: Tongue) => string
  readonly quote: (text: string) => string
  /** Tears quoted lines apart; what is left of them cannot be told from an answer by its form. */
  readonly breaks?: true
}

const plain = (text: string): string => text
const byTongue = (de: string, en: string) => (tongue: Tongue) => (tongue === 'de' ? de : en)

export const clients: readonly Client[] = [
  { name: 'Outlook', head: tongue => block(tongue), quote: plain },
  { name: 'Outlook, bold marks', head: tongue => block(tongue, true), quote: plain },
  { name: 'Outlook on the web', head: tongue => `${'_'.repeat(32)}\n${block(tongue)}`, quote: plain },
  {
    name: 'Outlook 2003',
    head: tongue =>
      `-----${byTongue('Ursprüngliche Nachricht', 'Original Message')(tongue)}-----\n${block(tongue)}`,
    quote: plain,
  },
  {
    name: 'Outlook, quoting with marks',
    head: tongue => `-----Original Message-----\n${block(tongue)}`,
    quote: marked,
  },
  {
    name: 'Outlook for iOS',
    head: tongue =>
      `${byTongue('Gesendet von Outlook für iOS', 'Get Outlook for iOS')(tongue)}<https://aka.ms/o0ukef>\n${'_'.repeat(32)}\n${block(tongue)}`,
    quote: plain,
  },
  {
    name: 'Gmail',
    head: byTongue(
      `Am Di., 24. Nov. 2026 um 12:00 Uhr schrieb ${us}:\n`,
      `On Tue, Nov 24, 2026 at 11:00 AM ${us} wrote:\n`,
    ),
    quote: marked,
  },
  {
    name: 'Gmail, attribution broken',
    head: byTongue(
      `Am Di., 24. Nov. 2026 um 12:00 Uhr schrieb Muster Support\n<support@example.com>:\n`,
      `On Tue, Nov 24, 2026 at 11:00 AM Muster Support\n<support@example.com> wrote:\n`,
    ),
    quote: marked,
  },
  {
    name: 'Apple Mail',
    head: byTongue(
      `> Am 24.11.2026 um 12:00 schrieb ${us}:\n> `,
      `> On 24 Nov 2026, at 11:00, ${us} wrote:\n> `,
    ),
    quote: marked,
  },
  {
    name: 'iPhone',
    head: byTongue(
      `Von meinem iPhone gesendet\n\n> Am 24.11.2026 um 12:00 schrieb ${us}:\n> `,
      `Sent from my iPhone\n\n> On 24 Nov 2026, at 11:00, ${us} wrote:\n> `,
    ),
    quote: marked,
  },
  {
    name: 'Thunderbird',
    head: byTongue(
      'Am 24.11.26 um 12:00 schrieb Muster Support:',
      'On 24/11/2026 11:00, Muster Support wrote:',
    ),
    quote: marked,
  },
  {
    name: 'a client that wraps what it has marked',
    head: byTongue(
      'Am 24.11.26 um 12:00 schrieb Muster Support:',
      'On 24/11/2026 11:00, Muster Support wrote:',
    ),
    quote: wrappedAfterMarking,
    breaks: true,
  },
  {
    name: 'Samsung',
    head: tongue =>
      `${byTongue('Von meinem Galaxy gesendet\n\n-------- Ursprüngliche Nachricht', 'Sent from my Galaxy\n\n-------- Original message')(tongue)} --------\n${block(tongue)}\n`,
    quote: plain,
  },
  {
    name: 'GMX',
    head: byTongue(
      `Gesendet: Dienstag, 24. November 2026 um 12:00 Uhr\nVon: "Muster Support" <support@example.com>\nAn: anna@example.com\nBetreff: [#1000018] Drucker druckt nicht`,
      `Sent: Tuesday, November 24, 2026 at 11:00 AM\nFrom: "Muster Support" <support@example.com>\nTo: anna@example.com\nSubject: [#1000018] Printer does not print`,
    ),
    quote: plain,
  },
  { name: 'Lotus Notes', head: tongue => `${block(tongue, false, '\t')}\n\n`, quote: plain },
  {
    name: 'K-9',
    head: byTongue(
      `Am 24. November 2026 12:00:00 MEZ schrieb ${us}:`,
      `On 24 November 2026 11:00:00 GMT, ${us} wrote:`,
    ),
    quote: marked,
  },
  { name: 'a client that marks nothing and says nothing', head: () => '', quote: plain },
  { name: 'a client that marks with bars', head: () => '', quote: text => text.replace(/^/gm, '| ') },
]

/** The reply's text. `split`: how far into the notice an inline answer stands, from 0 to 1. */
export function replyOf(client: Client, place: Place, tongue: Tongue, own: string, split: number): string {
  const head = client.head(tongue)
  const lines = notices[tongue].split('\n')
  if (place === 'top') return `${own}\n\n${head}\n${client.quote(notices[tongue])}\n`
  if (place === 'bottom') return `${head}\n${client.quote(notices[tongue])}\n\n${own}\n`
  const cut = Math.min(lines.length - 1, Math.max(1, Math.floor(split * lines.length)))
  const before = client.quote(lines.slice(0, cut).join('\n'))
  const after = client.quote(lines.slice(cut).join('\n'))
  return `${head}\n${before}\n\n${own}\n\n${after}\n`
}

/** A pseudo-random sequence from 0 to 1, the same on every run (mulberry32). */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
