/**
 * Mails built to make a reader slow, deep or large. Each is a function of its size in bytes, so that a test can tell
 * linear work from quadratic by comparing two sizes instead of trusting a clock.
 */
const head =
  'From: Mallory <mallory@example.com>\r\nTo: support@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n'
const htmlHead = `${head}Content-Type: text/html; charset=utf-8\r\n\r\n`
const textHead = `${head}Content-Type: text/plain; charset=utf-8\r\n\r\n`

function repeated(piece: string, size: number): string {
  return piece.repeat(Math.max(1, Math.floor(size / piece.length)))
}

function numbered(size: number, piece: (i: number) => string): string {
  const out: string[] = []
  for (let i = 0, length = 0; length < size; i++) {
    const next = piece(i)
    out.push(next)
    length += next.length
  }
  return out.join('')
}

function nestedMultiparts(size: number, closing: boolean): string {
  const open = numbered(
    closing ? size / 2 : size,
    i => `Content-Type: multipart/mixed; boundary="b${i}"\r\n\r\n--b${i}\r\n`,
  )
  const count = (open.match(/multipart/g) ?? []).length
  const close = closing ? Array.from({ length: count }, (_, i) => `--b${count - 1 - i}--\r\n`).join('') : ''
  return `${head}${open}Content-Type: text/plain\r\n\r\ndeep\r\n${close}`
}

function flatParts(size: number, header: string, body: string): string {
  const part = `--b\r\n${header}\r\n\r\n${body}\r\n`
  return `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${repeated(part, size)}--b--\r\n`
}

const signature = Buffer.from('789f3e220100', 'hex')

function winmail(bytes: Buffer): string {
  return `${head}Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}`
}

/** RTF in uncompressed form ([MS-OXRTFCP]) as the only property of a winmail.dat. */
function packedRtf(rtf: Buffer): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value >>> 0)
    return bytes
  }
  const packed = Buffer.concat([
    number(rtf.length + 12),
    number(rtf.length),
    number(0x414c454d),
    number(0),
    rtf,
  ])
  const padding = Buffer.alloc((4 - (packed.length % 4)) % 4)
  const list = Buffer.concat([
    number(1),
    number(0x10090102),
    number(1),
    number(packed.length),
    packed,
    padding,
  ])
  return Buffer.concat([
    signature,
    Buffer.from([1]),
    number(0x00069003),
    number(list.length),
    list,
    Buffer.alloc(2),
  ])
}

export const hostileMails: Readonly<Record<string, (size: number) => string>> = {
  'nothing but <': size => htmlHead + '<'.repeat(size),
  'nothing but <a': size => htmlHead + repeated('<a ', size),
  'nothing but </': size => htmlHead + repeated('</', size),
  'nothing but &': size => htmlHead + '&'.repeat(size),
  'half entities': size => htmlHead + repeated('&#x1F600&amp', size),
  'unclosed comments': size => htmlHead + repeated('<!-- ', size),
  'unclosed quotes in attributes': size => htmlHead + repeated('<p class="', size),
  'nested divs': size => htmlHead + repeated('<div>', size),
  'nested divs, closed': size => htmlHead + repeated('<div>', size / 2) + repeated('</div>', size / 2),
  'nested blockquotes': size => htmlHead + repeated('<blockquote type="cite">x', size),
  'nested tables': size => htmlHead + repeated('<table><tr><td>x', size),
  'open tags, foreign closings': size => htmlHead + repeated('<b>', size / 2) + repeated('</i>', size / 2),
  'nested lists': size => htmlHead + repeated('<ol><li>x', size),
  'unclosed links': size => htmlHead + repeated('<a href="http://example.com/">x', size),
  'one huge attribute': size => `${htmlHead}<img src="data:image/png;base64,${'A'.repeat(size)}">seen`,
  'many attributes': size => `${htmlHead}<p ${repeated('a=b ', size)}>seen</p>`,
  'many attributes with names of their own': size =>
    `${htmlHead}<p ${numbered(size, i => `a${i}=b `)}>seen</p>`,
  'preformatted blanks': size => `${htmlHead}<pre>${' '.repeat(size)}x</pre>`,
  'unclosed style': size => `${htmlHead}<style>${repeated('p { } <', size)}`,
  'unclosed script': size => `${htmlHead}<script>${repeated('</scrip', size)}`,
  'line breaks only': size => htmlHead + repeated('<br>', size),
  'one endless line': size => textHead + 'x'.repeat(size),
  'blanks before a letter': size => `${textHead}${' '.repeat(size)}x`,
  'empty lines': size => textHead + '\n'.repeat(size),
  'quote marks': size => textHead + '>'.repeat(size),
  'quote marks, line by line': size => textHead + repeated('> > >\n', size),
  'attributions without end': size =>
    textHead + repeated('On Mon, 5 Mar 2026 at 10:11, Anna <anna@example.com>\n', size),
  'attribution words': size => textHead + repeated('Am 5.3.2026 um 10:11 schrieb ', size),
  'attribution lines': size => textHead + repeated('Am 05.03.2026 um 10:11 schrieb\n', size),
  'header blocks': size => textHead + repeated('Von: a\nDatum: b\n', size),
  'header keys with blanks between': size => textHead + repeated('Von: a\n\n\n\n\n', size),
  'rules of underscores': size => textHead + repeated('____________\n', size),
  'signature marks': size => textHead + repeated('--\nx\n', size),
  footers: size => textHead + repeated('Sent from my iPhone\nx\n', size),
  colons: size => textHead + ':'.repeat(size),
  'flowed lines': size => `${head}Content-Type: text/plain; format=flowed\r\n\r\n${repeated('x \r\n', size)}`,
  'many header fields': size => `${numbered(size, i => `X-Field-${i}: value\r\n`)}${head}\r\nbody`,
  'one endless header field': size => `${head}X-Long: ${'x'.repeat(size)}\r\n\r\nbody`,
  'one field of folded lines': size => `${head}X-Long: a\r\n${repeated(' b\r\n', size)}\r\nbody`,
  'headers without colons': size => `${head}${repeated('no colon here\r\n', size)}`,
  'blanks before a colon': size => `${head}${repeated('A                \r\n', size)}`,
  'a crowd in To': size =>
    `From: a@example.com\r\nTo: ${numbered(size, i => `user${i}@example.com,\r\n `)}\r\n\r\nbody`,
  'opening quotes in From': size => `From: ${repeated('"\\"', size)}\r\nSubject: x\r\n\r\nbody`,
  'opening brackets in From': size => `From: ${'<'.repeat(size)}\r\nSubject: x\r\n\r\nbody`,
  'opening comments in From': size => `From: ${'('.repeat(size)}\r\nSubject: x\r\n\r\nbody`,
  'brackets and quotes in From': size => `From: ${repeated('<"', size)}\r\nSubject: x\r\n\r\nbody`,
  'colons in To': size => `To: ${repeated('=:', size)}\r\nSubject: x\r\n\r\nbody`,
  'at signs in To': size => `To: ${'@'.repeat(size)}\r\nSubject: x\r\n\r\nbody`,
  'a long name in From': size => `From: "${repeated('\\x', size)}" <a@example.com>\r\n\r\nbody`,
  'encoded words without end': size =>
    `From: a@example.com\r\nSubject: ${repeated('=?utf-8?q?x ', size)}\r\n\r\nbody`,
  'encoded words without end in To': size => `To: ${repeated('=?utf-8?q?x ', size)}\r\n\r\nbody`,
  'encoded words': size => `From: a@example.com\r\nSubject: ${repeated('=?utf-8?q?x?= ', size)}\r\n\r\nbody`,
  'encoded words in turns': size =>
    `From: a@example.com\r\nSubject: ${repeated('=?utf-8?b?eA==?= =?koi8-r?q?x?= ', size)}\r\n\r\nbody`,
  'encoded words in unknown charsets': size =>
    `From: a@example.com\r\nSubject: ${numbered(size, i => `=?x-${i}?q?=ff?= `)}\r\n\r\nbody`,
  'brackets in References': size => `From: a@example.com\r\nReferences: ${'<'.repeat(size)}\r\n\r\nbody`,
  'identifiers in References': size =>
    `From: a@example.com\r\nReferences: ${numbered(size, i => `<${i}@x> `)}\r\n\r\nbody`,
  'comments in Date': size => `From: a@example.com\r\nDate: ${'('.repeat(size)}\r\n\r\nbody`,
  'parameters of Content-Type': size =>
    `${head}Content-Type: text/plain; ${numbered(size, i => `p${i}=x; `)}\r\n\r\nbody`,
  'continuations of a file name': size =>
    `${head}Content-Disposition: attachment; ${numbered(size, i => `filename*${i}=x; `)}\r\n\r\nbody`,
  'quotes in Content-Type': size => `${head}Content-Type: text/plain; name=${'"'.repeat(size)}\r\n\r\nbody`,
  'a boundary as long as the mail': size =>
    `${head}Content-Type: multipart/mixed; boundary="${'b'.repeat(size)}"\r\n\r\nbody`,
  'nested multiparts': size => nestedMultiparts(size, false),
  'nested multiparts, closed': size => nestedMultiparts(size, true),
  'many parts': size => flatParts(size, 'Content-Type: text/plain', 'x'),
  'many attachments': size =>
    flatParts(size, 'Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64', 'eA=='),
  'many HTML parts': size => flatParts(size, 'Content-Type: text/html', '<p>x'),
  'multiparts without their boundary': size =>
    flatParts(size, 'Content-Type: multipart/mixed; boundary=never', 'x'),
  'multiparts with nothing inside': size => flatParts(size, 'Content-Type: multipart/mixed; boundary=b', ''),
  'lines of dashes': size =>
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${repeated('--\r\n', size)}`,
  'delimiters only': size =>
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${repeated('--b\r\n', size)}`,
  'equals signs in quoted-printable': size =>
    `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${'='.repeat(size)}`,
  'blanks in quoted-printable': size =>
    `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${repeated('=   ', size)}x`,
  'padding in base64': size =>
    `${head}Content-Type: application/x; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n${repeated('eA==', size)}`,
  'a report of many recipients': size =>
    `Return-Path: <>\r\n${head}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nfailed\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n${numbered(size, i => `Final-Recipient: rfc822; u${i}@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n`)}--b--`,
  'a report of empty blocks': size =>
    `Return-Path: <>\r\n${head}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nfailed\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n${repeated('x\r\n\r\n', size)}--b--`,
  'a bounce in words about many': size =>
    `Return-Path: <>\r\nFrom: mailer-daemon@example.com\r\nSubject: failure notice\r\n\r\nHi. This is the qmail-send program at example.com.\r\n${numbered(size, i => `<u${i}@example.com>:\r\nno\r\n\r\n`)}`,
  'a bounce of one line': size =>
    `Return-Path: <>\r\nFrom: mailer-daemon@example.com\r\nSubject: failure notice\r\n\r\nThis is the qmail-send program ${repeated('to "<', size)}`,
  'UTF-7': size => `${head}Content-Type: text/plain; charset=utf-7\r\n\r\n${repeated('+AOQ', size)}`,
  'lone surrogates in UTF-16': size =>
    `${head}Content-Type: text/plain; charset=utf-16\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${repeated('=D8=00', size)}`,
  'mails inside mails': size => repeated(`${head}Content-Type: message/rfc822\r\n\r\n`, size),
  'mails beside mails': size => flatParts(size, 'Content-Type: message/rfc822', 'Subject: x\r\n\r\nx'),
  'a winmail.dat of empty attributes': size => winmail(Buffer.concat([signature, Buffer.alloc(size / 2)])),
  'a winmail.dat of opening RTF groups': size => winmail(packedRtf(Buffer.alloc(size / 2, '{\\u1'))),
  'NUL bytes': size => textHead + '\0'.repeat(size),
}
