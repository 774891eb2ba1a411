import { PermanentFailure, TransientFailure } from '../../../desk/failure.ts'
import type { PhoneProvider } from '../../../desk/phone/provider.ts'
import { fileClient } from './client.ts'
import { failureOf } from './failure.ts'
import type { TwilioConfig } from './twilio-config.ts'

/** Eighty minutes as MP3; as WAV ten. */
export const mostRecordingBytes = 20 * 1024 * 1024
const audio = /^audio\/[a-z0-9.+-]{1,40}$/

interface FileAnswer {
  readonly statusCode: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, unknown>>
}

/**
 * The file itself, with our login; there is no link that opens it without. Undefined when it is not there yet. One above
 * 20 MB, or something that is no sound, is a PermanentFailure.
 */
export function recordingFetcher(
  config: TwilioConfig,
  mostBytes = mostRecordingBytes,
): PhoneProvider['fetchRecording'] {
  const client = fileClient(config, mostBytes)
  return async recordingId => {
    if (!/^[A-Za-z0-9]{2,64}$/.test(recordingId)) return undefined
    const path = `/2010-04-01/Accounts/${config.accountSid}/Recordings/${recordingId}.mp3`
    let answer: FileAnswer
    try {
      answer = await client.request({
        method: 'get',
        uri: client.api.baseUrl.replace(/\/$/, '') + path,
        headers: { Accept: 'audio/mpeg' },
        // The file may lie with another host; the login is not passed on to it.
        allowRedirects: true,
      })
    } catch (error) {
      if (error instanceof Error && /maxContentLength/.test(error.message))
        throw new PermanentFailure('phone', `A recording has more than ${mostBytes} bytes.`)
      throw failureOf(error, 'fetch a recording', 'harmless')
    }
    if (answer.statusCode === 404) return undefined
    if (answer.statusCode !== 200) throw refusal(answer.statusCode)
    const contentType =
      String(answer.headers['content-type'] ?? '')
        .split(';')[0]
        ?.trim()
        .toLowerCase() ?? ''
    if (!Buffer.isBuffer(answer.body) || !audio.test(contentType))
      throw new PermanentFailure('phone', 'What Twilio gave in place of a recording is no sound.')
    return { bytes: answer.body, contentType }
  }
}

function refusal(status: number): Error {
  const said = `Twilio answered ${status} when asked for a recording.`
  const final = status >= 400 && status < 500 && status !== 429
  return final ? new PermanentFailure('phone', said) : new TransientFailure('phone', said)
}
