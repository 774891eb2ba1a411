import twilio from 'twilio'
import type { TwilioConfig } from './twilio-config.ts'

export const mostMilliseconds = 10_000

/**
 * The vendor's client. It never repeats by itself, and is set up by the configuration alone: an empty text keeps it from
 * looking into the environment, where a forgotten TWILIO_EDGE would send our calls elsewhere and TWILIO_LOG_LEVEL print them.
 */
export function twilioClient(
  config: TwilioConfig,
  milliseconds: number,
  httpClient = new twilio.RequestClient({ timeout: milliseconds }),
): ReturnType<typeof twilio> {
  const usual = config.apiUrl === undefined
  const client = twilio(config.accountSid, config.authToken, {
    region: (usual && config.region) || '',
    edge: (usual && config.edge) || '',
    logLevel: '',
    autoRetry: false,
    httpClient,
  })
  if (config.apiUrl !== undefined) client.api.baseUrl = config.apiUrl
  return client
}

/** For files: bytes as they come, and no more of them than we would keep. */
export function fileClient(config: TwilioConfig, mostBytes: number): ReturnType<typeof twilio> {
  const http = new twilio.RequestClient({ timeout: mostMilliseconds })
  http.axios.defaults.responseType = 'arraybuffer'
  http.axios.defaults.maxContentLength = mostBytes
  return twilioClient(config, mostMilliseconds, http)
}
