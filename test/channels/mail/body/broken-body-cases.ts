import { multipart } from '../mail-source.ts'
import { type BodyCase, html, nested, picture, plain } from './body-cases.ts'

/** Part trees that break the rules and are read nevertheless. */
export const brokenBodyCases: readonly BodyCase[] = [
  { name: 'NUL bytes', source: { body: 'a\0b' }, text: 'ab' },
  {
    name: 'a multipart without a boundary',
    source: { fields: { 'Content-Type': 'multipart/mixed' }, body: `--x\n${plain('Text')}\n--x--` },
    text: 'Text',
  },
  {
    name: 'a multipart with a wrong boundary',
    source: {
      fields: { 'Content-Type': 'multipart/mixed; boundary=y' },
      body: `--x\n${plain('Text')}\n--x--`,
    },
    text: 'Text',
  },
  {
    name: 'a multipart that is none',
    source: { fields: { 'Content-Type': 'multipart/mixed; boundary=y' }, body: 'Text' },
    text: 'Text',
  },
  {
    name: 'a multipart that is never closed',
    source: { fields: { 'Content-Type': 'multipart/mixed; boundary=x' }, body: `--x\n${plain('Text')}` },
    text: 'Text',
  },
  {
    name: 'an inner multipart that is never closed',
    source: multipart('mixed', [
      `Content-Type: multipart/alternative; boundary=c\n\n--c\n${plain('Text')}`,
      picture,
    ]),
    text: 'Text',
    files: ['logo.png'],
  },
  { name: 'a part without a header', source: multipart('mixed', ['\nText']), text: 'Text' },
  {
    name: 'a boundary with blanks behind it',
    source: {
      fields: { 'Content-Type': 'multipart/mixed; boundary=x' },
      body: `--x  \n${plain('Text')}\n--x-- `,
    },
    text: 'Text',
  },
  {
    name: 'a boundary that begins like its outer one',
    source: multipart('mixed', [nested('alternative', [plain('Text'), html('x')], 'b-1'), picture]),
    text: 'Text',
    html: true,
    files: ['logo.png'],
  },
  {
    name: 'words before and behind the parts',
    source: {
      fields: { 'Content-Type': 'multipart/mixed; boundary=x' },
      body: `preamble\n--x\n${plain('Text')}\n--x--\nepilogue`,
    },
    text: 'Text',
  },
  {
    name: 'a report',
    source: multipart('report', [
      plain('Für Menschen'),
      'Content-Type: message/delivery-status\n\nReporting-MTA: dns; x',
      plain('nicht für Menschen'),
    ]),
    text: 'Für Menschen',
    files: [null, null],
  },
  {
    name: 'file names in every dress',
    source: multipart('mixed', [
      "Content-Type: application/x\nContent-Disposition: attachment; filename*=utf-8''%C3%9C.pdf\n\nx",
      'Content-Type: application/x; name="=?utf-8?Q?=C3=9C.pdf?="\n\nx',
      'Content-Type: application/x; name="Ü.pdf"\n\nx',
    ]),
    text: '',
    files: ['Ü.pdf', 'Ü.pdf', 'Ü.pdf'],
  },
]
