import type { z } from 'zod'
import type { ToldMatter } from '../../../desk/matters/told-matter.ts'
import type { matterSchema } from './schemas.ts'

/** What was posted, as the desk sees it. `usual` holds for what it does not say itself. */
export function matterIn(
  body: z.output<typeof matterSchema>,
  usual: Pick<ToldMatter, 'channel' | 'mailbox' | 'by' | 'receivedAt'> &
    Partial<Pick<ToldMatter, 'severity' | 'files'>>,
): ToldMatter {
  const { subject, text, known, reference, confirm } = body
  const { email, phone, name, handle } = body.customer
  return {
    ...{ severity: null, files: [] },
    ...usual,
    ...{ subject, text, known, reference, confirm },
    channel: body.channel ?? usual.channel,
    mailbox: body.mailbox ?? usual.mailbox,
    customer: { name, handle, address: email ?? null, phone: phone ?? null },
    ...{ area: body.area ?? null, product: body.product ?? null, requestType: body.requestType ?? null },
    language: body.language ?? null,
    customerSeverity: body.severity ?? null,
    serial: body.serial ?? null,
  }
}
