import { type RequestHandler, raw } from 'express'

/** A form of the page with at most one file. */
export interface SentForm {
  readonly fields: Readonly<Record<string, string>>
  readonly attachment:
    | { readonly filename: string; readonly contentType: string; readonly content: Buffer }
    | undefined
}

export class NotAForm extends Error {
  override readonly name = 'NotAForm'
}

/** Reads the body up to 12 MB; more is answered with 413 by express. */
export const formBody: RequestHandler = raw({
  type: ['multipart/form-data', 'application/x-www-form-urlencoded'],
  limit: '12mb',
})

/** The form in a body; throws `NotAForm`. The platform's own parser for multipart/form-data sits behind `Response`. */
export async function readForm(body: unknown, contentType: string | undefined): Promise<SentForm> {
  if (!Buffer.isBuffer(body)) throw new NotAForm('This is not a form of the page.')
  const parser = new Response(new Uint8Array(body), { headers: { 'content-type': contentType ?? '' } })
  const form = await parser.formData().catch((cause: unknown) => {
    throw new NotAForm('This form cannot be read.', { cause })
  })
  const fields: Record<string, string> = {}
  let attachment: SentForm['attachment']
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value
    else if (value.size > 0 || value.name)
      attachment = {
        filename: value.name,
        contentType: value.type,
        content: Buffer.from(await value.arrayBuffer()),
      }
  }
  return { fields, attachment }
}
