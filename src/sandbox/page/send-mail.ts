import { createTransport } from 'nodemailer'
import type { Account } from '../accounts.ts'
import type { ReplyDraft } from './reply-draft.ts'
import type { SentForm } from './upload.ts'

export interface Wanted {
  readonly from: Account
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly answers: ReplyDraft | undefined
  readonly attachment: SentForm['attachment']
}

/** How the mail server answered: its own words either way. */
export type Sending =
  | { readonly accepted: true; readonly answer: string }
  | { readonly accepted: false; readonly answer: string }

/** Submits a mail to the sandbox's SMTP server as the user's mail client would, login included. */
export async function sendMail(
  { host, port }: { host: string; port: number },
  mail: Wanted,
): Promise<Sending> {
  const { from, answers, attachment } = mail
  const transport = createTransport({
    host,
    port,
    ignoreTLS: true,
    auth: { user: from.address, pass: from.password },
  })
  try {
    const { response } = await transport.sendMail({
      from: { name: from.name, address: from.address },
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      ...(answers?.inReplyTo ? { inReplyTo: answers.inReplyTo, references: [...answers.references] } : {}),
      attachments: attachment ? [attachment] : [],
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    return { accepted: true, answer: response }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const answer = 'response' in error && typeof error.response === 'string' ? error.response : error.message
    return { accepted: false, answer }
  } finally {
    transport.close()
  }
}
