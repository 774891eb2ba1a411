import { describe, expect, it } from 'vitest'
import { readMail } from '../../../../src/channels/mail/read-mail.ts'
import type { MailContent } from '../../../../src/desk/mail-content.ts'
import { mailSource, multipart } from '../mail-source.ts'
import { bounceCases } from './bounce-cases.ts'
import { type Block, failed, verdicts } from './verdicts.ts'

function fieldsOf({ final, original, action, status, diagnostic }: Block): string {
  const fields = {
    'Original-Recipient': original,
    'Final-Recipient': final,
    Action: action,
    Status: status,
    'Diagnostic-Code': diagnostic,
  }
  return Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`]))
    .join('')
}

const returned = 'Content-Type: text/rfc822-headers\n\nMessage-ID: <sent.1@example.com>\nSubject: Tisch\n'

function report(
  blocks: readonly Block[],
  original = returned,
  type = 'report; report-type=delivery-status',
): Promise<MailContent> {
  const status = `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\nArrival-Date: Thu, 5 Mar 2026 10:11:12 +0100\n\n${blocks.map(fieldsOf).join('\n')}`
  const source = multipart('report', ['\nYour message could not be delivered.', status, original])
  return readMail(
    mailSource({
      ...source,
      fields: {
        From: 'MAILER-DAEMON@mx.example.org (Mail Delivery System)',
        'Return-Path': '<>',
        Subject: 'Undelivered Mail Returned to Sender',
        'Content-Type': `multipart/${type}; boundary=b`,
      },
    }),
  )
}

describe('delivery reports for machines', () => {
  it.each(verdicts)('%o', async (block, kind, reason) => {
    const { bounce, classification } = await report([block])
    expect(classification).toBe('bounce')
    expect(bounce).toMatchObject({ kind, reason, originalMessageId: '<sent.1@example.com>' })
  })

  it('never mixes the blocks of two recipients', async () => {
    const { bounce } = await report([
      {
        original: 'rfc822;anna@example.net',
        final: 'rfc822;anna.m@example.net',
        action: 'failed',
        status: '5.1.1',
      },
      { final: 'RFC822; <bernd@example.net>', action: 'delayed', diagnostic: 'smtp; 450 4.2.0 greylisted' },
      { original: 'rfc822;carla@example.net', action: 'delivered (Delivered)', status: '2.1.5 (ok)' },
    ])
    expect(bounce?.recipients).toEqual([
      {
        recipient: 'anna.m@example.net',
        status: '5.1.1',
        kind: 'hard',
        action: 'failed',
        diagnosticCode: null,
      },
      {
        recipient: 'bernd@example.net',
        status: '4.2.0',
        kind: 'soft',
        action: 'delayed',
        diagnosticCode: 'smtp; 450 4.2.0 greylisted',
      },
      {
        recipient: 'carla@example.net',
        status: '2.1.5',
        kind: null,
        action: 'delivered',
        diagnosticCode: null,
      },
    ])
    expect(bounce).toMatchObject({ kind: 'hard', reason: 'user-unknown' })
  })

  it('invents no status', async () => {
    const { bounce } = await report([{ ...failed, diagnostic: 'smtp; 550 unknown user' }])
    expect(bounce).toMatchObject({ kind: 'hard', reason: 'user-unknown', recipients: [{ status: null }] })
  })

  it('takes no IP address or version for a status', async () => {
    const { bounce } = await report([
      { ...failed, diagnostic: 'smtp; 550 blocked 4.3.2.10 by Mailer 5.6.7.8' },
    ])
    expect(bounce?.recipients[0]?.status).toBeNull()
  })

  it('needs no report-type', async () => {
    const { classification } = await report([{ ...failed, status: '5.1.1' }], returned, 'report')
    expect(classification).toBe('bounce')
  })

  it('reads a multipart/mixed that should have been a report', async () => {
    const { classification, bounce } = await report([{ ...failed, status: '5.1.1' }], returned, 'mixed')
    expect(classification).toBe('bounce')
    expect(bounce?.recipients).toHaveLength(1)
  })

  it('finds the identifier of a whole returned mail, of its header and of one in base64', async () => {
    const inner =
      'Received: from x\nMessage-ID:\n <sent.2@example.com>\nContent-Type: multipart/mixed; boundary=b2\n\n--b2\n\nx\n--b2--'
    const block = { ...failed, status: '5.1.1' }
    const ids = await Promise.all([
      report([block], `Content-Type: message/rfc822\n\n${inner}`),
      report([block], `Content-Type: message/global\n\n${inner}`),
      report([block], `Content-Type: text/rfc822\n\n${inner}`),
      report(
        [block],
        `Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${Buffer.from(inner).toString('base64')}`,
      ),
    ])
    expect(ids.map(({ bounce }) => bounce?.originalMessageId)).toEqual(Array(4).fill('<sent.2@example.com>'))
  })

  it('keeps the text for humans and attaches the rest', async () => {
    const { text, attachments } = await report([{ ...failed, status: '5.1.1' }])
    expect(text).toBe('Your message could not be delivered.')
    expect(attachments.map(({ contentType }) => contentType)).toEqual([
      'message/delivery-status',
      'text/rfc822-headers',
    ])
  })
})

describe('delivery reports in words', () => {
  it.each(bounceCases)(
    '$name',
    async ({ from, subject, fields = {}, text, recipients, kind, reason, original }) => {
      const { classification, autoReplyAllowed, bounce } = await readMail(
        mailSource({
          fields: {
            'Return-Path': '<>',
            From: from,
            Subject: subject,
            To: 'support@example.com',
            'Content-Type': 'text/plain; charset=utf-8',
            ...fields,
          },
          body: text,
        }),
      )
      expect(classification).toBe('bounce')
      expect(autoReplyAllowed).toBe(false)
      expect(bounce?.recipients.map(({ recipient, status, action }) => [recipient, status, action])).toEqual(
        recipients,
      )
      expect({ kind: bounce?.kind, reason: bounce?.reason, original: bounce?.originalMessageId }).toEqual({
        kind,
        reason,
        original,
      })
    },
  )
})

describe('other reports', () => {
  it('takes a read receipt for an automatic reply', async () => {
    const source = multipart('report', [
      '\nIhre Nachricht wurde gelesen.',
      'Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;anna@example.com\nDisposition: manual-action/MDN-sent-manually; displayed',
    ])
    const content = await readMail(
      mailSource({
        ...source,
        fields: {
          Subject: 'Gelesen: Tisch',
          'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=b',
        },
      }),
    )
    expect(content).toMatchObject({
      classification: 'auto-reply',
      autoReplyAllowed: false,
      bounce: null,
      text: 'Ihre Nachricht wurde gelesen.',
    })
  })

  it('knows a feedback report', async () => {
    const source = multipart('report', [
      '\nThis is an abuse report.',
      'Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1',
      'Content-Type: message/rfc822\n\nMessage-ID: <sent.1@example.com>\n\nx',
    ])
    const content = await readMail(
      mailSource({
        ...source,
        fields: { 'Content-Type': 'multipart/report; report-type=feedback-report; boundary=b' },
      }),
    )
    expect(content).toMatchObject({
      classification: 'spam-report',
      bounce: { kind: null, recipients: [], originalMessageId: '<sent.1@example.com>' },
    })
  })
})
