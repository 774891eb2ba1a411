/** What the tags of mail clients mean to a reader of plain text: data for html-text.ts. */

/** Content that nobody sees. */
export const hiddenTags = new Set([
  'style',
  'script',
  'title',
  'template',
  'noframes',
  'datalist',
  'svg',
  'map',
])

/** Never closed (HTML, 13.1.2). */
export const voidTags = new Set([
  'area',
  'base',
  'basefont',
  'br',
  'col',
  'embed',
  'frame',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
])

/** Begin and end on a line of their own. */
export const lineTags = new Set([
  'address',
  'article',
  'aside',
  'body',
  'center',
  'dd',
  'details',
  'dir',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'footer',
  'form',
  'header',
  'html',
  'legend',
  'li',
  'main',
  'nav',
  'option',
  'section',
  'summary',
  'tbody',
  'tfoot',
  'thead',
  'tr',
  'caption',
])

/** Set apart by an empty line as well. */
export const paragraphTags = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'table',
  'pre',
  'blockquote',
])

/** Closed by the next of their kind, because nobody writes the closing tag. */
export const selfEndingTags = new Set(['p', 'li', 'td', 'th', 'tr', 'option', 'dt', 'dd'])

/** Class names of history: Gmail, Yahoo, Proton, Zimbra, Outlook on the web, Apple. Compared as whole words. */
export const quoteClasses = new Set([
  'yahoo_quoted',
  'protonmail_quote',
  'tutanota_quote',
  'email_quote',
  'moz-cite-quote',
  'zmail_extra',
  'gmail_quote',
])

/** Identifiers Outlook gives to the header block of the mail answered or forwarded. */
export const headerBlockIds = new Set([
  'divrplyfwdmsg',
  'x_divrplyfwdmsg',
  'appendonsend_block',
  'mail-editor-reference-message',
])
