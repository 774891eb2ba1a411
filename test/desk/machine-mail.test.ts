import { describe, expect, it } from 'vitest'
import { judgeMachineMail } from '../../src/desk/machine-mail.ts'
import { isSpamFlagged, type MailSigns } from '../../src/desk/machine-signs.ts'
import { type Fields, from, kinds, signs } from './machine-mails.ts'

const refused: readonly (readonly [name: string, mail: MailSigns, reason: string])[] = [
  ['no sender', signs({}, { from: null }), 'no sender address'],
  ['suppress All', signs({ 'X-Auto-Response-Suppress': 'All' }), 'sender asks for no automatic answers'],
  [
    'suppress a list of kinds',
    signs({ 'X-Auto-Response-Suppress': 'DR, RN, AutoReply' }),
    'sender asks for no automatic answers',
  ],
  ['noreply', signs({}, from('noreply@example.com')), 'nobody reads the sender address'],
  ['No-Reply in capitals', signs({}, from('No-Reply@example.com')), 'nobody reads the sender address'],
  ['noreply with a tag', signs({}, from('noreply+17@example.com')), 'nobody reads the sender address'],
  ['shop.noreply', signs({}, from('shop.noreply@example.com')), 'nobody reads the sender address'],
  ['nicht-antworten', signs({}, from('nicht-antworten@example.com')), 'nobody reads the sender address'],
  ['a bounce address', signs({}, from('bounce-123@example.com')), 'nobody reads the sender address'],
  ['postmaster', signs({}, from('postmaster@example.com')), 'nobody reads the sender address'],
  ['spam', signs({}, { spamFlagged: true }), 'flagged as spam'],
  ['a high spam level of Exchange', signs({ 'X-MS-Exchange-Organization-SCL': '6' }), 'flagged as spam'],
  ['a loop guard', signs({ 'X-Loop': 'x' }), 'loop guard of another system'],
  ['our own mail', signs({}, { ownMark: { instance: 'i', kind: 'auto-reply' } }), 'our own mail came back'],
]

describe('machine mail', () => {
  it.each(kinds)('%s', (_, mail, expected) => {
    const judgement = judgeMachineMail(mail)
    expect(judgement.classification).toBe(expected)
    if (expected !== 'customer') expect(judgement.autoReplyAllowed).toBe(false)
  })

  it.each(refused)('gives no answer to: %s', (_, mail, reason) => {
    const { autoReplyAllowed, autoReplyReasons, classification } = judgeMachineMail(mail)
    expect(autoReplyAllowed).toBe(false)
    expect(autoReplyReasons).toEqual([reason])
    expect(classification).toBe('customer')
  })

  it.each([
    signs(),
    signs({ 'X-Auto-Response-Suppress': 'DR, NDR, RN, NRN' }),
    signs({ 'Return-Path': '<anna@example.com>', Precedence: 'normal' }),
    signs({ 'X-MS-Exchange-Organization-SCL': '-1' }),
    signs({}, from('bounceback.fitness@example.com')),
    signs({}, from('rootbeer@example.com')),
  ])('answers customers', mail => {
    expect(judgeMachineMail(mail)).toEqual({
      classification: 'customer',
      autoReplyAllowed: true,
      autoReplyReasons: [],
    })
  })

  it('believes the spam filters that its schema names', () => {
    const flagged = (fields: Fields) => isSpamFlagged(signs(fields).header)
    expect(flagged({ 'X-Spam-Flag': 'YES' })).toBe(true)
    expect(flagged({ 'X-Spam-Status': 'Yes, score=9.1 required=5.0' })).toBe(true)
    expect(flagged({ 'X-SES-Spam-Verdict': 'FAIL' })).toBe(true)
    expect(
      flagged({ 'X-Spam-Flag': 'NO', 'X-Spam-Status': 'No, score=0', 'X-SES-Spam-Verdict': 'PASS' }),
    ).toBe(false)
    expect(flagged({})).toBe(false)
  })
})
