import { describe, expect, it } from 'vitest'
import { requestAttempt } from '../../src/intake/calls/attempts.ts'
import { agent, caller, customer, unreachable } from '../../src/sandbox/telephone/actors.ts'
import { openHotline, phones, woking } from './hotline.ts'
import { openMailDesk } from './mail-desk.ts'

describe('an English caller who wrote before', () => {
  const ruth = { address: 'ruth@customer.example.co.uk', name: 'Ruth Ward' }
  const text = 'Hello,\nthe scales on line 3 have stopped.\n\nKind regards\nRuth Ward\nMobile +44 7400 123456'
  const report = { subject: 'Scales have stopped', text, replyText: text, language: 'en' } as const
  const mobile = '+447400123456'

  it('is asked about the mail, told when we ring, and rung by then: one ticket, one promise, kept', async () => {
    const hotline = await openHotline('2026-11-24T11:00')
    const desk = openMailDesk(hotline)
    const { ticketNumber = '' } = await desk.write(ruth, report)
    hotline.network.connect(phones.emma, unreachable('emma', 'never'))
    const call = hotline.network.call(
      caller(mobile, [
        { hears: /calling about ticket/, presses: '1' },
        { hears: /business has come to a stop/, presses: '1' },
      ]),
      woking,
    )
    await hotline.runUntil(hotline.at('11:05'))
    const heard = hotline.network.transcript(call)
    expect(heard).toMatch(/calling about ticket [a-z ,]+, Scales have stopped, press 1/)
    expect(heard).toMatch(/We will call you back by 12 noon today on zero seven four, zero zero one two/)
    expect(hotline.network.texts().at(-1)?.body).toMatch(
      /we will call you back on this number by 12:00 today/,
    )
    hotline.network.connect(phones.emma, {
      ...agent('emma'),
      steps: [
        { hears: /./, presses: '1' },
        { hears: /How did the call go/, presses: '1' },
      ],
    })
    hotline.network.connect(mobile, customer('ruth'))
    const owed = await hotline.database.callback.findFirst({ where: { state: 'owed' } })
    const asked = await hotline.clock.during(
      requestAttempt(hotline.deps, { callbackId: owed?.id ?? '', agent: 'emma', by: 'link' }),
    )
    expect(asked.result).toBe('dialling')
    await hotline.runUntil(hotline.at('11:15'))
    const last = hotline.network.calls().at(-1)
    expect(last && hotline.network.transcript(last)).toMatch(
      /emma hears .*Callback\. Ruth Ward\. Business stopped\. Scales have stopped\. Has been waiting for .* minutes\. Press 1/,
    )
    expect(
      await hotline.database.callback.findMany({
        include: { guarantee: true, ticket: true },
        orderBy: { createdAt: 'asc' },
      }),
    ).toMatchObject([
      { state: 'withdrawn', guarantee: { state: 'withdrawn', reason: 'joined' } },
      { state: 'done', guarantee: { state: 'kept' }, ticket: { number: ticketNumber, severity: 'stopped' } },
    ])
    expect(await hotline.database.ticket.count({ where: { mergedIntoId: null } })).toBe(1)
  })
})
