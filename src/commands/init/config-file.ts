/** The files that `gateway init` writes, as texts. Pure. Every value is written as a JSON string, which YAML reads as it is. */
import { isLoopback } from '../../config/login-checks.ts'
import type { Answers } from './flags.ts'
import { hotlineSecret, hotlineSection } from './hotline-section.ts'
import { officePresets } from './office-presets.ts'

interface Server {
  readonly host: string
  readonly port: number
  readonly tls: 'implicit' | 'starttls' | 'none'
}

/** By port: 993 and 465 speak TLS at once (RFC 8314), others on demand; only this machine may do without. */
function serverOf(answer: string, usualPort: number): Server {
  const [host = '', port = String(usualPort)] = answer.split(':')
  const implicit = port === '993' || port === '465'
  return { host, port: Number(port), tls: implicit ? 'implicit' : isLoopback(host) ? 'none' : 'starttls' }
}

/**
 * gateway.yaml. A key is made of the agent's name; names without Latin letters get a plain one. Mail from before
 * `today` is left alone: whoever points a gateway at a mailbox of years must not write to everybody in it.
 */
export function configFileText(answers: Answers, today: Temporal.PlainDate): string {
  const q = (value: string) => JSON.stringify(value)
  const preset = officePresets[answers.office]
  const imap = serverOf(answers.imap, 993)
  const smtp = serverOf(answers.smtp, 587)
  const agent = keyOf(answers.agent)
  return `# Configuration of the intake gateway. docs/configuration.md explains every key.
# "gateway check" tests it, "gateway config print" shows it with all defaults.
# Passwords and the signing secret are not here: they come from the environment (see gateway.env).

company: ${q(answers.company)}
data: ./data                    # embedded database and raw mail

offices:
  ${answers.office}:
    name: ${q(preset?.name ?? answers.office)}
    timeZone: ${preset?.timeZone}
    holidays: ${preset?.holidays}            # public holidays of this region are closed days
    hours:                      # a day left out is closed
      mon: ["09:00-17:00"]
      tue: ["09:00-17:00"]
      wed: ["09:00-17:00"]
      thu: ["09:00-17:00"]
      fri: ["09:00-17:00"]
    # closures:                 # bridge days, company holidays, shortened days
    #   - { date: 2026-12-24, hours: ["09:00-12:00"], reason: "Christmas Eve" }
    ${answers.phone === '' ? '# phone: "+49 40 555 0100"' : `phone: ${q(answers.phone)}`}

agents:
  ${agent}:
    name: ${q(answers.agent)}
    addresses: [${q(answers.agentAddress)}]
    language: ${answers.language}${answers.agentPhone === '' ? '' : `\n    phone: ${q(answers.agentPhone)}`}

groups:
  support:
    name: Support
    agents: [${agent}]

mailboxes:
  support:
    address: ${q(answers.address)}
    name: ${q(`${answers.company} Support`)}
    language: ${answers.language}                # where the customer's cannot be told
    office: ${answers.office}
    group: support
    # replyAddress: ${q(answers.address.replace('@', '+{token}@'))}   # where the server knows sub-addressing
    since: ${today}           # older mails are recorded and get neither ticket nor answer
    imap:
      host: ${q(imap.host)}
      port: ${imap.port}
      tls: ${imap.tls}
      user: ${q(answers.imapUser)}
    after:
      action: leave             # or flag, or move (then: folder: Taken)

smtp:
  host: ${q(smtp.host)}
  port: ${smtp.port}
  tls: ${smtp.tls}
  user: ${q(answers.smtpUser)}
  # proof:                      # where the server files what it accepted, for letters in doubt
  #   kind: sent-folder
  #   mailbox: support
  #   folder: Sent
${hotlineSection(answers)}
# tickets:
#   format: "[#{number}]"
#   firstResponseMinutes: 120   # office minutes, promised in the auto-reply

alarms:
  to: [${q(answers.agentAddress)}]
`
}

/** gateway.env, in the form that a shell, systemd and container engines read. `secret` and `token` are fresh random ones. */
export function environmentFileText(
  secret: string,
  answers: Pick<Answers, 'hotline'>,
  token: string,
): string {
  return `# Secrets of the intake gateway, read by: set -a; . ./gateway.env; set +a
# Write passwords in single quotes. Keep this file to yourself, and keep a copy: without GATEWAY_SECRET the reply
# addresses of letters that were sent already lose their meaning.
GATEWAY_SECRET=${secret}
IMAP_SUPPORT_PASSWORD=''
SMTP_PASSWORD=''
${hotlineSecret(answers, token)}`
}

function keyOf(name: string): string {
  const plain = name.normalize('NFD').toLowerCase().replaceAll('ß', 'ss')
  const [first = ''] = plain
    .replaceAll(/[^a-z\s-]/g, '')
    .trim()
    .split(/[\s-]+/)
  return first === '' ? 'agent' : first
}
