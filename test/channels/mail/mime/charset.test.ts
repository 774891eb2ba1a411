import { describe, expect, it } from 'vitest'
import { cleanText, decodeText } from '../../../../src/channels/mail/mime/charset.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const utf8 = Buffer.from('Grüße')

const cases: readonly (readonly [label: string | null, source: Buffer, expected: string])[] = [
  [null, utf8, 'Grüße'],
  [null, bytes('4772 fc df 65'), 'Grüße'],
  ['us-ascii', utf8, 'Grüße'],
  ['us-ascii', bytes('4772 fc df 65'), 'Grüße'],
  ['iso-8859-1', bytes('80 20 96 20 84 e4 93'), '€ – „ä“'],
  ['iso-8859-1', utf8, 'Grüße'],
  ['utf-8', bytes('4772 fc df 65'), 'Grüße'],
  ['utf-8', Buffer.concat([utf8, bytes('c3')]), 'Grüße\ufffd'],
  ['UTF8', utf8, 'Grüße'],
  ['"utf-8"', utf8, 'Grüße'],
  ['utf-8', Buffer.concat([bytes('efbbbf'), utf8]), 'Grüße'],
  ['iso-8859-15', bytes('a4'), '€'],
  ['cp1252', bytes('80'), '€'],
  ['win-1252', bytes('80'), '€'],
  ['windows-1258', bytes('d0'), 'Đ'],
  ['gb2312', bytes('c4e3 bac3'), '你好'],
  ['gb18030', bytes('c4e3 bac3'), '你好'],
  ['big5', bytes('a741 a66e'), '你好'],
  ['ks_c_5601-1987', bytes('be c8'), '안'],
  ['shift_jis', bytes('82b1'), 'こ'],
  ['cp932', bytes('82b1'), 'こ'],
  ['iso-2022-jp', bytes('1b2442 2433 1b2842'), 'こ'],
  ['us-ascii', bytes('1b2442 2433 1b2842'), 'こ'],
  ['koi8-r', bytes('f0 d2'), 'Пр'],
  ['cp850', bytes('81 e1'), 'üß'],
  ['ibm850', bytes('81'), 'ü'],
  ['macintosh', bytes('9f'), 'ü'],
  ['utf-7', Buffer.from('Gr+APwA3w-e'), 'Grüße'],
  ['unicode-1-1-utf-7', Buffer.from('+APw-'), 'ü'],
  ['utf-16', bytes('fffe 4700 fc00'), 'Gü'],
  ['utf-16', bytes('feff 0047 00fc'), 'Gü'],
  ['utf-16be', bytes('0047 00fc'), 'Gü'],
  ['x-unknown', utf8, 'Grüße'],
  ['x-unknown', bytes('fc'), 'ü'],
  ['', utf8, 'Grüße'],
]

describe('bytes to text', () => {
  it.each(cases)('%s %o', (label, source, expected) => {
    expect(decodeText(source, label).text).toBe(expected)
  })

  it('tells when the declaration was wrong', () => {
    expect(decodeText(utf8, 'utf-8').defect).toBeNull()
    expect(decodeText(utf8, 'us-ascii').defect).toBe('charset wrongly declared as us-ascii')
    expect(decodeText(utf8, 'x-unknown').defect).toBe('charset unknown: x-unknown')
    expect(decodeText(utf8, null).defect).toBe('charset undeclared')
  })

  it('leaves nothing that a database or JSON would refuse', () => {
    expect(cleanText('a\0b\ud800c')).toBe('ab\ufffdc')
  })
})
