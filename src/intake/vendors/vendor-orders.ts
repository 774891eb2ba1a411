import type { InboundMail } from '../../desk/inbound.ts'
import type { Attachment } from '../../desk/mail-content.ts'
import type { CaseDescription } from '../../desk/vendor/description.ts'
import type { VendorDone, VendorNoticeData } from '../../desk/vendor/notice-data.ts'
import type { CaseOutcome } from '../../desk/vendor/vendor-commands.ts'

/** What mails do to cases at manufacturers, planned with everything else of a batch and carried out in its transaction. */

/** Words of an agent, with the attachments of that mail. */
export interface ToldWords {
  readonly words: string
  readonly rawSha256: string
  readonly attachments: readonly Attachment[]
}

interface ByAgent {
  readonly caseId: string
  /** Key of the agent. */
  readonly agent: string
  readonly inboundId: bigint
}

export type VendorOrder =
  | {
      readonly kind: 'open'
      readonly ticketId: string
      readonly vendor: string
      readonly agent: string
      readonly inboundId: bigint
      /** Measures are read when it is carried out: those of the same mail belong to it. */
      readonly device: Pick<CaseDescription, 'product' | 'serial'>
      readonly told: ToldWords
    }
  | (ByAgent & { readonly kind: 'say'; readonly told: ToldWords })
  | (ByAgent & { readonly kind: 'note'; readonly text: string })
  | (ByAgent & { readonly kind: 'share'; readonly messageId: string; readonly told: ToldWords })
  | (ByAgent & { readonly kind: 'reference'; readonly reference: string })
  | (ByAgent & { readonly kind: 'raise'; readonly reason: string })
  | (ByAgent & {
      readonly kind: 'close'
      readonly outcome: CaseOutcome
      readonly rating: number
      readonly evaluation: string
    })
  /** To the agent who wrote: what was done, or why nothing was. */
  | (ByAgent & { readonly kind: 'receipt'; readonly done: readonly VendorDone[] })
  | (ByAgent & {
      readonly kind: 'returned'
      readonly mistakes: VendorNoticeData['mistakes']
      readonly words: string
    })
  | {
      readonly kind: 'received'
      readonly caseId: string
      readonly by: 'vendor' | 'machine' | 'bounce'
      readonly mail: InboundMail
      readonly inboundId: bigint
    }
