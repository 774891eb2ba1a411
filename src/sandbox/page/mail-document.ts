import { htmlView } from '../../channels/mail/html-view.ts'
import type { ShownMail } from './read-mail.ts'

type Attachment = ShownMail['email']['attachments'][number]

/**
 * The HTML part as a document of its own, with the mail's own pictures; the plain text where there is none. A letter of
 * the gateway is shown as it was sent, because this page is where one looks at letters; whoever forges its mark gains
 * nothing, for the frame runs no script and fetches nothing. Everything else is made safe first.
 */
export function mailDocument({ email }: ShownMail): string {
  const { html, text = '', attachments, headers } = email
  const pictures = picturesOf(attachments)
  if (html && headers.some(({ key }) => key === 'x-intake-gateway'))
    return withPictures(html, pictures).replace(/<head>|^/, '$&<base target="_blank">')
  const body = html ? htmlView(html, pictures) : `<pre>${escaped(text)}</pre>`
  return `<!doctype html><meta charset="utf-8"><title>Mail</title><style>${style}</style>${body}`
}

function withPictures(html: string, pictures: ReadonlyMap<string, string>): string {
  return html.replace(/\bcid:([^"'\s)>]{1,200})/gi, (whole, id: string) => pictures.get(id) ?? whole)
}

/** Pictures on other people's servers are not fetched: that would tell them who reads when. */
export function hasRemotePictures({ email }: { readonly email: Pick<ShownMail['email'], 'html'> }): boolean {
  return remotePicture.test(email.html ?? '')
}

/** Every repetition is bounded and stops at the next tag: a mail of megabytes of "<img " is read once. */
const remotePicture =
  /<img\b[^<>]{0,4000}?\ssrc\s{0,9}=\s{0,9}["']?(?:https?:)?\/\/|\bbackground(?:-image)?\s{0,9}[=:][^<>;]{0,40}?(?:https?:)?\/\//i

/** By Content-ID. A data: address, because the frame may fetch nothing, not even from here. */
function picturesOf(attachments: readonly Attachment[]): ReadonlyMap<string, string> {
  return new Map(
    attachments.flatMap(({ contentId, mimeType, content }) =>
      contentId && /^image\/(?:png|jpe?g|gif|webp|bmp)$/i.test(mimeType)
        ? [[contentId.replace(/^<|>$/g, ''), `data:${mimeType};base64,${base64(content)}`] as const]
        : [],
    ),
  )
}

const style =
  'body{margin:16px;font:15px/1.5 system-ui,sans-serif;color:#1c2430;overflow-wrap:anywhere}pre{font:inherit;white-space:pre-wrap;margin:0}img{max-width:100%;height:auto}table{max-width:100%}'

function escaped(text: string): string {
  return text.replace(/[&<>]/g, char => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? char)
}

function base64(content: Attachment['content']): string {
  return typeof content === 'string'
    ? Buffer.from(content).toString('base64')
    : Buffer.from(new Uint8Array(content)).toString('base64')
}
