import sanitizeHtml from 'sanitize-html'

/**
 * A customer's HTML, made safe to show inside a page of ours: no script, no style that leaves its place, no address
 * that is fetched by opening it. What a sanitiser overlooks must still be stopped by the page's Content-Security-Policy;
 * this is the first wall, not the only one.
 */

/** Characters that are looked at; pictures embedded as data: addresses make HTML long. */
const sourceLimit = 5_000_000
const nestingLimit = 100

const layout = 'div p br hr span center blockquote pre h1 h2 h3 h4 h5 h6 ul ol li dl dt dd'
const tables = 'table caption thead tbody tfoot tr th td col colgroup'
const words =
  'a b strong i em u s strike del ins sub sup small big font code kbd samp tt q cite abbr mark img'

/** Sizes that stay inside a page: numbers in px, pt, em or percent, none of them negative. */
const size = /^\d{1,3}(?:\.\d{1,3})?(?:px|pt|em|%)?$/i
const colour = /^(?:#[0-9a-f]{3,8}|[a-z]{3,25}|rgba?\([\d\s.,%]{5,30}\))$/i
const sides = /^(?:\d{1,3}(?:\.\d{1,3})?(?:px|pt|em|%)?\s*){1,4}$/i

/** Position, display, z-index, url() and negative margins are not here: with them a mail could paint over our page. */
const styles: Record<string, RegExp[]> = {
  color: [colour],
  'background-color': [colour],
  'font-size': [size],
  'font-weight': [/^(?:bold|bolder|lighter|normal|[1-9]00)$/i],
  'font-style': [/^(?:italic|oblique|normal)$/i],
  'text-align': [/^(?:left|right|center|justify)$/i],
  'text-decoration': [/^(?:underline|line-through|none)$/i],
  'vertical-align': [/^(?:top|middle|bottom|baseline|sub|super)$/i],
  'white-space': [/^(?:normal|pre|pre-wrap|nowrap)$/i],
  padding: [sides],
  margin: [sides],
  width: [size],
  'border-collapse': [/^collapse$/i],
}

/** Raster pictures only: an SVG is a document with scripts of its own. */
const dataPicture = /^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,[a-z0-9+/=\s]+$/i

/** Where a picture is shown from: a part of the mail itself, or nothing. Remote ones would tell their sender who reads when. */
function pictureFrom(source: string, pictures: ReadonlyMap<string, string>): string | undefined {
  const contentId = /^\s*cid:(.+)$/i.exec(source)?.[1]
  if (contentId !== undefined) return pictures.get(decoded(contentId.trim()))
  return dataPicture.test(source.trim()) ? source.trim() : undefined
}

function decoded(contentId: string): string {
  try {
    return decodeURIComponent(contentId)
  } catch {
    return contentId
  }
}

/**
 * HTML to show. `pictures` maps Content-IDs (without angle brackets) to addresses of ours under which the parts of this
 * mail are served. Pictures from elsewhere are left out; their description stays. Links open in a window that cannot
 * reach ours.
 */
export function htmlView(html: string, pictures: ReadonlyMap<string, string>): string {
  return sanitizeHtml(html.slice(0, sourceLimit), {
    allowedTags: `${layout} ${tables} ${words}`.split(' '),
    allowedAttributes: {
      '*': ['style', 'align', 'dir', 'lang', 'title'],
      a: ['href', 'rel', 'target'],
      img: ['src', 'alt', 'width', 'height'],
      td: ['colspan', 'rowspan', 'valign', 'bgcolor'],
      th: ['colspan', 'rowspan', 'valign', 'bgcolor'],
      table: ['border', 'cellpadding', 'cellspacing'],
      font: ['color', 'size'],
      ol: ['start', 'type'],
    },
    allowedStyles: { '*': styles },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    // Pictures have been replaced by addresses of ours, or of the mail's own bytes, before schemes are judged.
    allowedSchemesByTag: { img: ['data', 'http', 'https'] },
    allowProtocolRelative: false,
    nonTextTags: [
      'style',
      'script',
      'textarea',
      'option',
      'noscript',
      'title',
      'xmp',
      'template',
      'svg',
      'math',
    ],
    disallowedTagsMode: 'discard',
    nestingLimit,
    transformTags: {
      a: (tagName, { href, title }) => ({
        tagName,
        attribs: {
          ...(href === undefined ? {} : { href }),
          ...(title === undefined ? {} : { title }),
          rel: 'noopener noreferrer nofollow',
          target: '_blank',
        },
      }),
      img: (tagName, { src = '', alt = '', width, height }) => {
        const from = pictureFrom(src, pictures)
        if (from === undefined) return { tagName: 'span', attribs: {}, text: alt === '' ? '' : `[${alt}]` }
        const sizes = {
          ...(width === undefined ? {} : { width }),
          ...(height === undefined ? {} : { height }),
        }
        return { tagName, attribs: { src: from, alt, ...sizes } }
      },
    },
  })
}
