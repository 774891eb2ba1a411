import { describe, expect, it } from 'vitest'
import { readAuthResults } from '../../../../src/channels/mail/header/auth-results.ts'
import { HeaderFields } from '../../../../src/channels/mail/mime/header-fields.ts'

const ar = 'Authentication-Results'
const ours = 'mx.example.com'
const byUs =
  'from relay.sender.net (relay.sender.net [192.0.2.7]) by mx.example.com (Postfix) with ESMTPS id 4A'
const pass = `${ours}; dmarc=pass header.from=example.com`
const passed = { method: 'dmarc', result: 'pass', domain: 'example.com' }

function read(lines: readonly (readonly [string, string])[], trusted = [ours], nameless = false) {
  const fields = new HeaderFields()
  for (const [name, value] of lines) fields.add(name, value)
  return readAuthResults(fields, trusted, nameless)
}

describe('Authentication-Results', () => {
  it('of a server of ours count, in whatever case its name is written', () => {
    expect(
      read([
        [ar, pass.toUpperCase()],
        ['Received', byUs],
      ]),
    ).toEqual([passed])
  })

  it.each<[string, [string, string][]]>([
    ['another server', [[ar, 'mx.example.org; dmarc=pass header.from=example.com']]],
    [
      'a server whose name begins like ours',
      [[ar, 'mx.example.com.evil.org; dmarc=pass header.from=example.com']],
    ],
    ['our name with another version of the field', [[ar, `${ours} 1; none`]]],
    [
      'the sender, below the line of our server',
      [
        ['Received', byUs],
        [ar, pass],
      ],
    ],
    [
      'a run below another one',
      [
        [ar, 'filter.example.net; spf=pass'],
        ['Received', 'from a by b'],
        [ar, pass],
      ],
    ],
    ['a copy in ARC', [['ARC-Authentication-Results', `i=1; ${pass}`]]],
    ['a copy that Exchange renamed', [['Authentication-Results-Original', pass]]],
    ['a comment', [[ar, `${ours}; arc=none (dmarc=pass header.from=example.com)`]]],
    [
      'a comment in the place of the name',
      [[ar, `(${ours}) mx.example.org; dmarc=pass header.from=example.com`]],
    ],
    ['a comment that is never closed', [[ar, `${ours}; spf=fail (; dmarc=pass header.from=example.com`]]],
    ['a comment that closes twice', [[ar, `${ours}; spf=fail (a) b); dmarc=pass header.from=example.com`]]],
    [
      'a quoted string',
      [[ar, `${ours}; spf=fail smtp.mailfrom="x; dmarc=pass header.from=example.com"@evil.org`]],
    ],
    ['no server name', [[ar, 'dmarc=pass header.from=example.com']]],
    ['nothing', [[ar, `${ours}; none`]]],
    ['an endless field', [[ar, `${pass}; ${'x'.repeat(30_000)}`]]],
  ])('of %s prove nothing', (_what, lines) => {
    expect(read(lines).filter(({ method, result }) => method === 'dmarc' && result === 'pass')).toEqual([])
  })

  it('stand above the line of our server, and may be followed by delivery on the same host', () => {
    const lmtp = 'from mx.example.com ([127.0.0.1]) by mx.example.com with LMTP id xyz'
    expect(
      read([
        ['Received', lmtp],
        [ar, pass],
        ['Received', byUs],
      ]),
    ).toEqual([passed])
  })

  it('of two filters of ours are put together; a stranger between them is left out', () => {
    const lines: [string, string][] = [
      [ar, `${ours}; dkim=pass (2048-bit key) header.d=example.com header.s=s1`],
      [ar, 'mx.example.org; spf=pass smtp.mailfrom=example.com'],
      [ar, `${ours}; spf=pass smtp.mailfrom=<anna@example.com.> smtp.helo=x`],
      ['Received', byUs],
    ]
    expect(read(lines).map(({ method }) => method)).toEqual(['dkim', 'spf'])
  })

  it('of Gmail stand below its own line', () => {
    const google = `mx.google.com;
       dkim=pass header.i=@example.com header.s=google header.b=AbCd;
       spf=pass (google.com: domain of anna@example.com designates 192.0.2.7 as permitted sender) smtp.mailfrom=anna@example.com;
       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.com`
    const lines: [string, string][] = [
      ['Received', 'by 2002:a05:6512:1234 with SMTP id x; Tue, 24 Nov 2026 03:00:00 -0800 (PST)'],
      ['ARC-Authentication-Results', 'i=1; mx.google.com; dmarc=pass header.from=example.org'],
      ['Received', 'from mail.example.com (mail.example.com. [192.0.2.7]) by mx.google.com with ESMTPS id x'],
      [ar, google],
    ]
    expect(read(lines, ['mx.google.com'])).toEqual([
      { method: 'dkim', result: 'pass', domain: 'example.com' },
      { method: 'spf', result: 'pass', domain: 'example.com' },
      passed,
    ])
  })

  it('of Microsoft 365 have no name, and count only where the mailbox is there', () => {
    const microsoft =
      'spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=example.com; dkim=pass (signature was verified) header.d=example.com;dmarc=pass action=none header.from=example.com;compauth=pass reason=100'
    const lines: [string, string][] = [
      ['Received', 'from AM0.eurprd.prod.outlook.com (2603::1) by AS8.eurprd.prod.outlook.com with HTTPS'],
      ['Received', 'from mail.example.com (192.0.2.7) by AM0EUR.mail.protection.outlook.com with SMTP'],
      [ar, microsoft],
    ]
    expect(read(lines, [], true)).toContainEqual(passed)
    expect(read(lines, [ours], false)).toEqual([])
  })

  it('say nothing of a domain that is named twice', () => {
    expect(read([[ar, `${ours}; dmarc=pass header.from=example.org header.from=example.com`]])).toEqual([
      { method: 'dmarc', result: 'pass', domain: null },
    ])
  })

  it('name domains in ASCII', () => {
    expect(read([[ar, `${ours}; dmarc = pass header.from=münchen.example`]])).toEqual([
      { method: 'dmarc', result: 'pass', domain: 'xn--mnchen-3ya.example' },
    ])
  })
})
