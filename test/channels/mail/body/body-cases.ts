import { type MailSource, multipart } from '../mail-source.ts'

/** Part trees of all kinds: which leaf is the body, and what the attachments are called. */
export const plain = (text: string) => `Content-Type: text/plain; charset=utf-8\n\n${text}`
export const html = (text: string) => `Content-Type: text/html; charset=utf-8\n\n${text}`
export const nested = (type: string, parts: readonly string[], boundary: string) =>
  `Content-Type: multipart/${type}; boundary=${boundary}\n\n${multipart(type, parts, boundary).body}`
export const picture =
  'Content-Type: image/png; name=logo.png\nContent-Transfer-Encoding: base64\nContent-ID: <logo>\nContent-Disposition: inline; filename=logo.png\n\nAAEC'

export interface BodyCase {
  readonly name: string
  readonly source: MailSource
  readonly text: string
  readonly html?: boolean
  readonly files?: readonly (string | null)[]
}

export const bodyCases: readonly BodyCase[] = [
  { name: 'text alone', source: { body: 'Guten Tag\n' }, text: 'Guten Tag' },
  { name: 'no body at all', source: { body: '' }, text: '' },
  {
    name: 'HTML alone',
    source: { fields: { 'Content-Type': 'text/html' }, body: '<p>Guten <b>Tag</b>' },
    text: 'Guten Tag',
    html: true,
  },
  {
    name: 'alternative',
    source: multipart('alternative', [plain('Text'), html('<p>HTML')]),
    text: 'Text',
    html: true,
  },
  {
    name: 'alternative with a blank text',
    source: multipart('alternative', [plain(' \n\n'), html('<p>HTML')]),
    text: 'HTML',
    html: true,
  },
  {
    name: 'alternative the wrong way round',
    source: multipart('alternative', [html('<p>HTML'), plain('Text')]),
    text: 'Text',
    html: true,
  },
  {
    name: 'alternative with an invitation',
    source: multipart('alternative', [
      plain('Text'),
      html('<p>HTML'),
      'Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR',
    ]),
    text: 'Text',
    html: true,
    files: [null],
  },
  {
    name: 'mixed with a file',
    source: multipart('mixed', [
      plain('Text'),
      'Content-Type: application/pdf; name="a.pdf"\nContent-Disposition: attachment; filename="a.pdf"\n\nx',
    ]),
    text: 'Text',
    files: ['a.pdf'],
  },
  {
    name: 'mixed, two texts around a picture',
    source: multipart('mixed', [plain('eins'), picture, plain('zwei')]),
    text: 'eins\n\nzwei',
    files: ['logo.png'],
  },
  {
    name: 'mixed, HTML and the footer of a list',
    source: multipart('mixed', [html('<p>HTML'), plain('Fuß')]),
    text: 'HTML\n\nFuß',
    html: true,
  },
  {
    name: 'mixed where alternative was meant',
    source: multipart('mixed', [plain('Text'), html('<p>Text')]),
    text: 'Text',
    html: true,
  },
  {
    name: 'related',
    source: multipart('related', [
      nested('alternative', [plain('Text'), html('<img src="cid:logo">')], 'c'),
      picture,
    ]),
    text: 'Text',
    html: true,
    files: ['logo.png'],
  },
  {
    name: 'signed',
    source: multipart('signed', [
      plain('Text'),
      'Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\n\nAAEC',
    ]),
    text: 'Text',
    files: ['smime.p7s'],
  },
  {
    name: 'a text file',
    source: multipart('mixed', [plain('Text'), 'Content-Type: text/plain; name=log.txt\n\nlog']),
    text: 'Text',
    files: ['log.txt'],
  },
  {
    name: 'an inline text file',
    source: multipart('mixed', [
      plain('Text'),
      'Content-Type: text/plain\nContent-Disposition: inline; filename=log.txt\n\nlog',
    ]),
    text: 'Text',
    files: ['log.txt'],
  },
  {
    name: 'an attached text without a name',
    source: multipart('mixed', [
      plain('Text'),
      'Content-Type: text/plain\nContent-Disposition: attachment\n\nlog',
    ]),
    text: 'Text',
    files: [null],
  },
  {
    name: 'an attached page',
    source: multipart('mixed', [plain('Text'), 'Content-Type: text/html; name=page.html\n\n<p>x']),
    text: 'Text',
    files: ['page.html'],
  },
  {
    name: 'a table as text',
    source: multipart('mixed', [plain('Text'), 'Content-Type: text/csv\n\na;b']),
    text: 'Text',
    files: [null],
  },
  {
    name: 'a nested mail',
    source: multipart('mixed', [
      plain('Text'),
      'Content-Type: message/rfc822\n\nFrom: b@example.com\nContent-Type: multipart/mixed; boundary=inner\n\n--inner\n\nnever read\n--inner--',
    ]),
    text: 'Text',
    files: [null],
  },
  {
    name: 'a nested mail in a digest',
    source: multipart('digest', ['\nFrom: b@example.com\n\nx']),
    text: '',
    files: [null],
  },
  {
    name: 'Apple double',
    source: multipart('mixed', [
      plain('Text'),
      nested(
        'appledouble',
        ['Content-Type: application/applefile; name=a\n\nx', 'Content-Type: image/jpeg; name=a.jpg\n\ny'],
        'c',
      ),
    ]),
    text: 'Text',
    files: ['a', 'a.jpg'],
  },
  {
    name: 'winmail.dat',
    source: multipart('mixed', [
      plain('Text'),
      'Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\nAAEC',
    ]),
    text: 'Text',
    files: ['winmail.dat'],
  },
  {
    name: 'a mail that is one file',
    source: { fields: { 'Content-Type': 'application/pdf; name=fax.pdf' }, body: 'x' },
    text: '',
    files: ['fax.pdf'],
  },
  {
    name: 'a body that has a name',
    source: { fields: { 'Content-Type': 'text/plain; name=body.txt' }, body: 'Text' },
    text: 'Text',
  },
  {
    name: 'a type without a subtype',
    source: { fields: { 'Content-Type': 'text' }, body: 'Text' },
    text: 'Text',
  },
  {
    name: 'format=flowed',
    source: { fields: { 'Content-Type': 'text/plain; format=flowed' }, body: 'eins \nzwei' },
    text: 'eins zwei',
  },
  {
    name: 'quoted-printable',
    source: {
      fields: {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Transfer-Encoding': 'Quoted-Printable',
      },
      body: 'Gr=C3=BC=\n=C3=9Fe=20\n',
    },
    text: 'Grüße',
  },
  {
    name: 'base64',
    source: {
      fields: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': 'base64' },
      body: 'R3LDvMOf\nZQ==',
    },
    text: 'Grüße',
  },
  {
    name: 'text that claims to be base64',
    source: { fields: { 'Content-Transfer-Encoding': 'base64' }, body: 'Guten Tag, das ist kein base64.' },
    text: 'Guten Tag, das ist kein base64.',
  },
  { name: 'bytes without a charset', source: { body: 'Grüße', bytes: 'latin1' }, text: 'Grüße' },
  {
    name: 'a page that names its charset',
    source: {
      fields: { 'Content-Type': 'text/html' },
      body: '<meta charset="koi8-r">\u00d0\u00d2',
      bytes: 'latin1',
    },
    text: 'пр',
    html: true,
  },
]
