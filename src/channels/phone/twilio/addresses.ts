/**
 * Where Twilio finds us. State is in the path: Twilio has been seen to sort the parameters of a query after signing
 * them. What follows `#` is not sent; it tells Twilio how long to wait and what to try again.
 */

/**
 * A caller waits: a gateway that is away must be found out fast, and the fallback address asked. Longer than the time
 * after which we give the safe answer ourselves, and nothing is asked twice but what never reached us.
 */
const voice = '#ct=3000&rt=12000'
/** Nobody waits: what we could not take is told again. */
const status = '#rc=3&rp=ct,5xx'

export interface Addresses {
  /** To be entered at each number: what a call asks first, and where its end is told. */
  readonly arrived: string
  readonly status: string
  readonly keys: (callId: string, turn: number) => string
  readonly recorded: (callId: string, turn: number) => string
  readonly legAnswered: (callId: string, legId: string) => string
  readonly legKeys: (callId: string, legId: string, turn: number) => string
  readonly legEnded: (callId: string, legId: string, turn: number) => string
  readonly legStatus: (callId: string, legId: string) => string
  readonly attemptAnswered: (attemptId: string) => string
  readonly attemptStatus: (attemptId: string) => string
  readonly text: (textId: string) => string
  readonly recording: string
  readonly fallback: string
  readonly goodbye: string
  readonly selfTest: string
}

/** `publicUrl` without a slash at its end. */
export function addressesOf(publicUrl: string, providerKey: string): Addresses {
  const base = `${publicUrl}/phone/${providerKey}`
  const leg = (callId: string, legId: string): string => `${base}/call/${callId}/leg/${legId}`
  return {
    arrived: `${base}/in${voice}`,
    status: `${base}/status${status}`,
    keys: (callId, turn) => `${base}/call/${callId}/keys/${turn}${voice}`,
    recorded: (callId, turn) => `${base}/call/${callId}/recorded/${turn}${voice}`,
    legAnswered: (callId, legId) => `${leg(callId, legId)}/answered${voice}`,
    legKeys: (callId, legId, turn) => `${leg(callId, legId)}/keys/${turn}${voice}`,
    legEnded: (callId, legId, turn) => `${leg(callId, legId)}/ended/${turn}${voice}`,
    legStatus: (callId, legId) => `${leg(callId, legId)}/status${status}`,
    attemptAnswered: attemptId => `${base}/attempt/${attemptId}/answered${voice}`,
    attemptStatus: attemptId => `${base}/attempt/${attemptId}/status${status}`,
    text: textId => `${base}/text/${textId}${status}`,
    recording: `${base}/recording${status}`,
    fallback: `${base}/fallback${voice}`,
    goodbye: `${base}/goodbye${voice}`,
    selfTest: `${base}/self-test`,
  }
}
