/** The hotline in the files that `gateway init` writes. Pure. */
import type { Answers } from './flags.ts'

/** '' where there is no hotline. */
export function hotlineSection(answers: Answers): string {
  if (answers.hotline === 'none') return ''
  const q = (value: string) => JSON.stringify(value)
  const key = providerKey(answers)
  const account = answers.hotline === 'twilio' ? `\n      accountSid: ${q(answers.accountSid)}` : ''
  return `
phone:
  publicUrl: ${q(answers.publicUrl)}   # what the provider and agents reach; "gateway phone setup" prints what to enter there
  providers:
    ${key}:
      kind: ${answers.hotline}${account}
  lines:
    hotline:
      provider: ${key}
      number: ${q(answers.hotlineNumber)}
      office: ${answers.office}
      group: support
      mailbox: support
      language: ${answers.language}
      # extensions:
      #   "195": { name: "Accounting", group: support }
  # callback:
  #   minutes: 120              # office minutes within which callers are rung back
`
}

/** A line for the secrets' file; '' without a hotline. `token` is a fresh random one. */
export function hotlineSecret(answers: Pick<Answers, 'hotline'>, token: string): string {
  switch (answers.hotline) {
    case 'twilio':
      return "PHONE_CARRIER_AUTH_TOKEN=''\n"
    case 'cti':
      return `PHONE_EXCHANGE_TOKEN=${token}\n`
    default:
      return ''
  }
}

function providerKey({ hotline }: Pick<Answers, 'hotline'>): string {
  return hotline === 'twilio' ? 'carrier' : 'exchange'
}
