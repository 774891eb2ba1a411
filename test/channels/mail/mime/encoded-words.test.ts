import { describe, expect, it } from 'vitest'
import { headerText } from '../../../../src/channels/mail/mime/encoded-words.ts'

const cases: readonly (readonly [text: string, expected: string])[] = [
  ['plain', 'plain'],
  ['=?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
  ['=?UTF-8?B?R3LDvMOfZQ==?=', 'Grüße'],
  ['=?iso-8859-1?q?Gr=fc=dfe_aus_K=F6ln?=', 'Grüße aus Köln'],
  ['=?iso-8859-1?Q?5_=80?=', '5 €'],
  ['=?utf-8?Q?a?= =?utf-8?Q?b?=', 'ab'],
  ['=?utf-8?Q?a_?= =?utf-8?Q?b?=', 'a b'],
  ['=?utf-8?Q?a?= b =?utf-8?Q?c?=', 'a b c'],
  ['=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=', 'Grüße'],
  ['=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=', 'Grüße'],
  ['=?utf-8?B?R3LDv?= =?utf-8?B?MOfZQ==?=', 'Grüße'],
  ['=?utf-8?Q?Gr=C3=BC?= =?iso-8859-1?Q?=DFe?=', 'Grüße'],
  ['=?utf-8?Q?a?==?utf-8?Q?b?=', 'ab'],
  ['Re:=?utf-8?Q?_Gr=C3=BC=C3=9Fe?=', 'Re: Grüße'],
  ['=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
  ['=?utf-8?Q?Frage??=', 'Frage?'],
  ['=?utf-8?Q?mit Leerzeichen?=', 'mit Leerzeichen'],
  ['=?x-unknown?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
  ['=?us-ascii?Q?Gr=FC=DFe?=', 'Grüße'],
  ['=?gb2312?B?xOO6ww==?=', '你好'],
  ['=?iso-2022-jp?B?GyRCJDMbKEI=?= =?iso-2022-jp?B?GyRCJHMbKEI=?=', 'こん'],
  ['=?koi8-r?B?8NLJ18XU?=', 'Привет'],
  ['=?utf-8?Q?a=0D=0AX-Injected:_b?=', 'a X-Injected: b'],
  ['=?utf-8?Q?a=00b?=', 'ab'],
  ['=?utf-8?X?a?=', '=?utf-8?X?a?='],
  ['=?utf-8?Q?open', '=?utf-8?Q?open'],
  ['=?utf-8?Q??=', ''],
]

describe('encoded words', () => {
  it.each(cases)('%s', (text, expected) => {
    expect(headerText(text)).toBe(expected)
  })
})
