import type { Running } from './start.ts'

/** What runs where and what to try, in about ten lines for whoever has just typed `npm start`. */
export function welcome({ gateway, http, sandbox }: Running): string {
  if (!sandbox) {
    const mailboxes = Object.values(gateway.config.mailboxes).map(mailbox => mailbox.address)
    return [
      '',
      `Taking in mail for ${mailboxes.join(', ')}`,
      `Health and figures: ${http.url}/readyz and ${http.url}/metrics`,
    ].join('\n')
  }
  const { imap, smtp, accounts } = sandbox
  const support = accounts.find(account => account.role === 'support')
  const customer = accounts.find(account => account.role === 'customer')
  const [agent = ''] = Object.keys(gateway.config.agents)
  return [
    '',
    `  The sandbox is open:  ${http.url}/`,
    '',
    '  There you are the customer and the agent at once. Try this:',
    `    1. Write a mail as ${customer?.name ?? ''} and read the answer with your ticket number.`,
    "    2. Open the notice in the agent's inbox and press Reply: your words above the quote reach the customer.",
    '       A line such as #erledigt or #close on top closes the ticket; #hilfe or #help lists what else there is.',
    '    3. Reply as the customer, see it join its ticket, open the ticket and ask it "why?".',
    `    4. Ring the hotline, on ${http.url}/telephone: be the caller and the agent, and keep the promise of a call.`,
    `    5. Open the desk as an agent: ${http.url}/sandbox/desk/${agent} lists customers, contracts and devices.`,
    '',
    `  IMAP ${imap.host}:${imap.port}, SMTP ${smtp.host}:${smtp.port}, no TLS; any mail client will do.`,
    `  Support mailbox: ${support?.user ?? ''}, password ${support?.password ?? ''}; the page lists the other accounts.`,
    `  From a shell: swaks --server ${smtp.host}:${smtp.port} --from ${customer?.address ?? ''} --to ${support?.address ?? ''}`,
    `  Health and figures: ${http.url}/readyz and ${http.url}/metrics. Ctrl-C stops.`,
  ].join('\n')
}
