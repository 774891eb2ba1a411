import { describe, expect, it } from 'vitest'
import { htmlView } from '../../../src/channels/mail/html-view.ts'

const none = new Map<string, string>()
const view = (html: string) => htmlView(html, none)

/** What a browser would run or fetch by itself, by any of the ways that mails have tried. */
const hostile: readonly (readonly [string, string])[] = [
  ['a script', '<script>alert(1)</script>'],
  ['a script in pieces', '<scr<script>ipt>alert(1)</scr</script>ipt>'],
  ['a handler', '<img src=x onerror=alert(1)>'],
  ['a handler without blanks', '<img/src="x"/onerror=alert(1)>'],
  ['a handler on the body', '<body onload=alert(1)>x</body>'],
  [
    'a picture that is a document',
    '<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  ],
  [
    'formulas that hide markup',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  ],
  ['a link that runs', '<a href="javascript:alert(1)">x</a>'],
  [
    'a link that runs, disguised',
    '<a href="jav&#x09;ascript:alert(1)">x</a><a href=" &#14; javascript:alert(1)">y</a>',
  ],
  ['a link that is a page', '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>'],
  ['a link of another program', '<a href="vbscript:msgbox(1)">x</a><a href="file:///etc/passwd">y</a>'],
  [
    'a frame',
    '<iframe src="https://evil.example"></iframe><iframe srcdoc="<script>alert(1)</script>"></iframe>',
  ],
  ['an object', '<object data="x.swf"></object><embed src="x.swf"><applet code="X"></applet>'],
  [
    'a form',
    '<form action="https://evil.example"><input name=password><button formaction="javascript:1">x</button></form>',
  ],
  ['a base', '<base href="https://evil.example/"><a href="x">x</a>'],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=https://evil.example">'],
  [
    'a style sheet',
    '<style>@import url(https://evil.example/a.css); body { display: none }</style><link rel=stylesheet href=https://evil.example/a.css>',
  ],
  [
    'a style that fetches',
    '<p style="background:url(https://evil.example/a.png)">x</p><p style="background-color: url(https://evil.example)">y</p>',
  ],
  [
    'a style that covers the page',
    '<div style="position:fixed;top:0;left:0;z-index:9;width:9999px;margin:-500px">x</div>',
  ],
  [
    'a style that runs',
    '<p style="width: expression(alert(1)); behavior: url(x.htc); -moz-binding: url(x)">x</p>',
  ],
  ['a remote picture', '<img src="https://evil.example/pixel.gif" width=1 height=1>'],
  ['a remote picture without a scheme', '<img src="//evil.example/pixel.gif">'],
  [
    'several remote pictures',
    '<img srcset="https://evil.example/a.png 1x" src="HTTPS://evil.example"><picture><source srcset="https://evil.example/b.png"></picture>',
  ],
  [
    'a picture that is a script',
    '<img src="data:image/svg+xml;base64,PHN2Zy8+"><img src="javascript:alert(1)">',
  ],
  [
    'a background',
    '<table background="https://evil.example/a.png"><tr><td background="https://evil.example/b.png">x</td></tr></table>',
  ],
  [
    'sound and film',
    '<audio src="https://evil.example/a.mp3" autoplay></audio><video poster="https://evil.example/a.png"></video>',
  ],
  ['a comment with a condition', '<!--[if IE]><script>alert(1)</script><![endif]-->'],
  [
    'what is hidden where scripts are off',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  ],
  [
    'an element that is read as text',
    '<textarea><img src=x onerror=alert(1)></textarea><xmp><script>alert(1)</script></xmp>',
  ],
  ['a template', '<template><img src=x onerror=alert(1)></template>'],
  ['an attribute that breaks out', '<p title="&quot;><script>alert(1)</script>">x</p>'],
  [
    'a description that breaks out',
    '<img src="http://evil.example" alt="&lt;script&gt;alert(1)&lt;/script&gt;">',
  ],
  [
    'names that pages use',
    '<form id="location"><input name="cookie"></form><img name="currentScript" id="body">',
  ],
]

describe('HTML to show', () => {
  it.each(hostile)('disarms %s', (_, html) => {
    const shown = view(html)
    expect(shown).not.toMatch(/<(?!\/?(?:p|a|span|div|table|tbody|tr|td)\b)/i)
    const tags = shown.match(/<[^>]*>/g) ?? []
    for (const tag of tags) {
      expect(tag).not.toMatch(
        /\son\w+\s*=|javascript:|vbscript:|data:|file:|srcset|background\s*=|\b(?:id|name)\s*=/i,
      )
      expect(tag).not.toMatch(/url\(|expression|position|z-index|behavior|-\d+px|evil\.example(?!")/i)
    }
    expect(shown).not.toMatch(/src\s*=/i)
  })

  it('keeps what a letter needs: words, tables, colours, links', () => {
    const letter =
      '<p style="color:#c00;font-weight:bold">Guten <b>Tag</b>,</p><table border="1"><tr><td colspan="2">E 17</td></tr></table><ul><li>eins</li></ul>'
    expect(view(letter)).toBe(
      '<p style="color:#c00;font-weight:bold">Guten <b>Tag</b>,</p><table border="1"><tr><td colspan="2">E 17</td></tr></table><ul><li>eins</li></ul>',
    )
  })

  it('opens links in a window that cannot reach ours', () => {
    expect(view('<a href="https://example.com/?a=1&amp;b=2" target="_top" rel="opener">x</a>')).toBe(
      '<a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank">x</a>',
    )
  })

  it('shows pictures of the mail itself, and the description of others', () => {
    const pictures = new Map([['image001.png@01D9', '/mails/7/parts/2']])
    const html =
      '<img src="cid:image001.png@01D9" alt="Logo" width="80"><img src="CID:image001.png%4001D9"><img src="cid:unknown" alt="Foto"><img src="data:image/png;base64,iVBORw0KGgo=">'
    expect(htmlView(html, pictures)).toBe(
      '<img src="/mails/7/parts/2" alt="Logo" width="80" /><img src="/mails/7/parts/2" alt="" /><span>[Foto]</span><img src="data:image/png;base64,iVBORw0KGgo=" alt="" />',
    )
  })

  it('ends with mails that are nested deeper than any page', () => {
    const deep = view(`${'<div>'.repeat(50_000)}x`)
    expect((deep.match(/<div>/g) ?? []).length).toBeLessThanOrEqual(100)
  })
})
