import { describe, expect, it } from 'vitest'
import { structuredValue } from '../../../../src/channels/mail/mime/structured-value.ts'

const names: readonly (readonly [text: string, expected: string | undefined])[] = [
  ['attachment; filename=rechnung.pdf', 'rechnung.pdf'],
  ['attachment; filename="Rechnung 1; neu.pdf"', 'Rechnung 1; neu.pdf'],
  ['attachment; filename=Rechnung neu (1).pdf', 'Rechnung neu (1).pdf'],
  ['attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'],
  ['attachment; filename="C:\\temp\\neu.pdf"', 'C:\\temp\\neu.pdf'],
  ['attachment; filename="Übersicht.pdf"', 'Übersicht.pdf'],
  ['attachment; filename="=?utf-8?Q?=C3=9Cbersicht.pdf?="', 'Übersicht.pdf'],
  ['attachment; filename==?utf-8?B?w5xiZXJzaWNodC5wZGY=?=', 'Übersicht.pdf'],
  ['attachment; filename="=?utf-8?Q?=C3=9Cber?= =?utf-8?Q?sicht.pdf?="', 'Übersicht.pdf'],
  ["attachment; filename*=utf-8''%C3%9Cbersicht.pdf", 'Übersicht.pdf'],
  ["attachment; filename*=iso-8859-1'de'%DCbersicht%20neu.pdf", 'Übersicht neu.pdf'],
  ["attachment; filename*0*=utf-8''%C3; filename*1*=%9Cber; filename*2=sicht.pdf", 'Übersicht.pdf'],
  ['attachment; filename*1=sicht.pdf; filename*0="Ueber"', 'Uebersicht.pdf'],
  ['attachment; filename*0="=?utf-8?Q?=C3=9Cber"; filename*1="sicht.pdf?="', 'Übersicht.pdf'],
  ["attachment; filename=alt.pdf; filename*=utf-8''neu.pdf", 'neu.pdf'],
  ['attachment; FILENAME=a.pdf', 'a.pdf'],
  ['attachment; filename="open.pdf', 'open.pdf'],
  ['attachment; filename', undefined],
  ['attachment', undefined],
]

describe('values with parameters', () => {
  it.each(names)('%s', (text, expected) => {
    const { value, params } = structuredValue(text)
    expect(value).toBe('attachment')
    expect(params.get('filename')).toBe(expected)
  })

  it('forgives a missing semicolon, comments and shouting', () => {
    expect(structuredValue('TEXT/Plain charset=UTF-8').params.get('charset')).toBe('UTF-8')
    expect(structuredValue('text/plain (plain); charset=utf-8 (unicode)').params.get('charset')).toBe('utf-8')
    expect(structuredValue('TEXT/Plain; x').value).toBe('text/plain')
    expect(structuredValue('').value).toBe('')
  })
})
