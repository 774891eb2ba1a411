import type { TicketChannel } from '../../desk/channel.ts'
import type { Attachment } from '../../desk/mail-content.ts'
import type { Recorder } from '../../desk/matters/told-matter.ts'
import type { Plan } from '../plan.ts'

/** What is known of words beside themselves: how they came, who said them, who wrote them down. */
export interface Saying {
  readonly ticketNumber: string
  readonly channel: TicketChannel
  /** As the history names who spoke. */
  readonly author: string
  readonly by: Recorder
  readonly detail: Readonly<Record<string, unknown>>
  readonly phone: string | null
  readonly files: readonly Attachment[]
  /** Name of the agent who wrote it down, or of the client. */
  readonly recorder: string
}

/** A plan for words in the shape of a mail, with what is told of a mail replaced by what is true of them. */
export function asTold(plan: Plan, saying: Saying): Plan {
  const { ticketNumber, channel, author, by, detail, files, phone, recorder } = saying
  return {
    ...plan,
    entries: plan.entries.map(entry =>
      entry.kind === 'customer-mail'
        ? {
            ...entry,
            ...{ kind: 'customer-words', author, inboundId: null },
            detail: {
              channel,
              ...('agent' in by ? { agent: by.agent } : { client: recorder, clientKey: by.client }),
              ...(files.length > 0 ? { attachments: files.map(file => ({ ...file })) } : {}),
              ...detail,
            },
          }
        : { ...entry, inboundId: null },
    ),
    letters: plan.letters.map(letter =>
      letter.kind === 'agent-notice'
        ? {
            ...letter,
            data: {
              ...(letter.data as object),
              inboundHint: ticketNumber,
              ...(phone === null ? {} : { phone }),
              told: {
                channel,
                recorder: 'agent' in by ? recorder : '',
                client: 'client' in by ? recorder : '',
              },
            },
          }
        : letter,
    ),
  }
}
