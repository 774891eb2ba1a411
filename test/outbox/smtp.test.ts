import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OutgoingMail, openSmtp, type Transport } from '../../src/outbox/smtp.ts'
import { type Behaviour, type SinkStep, type SmtpSink, startSmtpSink } from '../smtp-sink.ts'
import { testConfig } from './test-config.ts'

/** One letter, one recipient, every way a server can answer it or not. */

let sink: SmtpSink
let transport: Transport

beforeEach(async () => {
  sink = await startSmtpSink({ password: 'right' })
  transport = openSmtp(testConfig({ port: sink.port, user: 'support', password: 'right' }).smtp, 1)
})
afterEach(async () => {
  transport.close(true)
  await sink.stop()
})

const mail = (name = 'one'): OutgoingMail => ({
  from: 'support@example.com',
  to: 'anna@example.org',
  subject: 'Grüße',
  text: 'Vielen Dank.\n.\nEin Punkt allein.\n',
  html: '<p>Vielen Dank.</p>',
  messageId: `<${name}.autoreply@example.com>`,
})

const answer = (at: SinkStep, code: number, text: string): Behaviour => ({ kind: 'answer', at, code, text })

describe('a letter that is handed over', () => {
  it('arrives whole, with the server’s reply as proof', async () => {
    const result = await transport.send(mail())
    expect(result).toMatchObject({ kind: 'sent', response: expect.stringMatching(/^250 /) })
    expect(sink.accepted).toHaveLength(1)
    expect(sink.accepted[0]?.messageId).toBe('<one.autoreply@example.com>')
    expect(sink.accepted[0]?.raw.toString()).toContain('\r\n.\r\nEin Punkt allein.')
  })

  it('goes out over a new connection when the server has closed the idle one', async () => {
    await transport.send(mail('first'))
    await sink.dropIdle()
    expect(await transport.send(mail('second'))).toMatchObject({ kind: 'sent' })
    expect(sink.copiesOf('<second.autoreply@example.com>')).toBe(1)
  })

  it('is moved from a used connection that breaks before it was read, unless that is not wanted', async () => {
    const cut = { kind: 'cut', at: 'mail' } as const
    sink.next({ kind: 'accept' }, cut)
    await transport.send(mail('first'))
    const kept = await transport.send(mail('second'), () => false)
    expect(kept).toMatchObject({ kind: 'unreachable', code: 'network' })
    expect([sink.connections(), sink.accepted.length]).toEqual([1, 1])
    await transport.send(mail('third'))
    sink.next(cut)
    expect(await transport.send(mail('fourth'), () => true)).toMatchObject({ kind: 'sent' })
    expect([sink.connections(), sink.accepted.length]).toEqual([3, 3])
  })

  it('shares few connections with many others', async () => {
    const results = await Promise.all(Array.from({ length: 40 }, (_, i) => transport.send(mail(`m${i}`))))
    expect(new Set(results.map(result => result.kind))).toEqual(new Set(['sent']))
    expect(sink.accepted).toHaveLength(40)
    expect(sink.connections()).toBeLessThanOrEqual(2)
  })
})

describe('an answer is understood by its codes and its place', () => {
  const cases: readonly [string, Behaviour, object][] = [
    ['unknown recipient', answer('rcpt', 550, '5.1.1 who?'), { kind: 'refused', code: 'recipient-refused' }],
    [
      'refused content',
      answer('end-of-data', 554, '5.7.1 spam'),
      { kind: 'refused', code: 'message-refused' },
    ],
    ['greylisting', answer('rcpt', 451, '4.7.1 later'), { kind: 'retry', code: 'recipient-refused' }],
    ['full disk', answer('end-of-data', 452, '4.3.1 full'), { kind: 'retry', code: 'message-refused' }],
    ['refused sender', answer('mail', 550, '5.7.1 not yours'), { kind: 'retry', code: 'sender-refused' }],
    ['daily limit', answer('end-of-data', 550, '5.4.5 limit'), { kind: 'retry', code: 'message-refused' }],
    ['wrong order', answer('rcpt', 503, '5.5.1 order'), { kind: 'retry', code: 'recipient-refused' }],
    ['login wanted', answer('mail', 530, '5.7.0 login'), { kind: 'unreachable', code: 'auth' }],
    ['login refused', answer('login', 535, '5.7.8 wrong'), { kind: 'unreachable', code: 'auth' }],
    ['login broken', answer('login', 454, '4.7.0 later'), { kind: 'unreachable', code: 'protocol' }],
    ['no service', answer('connect', 554, '5.3.2 none'), { kind: 'unreachable', code: 'protocol' }],
    ['too many', answer('connect', 421, '4.7.0 many'), { kind: 'unreachable', code: 'protocol' }],
    ['goodbye', answer('rcpt', 421, '4.3.2 bye'), { kind: 'retry', code: 'network' }],
    ['cut at sender', { kind: 'cut', at: 'mail' }, { kind: 'retry', code: 'network' }],
    ['cut at recipient', { kind: 'cut', at: 'rcpt' }, { kind: 'retry', code: 'network' }],
    ['silence at recipient', { kind: 'stall', at: 'rcpt' }, { kind: 'retry', code: 'timeout' }],
    ['cut after the dot', { kind: 'cut', at: 'end-of-data' }, { kind: 'unsure' }],
    ['silence after the dot', { kind: 'stall', at: 'end-of-data', accepts: true }, { kind: 'unsure' }],
  ]

  it.each(cases)('%s', async (_name, behaviour, expected) => {
    sink.next(behaviour)
    expect(await transport.send(mail())).toMatchObject(expected)
  })

  it.each([
    ['unknown recipient', answer('rcpt', 550, '5.1.1 who?'), { kind: 'refused', code: 'recipient-refused' }],
    ['cut at recipient', { kind: 'cut', at: 'rcpt' }, { kind: 'retry', code: 'network' }],
    ['cut after the dot', { kind: 'cut', at: 'end-of-data' }, { kind: 'unsure' }],
  ] as const)('%s, without PIPELINING', async (_name, behaviour, expected) => {
    const plain = await startSmtpSink({ pipelining: false })
    const other = openSmtp(testConfig({ port: plain.port }).smtp, 1)
    plain.next(behaviour)
    expect(await other.send(mail())).toMatchObject(expected)
    other.close(true)
    await plain.stop()
  })

  it('keeps the connection for the next letter after a refusal', async () => {
    sink.next(answer('rcpt', 550, '5.1.1 who?'))
    await transport.send(mail('refused'))
    expect(await transport.send(mail('next'))).toMatchObject({ kind: 'sent' })
  })
})

describe('a server that is not there', () => {
  it('is unreachable, which is no letter’s fault', async () => {
    await sink.stop()
    expect(await transport.send(mail())).toMatchObject({ kind: 'unreachable', code: 'network' })
  })

  it('is unreachable when it hangs up without a greeting', async () => {
    sink.always({ kind: 'cut', at: 'connect' })
    expect(await transport.send(mail())).toMatchObject({ kind: 'unreachable', code: 'network' })
  })

  it('is unreachable when it lacks the TLS that is required', async () => {
    const strict = openSmtp({ ...testConfig({ port: sink.port }).smtp, tls: 'starttls' }, 1)
    expect(await strict.send(mail())).toMatchObject({ kind: 'unreachable' })
    expect(sink.accepted).toHaveLength(0)
    strict.close(true)
  })
})

describe('a recipient that no server could be told', () => {
  it('is refused here', async () => {
    const odd = { ...mail(), envelope: { from: 'support@example.com', to: [''] } }
    expect(await transport.send(odd)).toMatchObject({ kind: 'refused', code: 'recipient-refused' })
  })
})
