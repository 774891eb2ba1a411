import { describe, expect, it } from 'vitest'
import { htmlText } from '../../../../src/channels/mail/body/html-text.ts'
import { readReply } from '../../../../src/channels/mail/body/reply-text.ts'

const texts: readonly (readonly [name: string, html: string, text: string])[] = [
  ['paragraphs', '<p>Hallo</p><p>Welt</p>', 'Hallo\n\nWelt'],
  ['lines', 'Hallo<br>Welt<br/>!', 'Hallo\nWelt\n!'],
  ['blocks', '<div>Hallo</div><div>Welt</div>', 'Hallo\nWelt'],
  ['white space', '<p>  Hallo \n\t  <b>schöne</b>   Welt </p>', 'Hallo schöne Welt'],
  ['entities', '&Uuml;bung &amp; mehr &#8364; &#x1F600; &nbsp;x', 'Übung & mehr € 😀  x'],
  ['a bare ampersand', 'A & B &unknown; &', 'A & B &unknown; &'],
  [
    'what nobody sees',
    '<head><title>T</title><style>p{}</style></head><script>x()</script><!-- c --><p>Text</p>',
    'Text',
  ],
  ['a hidden preheader', '<div style="display: none">Vorschau</div><p>Text</p>', 'Text'],
  ['Word comments', '<!--[if mso]><p>nie</p><![endif]--><p>Text</p>', 'Text'],
  [
    'Word paragraphs',
    '<p class="MsoNormal">eins</p><p class="MsoNormal">zwei</p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">drei</p>',
    'eins\nzwei\n\ndrei',
  ],
  ['lists', '<ul><li>eins</li><li>zwei</li></ul><ol><li>a<li>b</ol>', '- eins\n- zwei\n\n1. a\n2. b'],
  [
    'tables',
    '<table><tr><td>Nr.</td><td>4711</td></tr><tr><td>Ort</td><td>Köln</td></tr></table>',
    'Nr. 4711\nOrt Köln',
  ],
  ['preformatted text', '<pre>a\n  b</pre>', 'a\n  b'],
  ['a short link', '<a href="https://example.com/x">hier</a>', 'hier <https://example.com/x>'],
  [
    'a link that shows its address',
    '<a href="https://www.example.com/">www.example.com</a>',
    'www.example.com',
  ],
  ['a tracking link', `<a href="https://example.com/${'x'.repeat(100)}">hier</a>`, 'hier'],
  ['an address link', '<a href="mailto:anna@example.com">anna@example.com</a>', 'anna@example.com'],
  ['a quote', '<p>neu</p><blockquote type="cite"><p>alt</p>noch</blockquote>', 'neu\n\n> alt\n> noch'],
  [
    'quotes in quotes',
    '<blockquote cite="x">a<blockquote cite="y">b</blockquote></blockquote>',
    '> a\n>\n>> b',
  ],
  [
    'indentation that is no quote',
    '<blockquote style="margin:0 0 0 40px;border:none">eingerückt</blockquote>',
    'eingerückt',
  ],
  ['an emoji picture', 'Danke <img alt="😀" src="cid:1"><img alt="Logo" src="cid:2">', 'Danke 😀'],
  ['invisible fillers', 'a\u200b\u00adb\u034f', 'ab'],
  ['a signature mark', '<div>Gruß</div><div>-- <br></div><div>Anna</div>', 'Gruß\n-- \nAnna'],
  ['markup that never ends', '<p>Hallo <b>Welt', 'Hallo Welt'],
  ['an angle bracket in text', 'wenn a < b dann', 'wenn a < b dann'],
  ['nothing', '', ''],
]

/** HTML mails of clients that leave no text/plain part, and what their senders wrote. */
const replies: readonly (readonly [name: string, html: string])[] = [
  [
    'Gmail',
    '<div dir="ltr">Danke!</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Am Do., 5. März 2026 um 10:11 Uhr schrieb Support &lt;<a href="mailto:support@example.com">support@example.com</a>&gt;:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid"><div>Guten Tag</div></blockquote></div>',
  ],
  [
    'Outlook on the web',
    '<div>Danke!</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font><b>Von:</b> Support &lt;support@example.com&gt;<br><b>Gesendet:</b> Donnerstag, 5. März 2026 10:11<br><b>An:</b> Anna<br><b>Betreff:</b> AW: Tisch</font></div><div>Guten Tag</div>',
  ],
  [
    'Outlook',
    '<div class="WordSection1"><p class="MsoNormal">Danke!<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Von:</b> Support &lt;support@example.com&gt; <br><b>Gesendet:</b> Donnerstag, 5. März 2026 10:11<br><b>An:</b> Anna<br><b>Betreff:</b> AW: Tisch<o:p></o:p></p></div><p class="MsoNormal">Guten Tag</p></div>',
  ],
  [
    'Apple Mail',
    '<html><body>Danke!<br><div><br><blockquote type="cite"><div>Am 05.03.2026 um 10:11 schrieb Support &lt;support@example.com&gt;:</div><br><div>Guten Tag</div></blockquote></div></body></html>',
  ],
  [
    'iPhone',
    '<html><body dir="auto">Danke!<br><br><div dir="ltr">Von meinem iPhone gesendet</div><div dir="ltr"><br><blockquote type="cite">Am 05.03.2026 um 10:11 schrieb Support &lt;support@example.com&gt;:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">Guten Tag</div></blockquote></body></html>',
  ],
  [
    'Thunderbird',
    '<p>Danke!</p><div class="moz-cite-prefix">Am 05.03.26 um 10:11 schrieb Support:<br></div><blockquote type="cite" cite="mid:1@example.com"><p>Guten Tag</p></blockquote>',
  ],
  [
    'GMX',
    '<html><head></head><body><div style="font-family: Verdana"><div>Danke!</div><div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Donnerstag, 05. M&auml;rz 2026 um 10:11 Uhr<br/><b>Von:</b>&nbsp;"Support" &lt;support@example.com&gt;<br/><b>An:</b>&nbsp;anna@example.com<br/><b>Betreff:</b>&nbsp;Re: Tisch</div><div name="quoted-content">Guten Tag</div></div></div></div></body></html>',
  ],
  [
    'Yahoo',
    '<div>Danke!</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div><div>Am Donnerstag, 5. März 2026 um 10:11:12 MEZ hat Support &lt;support@example.com&gt; Folgendes geschrieben: </div><div><br></div><div>Guten Tag</div></div></div>',
  ],
  [
    'Proton',
    '<div>Danke!</div><div class="protonmail_quote">On Thursday, March 5th, 2026 at 10:11, Support &lt;support@example.com&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">Guten Tag</blockquote></div>',
  ],
  [
    'Zimbra',
    '<div>Danke!</div><hr><blockquote style="border-left:2px solid #1010FF;margin-left:5px"><b>Von: </b>"Support" &lt;support@example.com&gt;<br><b>An: </b>"Anna"<br><b>Gesendet: </b>Donnerstag, 5. März 2026 10:11:12<br><b>Betreff: </b>Re: Tisch<br></blockquote>',
  ],
]

describe('HTML to text', () => {
  it.each(texts)('%s', (_, html, text) => {
    expect(htmlText(html)).toBe(text)
  })

  it.each(replies)('leaves the history of %s recognisable', (_, html) => {
    expect(readReply(htmlText(html), false).text).toBe('Danke!')
  })

  it('keeps answers between the quotes of Gmail', () => {
    const html =
      '<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">On Thu, 5 Mar 2026 at 10:11, Support &lt;support@example.com&gt; wrote:<br></div><blockquote class="gmail_quote">One?</blockquote><div>Yes</div><blockquote class="gmail_quote">Two?</blockquote><div>No</div></div></div>'
    expect(readReply(htmlText(html), false).text).toBe('Yes\n\nNo')
  })
})
