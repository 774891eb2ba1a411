/**
 * sipgate's answers. Written by hand and no wider than what we say: attributes and addresses are escaped, and there is
 * no way to an element that sipgate does not know (developer.sipgate.io, "API Reference").
 */
export interface SipgateAnswer {
  /** Absolute addresses for what happens next; they count for this answer only, so each gives them anew. */
  readonly onAnswer: string
  readonly onHangup: string
  readonly action: SipgateAction | null
}

export type SipgateAction =
  | {
      readonly kind: 'gather'
      readonly onData: string
      readonly play: string | null
      readonly maxDigits: number
      readonly timeoutMs: number
    }
  | { readonly kind: 'reject'; readonly reason: 'rejected' | 'busy' }
  | { readonly kind: 'hangup' }

export function sipgateXml({ onAnswer, onHangup, action }: SipgateAnswer): string {
  const attributes = `onAnswer="${escaped(onAnswer)}" onHangup="${escaped(onHangup)}"`
  return document(
    action ? `<Response ${attributes}>${actionXml(action)}</Response>` : `<Response ${attributes}/>`,
  )
}

/** Says nothing: the call goes where the account sends it. */
export const emptyXml = document('<Response/>')

export const hangupXml = document('<Response><Hangup/></Response>')

/** The account's own mailbox, where a caller can leave a message while we cannot work. */
export const voicemailXml = document('<Response><Dial><Voicemail/></Dial></Response>')

function document(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`
}

function actionXml(action: SipgateAction): string {
  if (action.kind === 'hangup') return '<Hangup/>'
  if (action.kind === 'reject') return `<Reject reason="${action.reason}"/>`
  const { onData, maxDigits, timeoutMs, play } = action
  const attributes = `onData="${escaped(onData)}" maxDigits="${maxDigits}" timeout="${timeoutMs}"`
  return play === null
    ? `<Gather ${attributes}/>`
    : `<Gather ${attributes}><Play><Url>${escaped(play)}</Url></Play></Gather>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => entities[character] ?? '')
}
