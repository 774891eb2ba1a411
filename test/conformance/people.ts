/** What the people around a desk write: customers, agents in their mail clients, and strangers. */
import PostalMime, { type Email } from 'postal-mime'
import { mailSource } from '../channels/mail/mail-source.ts'
import type { Post } from '../intake/postman.ts'
import { trustedServer } from './gateway.ts'

export const petra = 'petra@kunde.example.org'
export const anna = 'anna@example.com'
export const bernd = 'bernd@example.com'
export const desk = 'support@example.com'

let written = 0

type Fields = Readonly<Record<string, string>>

/** A mail with a Message-ID of its own. */
export function mailFrom(from: string, fields: Fields = {}, body?: string): Buffer {
  written++
  return mailSource({
    fields: {
      From: from,
      Subject: 'Drucker druckt nicht',
      Date: `Mon, 2 Mar 2026 09:30:${String(written % 60).padStart(2, '0')} +0100`,
      'Message-ID': `<mail${written}@${from.slice(from.indexOf('@') + 1)}>`,
      'Content-Type': 'text/plain; charset=utf-8',
      ...fields,
    },
    body: body ?? `Guten Tag, der Drucker druckt nicht mehr. Dies ist Mail ${written}.`,
  })
}

/** The customer's question, by a Message-ID that can be named. */
export const question = (fields: Fields = {}, body?: string) =>
  mailFrom(`Petra Lindner <${petra}>`, { 'Message-ID': '<question@kunde.example.org>', ...fields }, body)

export type Opened = Email & { readonly raw: string }

/** A letter of ours as its recipient opens it. */
export async function opened({ raw }: Post): Promise<Opened> {
  return { ...(await PostalMime.parse(raw)), raw: raw.toString('latin1') }
}

/** What the desk's own mail server writes on a mail of somebody who is who they say. */
export const genuine = (domain = 'example.com'): Fields => ({
  'Authentication-Results': `${trustedServer}; dmarc=pass header.from=${domain}`,
})

export function quoted({ text = '' }: Email, by = 'Support <support@example.com>'): string {
  const lines = text.trimEnd().split('\n')
  return `Am 02.03.2026 um 10:00 schrieb ${by}:\n${lines.map(line => `> ${line}`).join('\n')}\n`
}

/** Fields of a mail written by pressing Reply. */
export function replyFields(to: Email): Fields {
  const { subject = '', messageId = '' } = to
  return {
    To: to.replyTo?.[0]?.address ?? to.from?.address ?? '',
    Subject: `AW: ${subject.replaceAll('\n', ' ')}`,
    'In-Reply-To': messageId,
    References: messageId,
  }
}

/** Anna presses Reply on her notice: own words above the quoted notice, vouched for by the desk's mail server. */
export function agentReply(notice: Email, words: string, fields: Fields = {}): Buffer {
  const own = { ...replyFields(notice), ...genuine(), ...fields }
  return mailFrom(own.From ?? `Anna Fink <${anna}>`, own, `${words}\n\n${quoted(notice)}`)
}
