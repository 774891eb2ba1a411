import { z } from 'zod'
import type { Config } from '../../config/schema.ts'
import type { DossierEntry } from '../../console/dossier.ts'

/** What an entry of a ticket's history says that somebody did; the author's name stands in front of it. */

/** Stored as JSON by the version of the day: what is of another shape is not told. */
const words = z.string().catch('')
const detailShape = z
  .object({
    value: words,
    at: words,
    level: z.number().catch(0),
    letter: words,
    recipient: words,
    decision: words,
    reportedFor: words,
    from: words,
    newTicket: words,
    mistakes: z.array(z.object({ line: words })).catch([]),
  })
  .catch({
    ...{ value: '', at: '', level: 0, letter: '', recipient: '', decision: '', reportedFor: '' },
    ...{ from: '', newTicket: '', mistakes: [] },
  })

type Detail = z.output<typeof detailShape>

const plainDeeds: Readonly<Record<string, string>> = {
  'customer-mail': 'wrote',
  'agent-mail': 'wrote, for colleagues only',
  'agent-answer': 'answered the customer',
  'agent-note': 'left a note that stays inside',
  'machine-mail': 'sent an automatic mail',
  'letter-failed': 'A letter could not be delivered',
}

const deeds: Readonly<Record<string, (detail: Detail) => string>> = {
  'letter-bounced': ({ letter, recipient }) =>
    `reported that the ${letter} to ${recipient} came back: there is no such mailbox`,
  'letter-delayed': ({ letter, recipient }) => `reported that the ${letter} to ${recipient} is delayed`,
  'letter-delivered': ({ letter, recipient }) => `reported that the ${letter} to ${recipient} arrived`,
  'agent-mail-returned': ({ mistakes }) =>
    `wrote something that could not be done, so nothing was sent: ${mistakes.map(({ line }) => line).join(', ')}`,
  'held-decision': ({ decision, from, newTicket }) => {
    if (decision === 'new') return `gave the held mail of ${from} a ticket of its own, #${newTicket}`
    return decision === 'add' ? `added the held mail of ${from}` : `left the held mail of ${from} aside`
  },
}

/** Undefined for a kind that has no words here. */
export function deedWords({ kind, detail }: DossierEntry): string | undefined {
  return plainDeeds[kind] ?? deeds[kind]?.(detailShape.parse(detail))
}

/** `when` says an instant of the detail. */
export function commandWords(
  { kind, detail }: DossierEntry,
  config: Config,
  when: (instant: string) => string,
): string {
  const { value, at, level } = detailShape.parse(detail)
  const moment = at === '' ? '' : when(at)
  const known: Readonly<Record<string, string>> = {
    'command-close': 'closed the ticket',
    'command-wait': `waits for the customer until ${moment}`,
    'command-take': 'took the ticket',
    'command-assign': `gave the ticket to ${config.agents[value]?.name ?? value}`,
    'command-escalate': `raised the ticket to level ${level}`,
    'command-severity': `set the severity to ${value}`,
    'command-area': `set the service area to ${value}`,
    'command-product': `set the product to ${value}`,
    'command-impact': `set the impact to ${value}`,
    'command-customer-severity': `noted that the customer calls it ${value}`,
    'command-callback': `noted a callback, ${value} ${moment}`.trimEnd(),
    'command-called': 'spoke to the customer',
    'command-merge': `merged this ticket into #${value}`,
    'command-step': `reported as done: ${value}`,
    'command-approve': `approved: ${value}`,
    'command-refuse': `refused: ${value}`,
    'command-skip': `skipped: ${value}`,
    'command-kind': `said that this is a ${value}`,
    'command-known': `linked it to the known problem ${value}`,
    'command-suggestion': 'made a suggestion',
    'command-solved': `solved the known problem ${value}`,
    'command-spam': `closed the ticket as spam; ${value} gets no more automatic mail`,
  }
  return known[kind] ?? kind.replace('command-', 'used #')
}
