import { Buffer } from 'node:buffer'

/** Builds raw mails for tests: the fields given, sensible ones for the rest, CRLF everywhere. */
export interface MailSource {
  /** Replaces or adds header fields; '' leaves a field out. */
  readonly fields?: Readonly<Record<string, string>>
  readonly body?: string
  /** Encoding of the whole mail, for raw 8-bit bytes. */
  readonly bytes?: 'utf8' | 'latin1'
}

const usual = {
  From: 'Anna Muster <anna@example.com>',
  To: 'support@example.com',
  Subject: 'Tisch wackelt',
  Date: 'Thu, 5 Mar 2026 10:11:12 +0100',
  'Message-ID': '<1@example.com>',
  'MIME-Version': '1.0',
}

export function mailSource({ fields = {}, body = 'Guten Tag', bytes = 'utf8' }: MailSource): Buffer {
  const header = Object.entries({ ...usual, ...fields })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
  return Buffer.from(`${header}\n${body}`.replace(/\r?\n/g, '\r\n'), bytes)
}

/** A multipart body: each part is its header lines, an empty line and its content. */
export function multipart(type: string, parts: readonly string[], boundary = 'b'): MailSource {
  const body = `${parts.map(part => `--${boundary}\n${part}\n`).join('')}--${boundary}--\n`
  return { fields: { 'Content-Type': `multipart/${type}; boundary="${boundary}"` }, body }
}
