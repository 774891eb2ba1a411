/** Does the SMTP server let us in? Connects, sets up TLS and logs in; sends nothing. */
import { createTransport, type NodemailerError } from 'nodemailer'
import type { Config } from '../../config/schema.ts'
import { type AccessTokens, smtpLogin } from '../../outbox/smtp-login.ts'
import { resultOf } from '../../outbox/smtp-result.ts'
import type { Finding } from './finding.ts'
import { maskedMessage } from './masked-message.ts'

const what = 'smtp'
const patienceMs = 20_000

export async function checkSmtp(
  smtp: Config['smtp'],
  tokens?: AccessTokens | undefined,
): Promise<readonly Finding[]> {
  const { host, port, tls, user, password } = smtp
  const login = smtpLogin(smtp, tokens)
  const transport = createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...login.options,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  })
  try {
    await transport.verify()
    const safety = { implicit: 'TLS', starttls: 'TLS by STARTTLS', none: 'no TLS' }[tls]
    const as = user === undefined ? 'without login' : `logged in as ${user}`
    return [{ what, ok: true, found: `${host}:${port}, ${safety}, ${as}` }]
  } catch (error) {
    const result = login.resultOf(error as NodemailerError) ?? resultOf(error as NodemailerError, 'waiting')
    const code = 'code' in result ? result.code : 'network'
    const found = `${host}:${port}, ${code}: ${maskedMessage(new Error(result.response), password)}`
    return [{ what, ok: false, found, advice: adviceFor(code, smtp) }]
  } finally {
    transport.close()
  }
}

function adviceFor(code: string, { host, port, tls }: Config['smtp']): string {
  if (port === 465 && tls === 'starttls') return 'port 465 usually goes with smtp.tls: implicit'
  if (port === 587 && tls === 'implicit') return 'port 587 usually goes with smtp.tls: starttls'
  if (code === 'auth') return 'check smtp.user and SMTP_PASSWORD; many providers want an app password'
  if (code === 'tls') return `check smtp.tls and the server's certificate; it must be valid for ${host}`
  if (code === 'timeout')
    return 'check smtp.host, port and tls; something there accepts connections and does not answer'
  return 'check smtp.host and port, and whether a firewall is in between'
}
