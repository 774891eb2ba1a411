import type { Response } from 'express'
import { rfc2822 } from './call-fields.ts'
import { isOver, type NetCall, secondsOf } from './net-call.ts'
import type { NetRecording } from './recordings.ts'
import type { NetText } from './texts.ts'

/** The provider's bodies: resources in snake case, its own form of errors. */

export function refuse(response: Response, status: number, code: number, message: string): void {
  const more_info = `https://www.twilio.com/docs/errors/${code}`
  response.status(status).json({ code, message, more_info, status })
}

/** The resource knows no `initiated`. */
export function restStatus({ status }: NetCall): string {
  return status === 'initiated' ? 'queued' : status
}

export function callResource(accountSid: string, call: NetCall) {
  const date = (instant: Temporal.Instant | null) => (instant ? rfc2822(instant) : null)
  const queueMs = (call.startedAt ?? call.createdAt).epochMilliseconds - call.createdAt.epochMilliseconds
  return {
    sid: call.sid,
    account_sid: accountSid,
    parent_call_sid: call.parentSid,
    api_version: '2010-04-01',
    from: call.from,
    from_formatted: call.from,
    to: call.to,
    to_formatted: call.to,
    direction: call.direction,
    status: restStatus(call),
    date_created: date(call.createdAt),
    date_updated: date(call.endedAt ?? call.createdAt),
    start_time: date(call.startedAt),
    end_time: date(call.endedAt),
    duration: isOver(call) ? String(secondsOf(call)) : null,
    queue_time: String(queueMs),
    answered_by: null,
    caller_name: null,
    forwarded_from: null,
    group_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: 'USD',
    trunk_sid: null,
    annotation: null,
    subresource_uris: {},
    uri: `/2010-04-01/Accounts/${accountSid}/Calls/${call.sid}.json`,
  }
}

export function messageResource(accountSid: string, text: NetText) {
  return {
    sid: text.sid,
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: text.body,
    from: text.from,
    to: text.to,
    direction: 'outbound-api',
    status: text.status,
    error_code: text.errorCode,
    error_message: null,
    date_created: rfc2822(text.createdAt),
    date_sent: text.sentAt ? rfc2822(text.sentAt) : null,
    date_updated: rfc2822(text.sentAt ?? text.createdAt),
    messaging_service_sid: null,
    num_media: '0',
    num_segments: '1',
    price: null,
    price_unit: 'USD',
    subresource_uris: {},
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${text.sid}.json`,
  }
}

export function recordingResource(accountSid: string, recording: NetRecording) {
  return {
    sid: recording.sid,
    account_sid: accountSid,
    call_sid: recording.callSid,
    conference_sid: null,
    api_version: '2010-04-01',
    channels: 1,
    duration: String(recording.seconds),
    status: 'completed',
    source: 'RecordVerb',
    error_code: null,
    encryption_details: null,
    price: null,
    price_unit: 'USD',
    date_created: rfc2822(recording.startedAt),
    date_updated: rfc2822(recording.startedAt),
    start_time: rfc2822(recording.startedAt),
    subresource_uris: {},
    uri: `/2010-04-01/Accounts/${accountSid}/Recordings/${recording.sid}.json`,
  }
}

/** One page of a list, with the address of the next. */
export function pageOf(
  path: string,
  query: URLSearchParams,
  name: 'calls' | 'messages' | 'recordings',
  all: readonly unknown[],
) {
  const size = Math.min(Number(query.get('PageSize') ?? 50), 1000)
  const page = Number(query.get('Page') ?? 0)
  const address = (number: number) => {
    const params = new URLSearchParams(query)
    params.set('PageSize', String(size))
    params.set('Page', String(number))
    return `${path}?${params}`
  }
  return {
    [name]: all.slice(page * size, (page + 1) * size),
    page,
    page_size: size,
    start: page * size,
    end: Math.min(all.length, (page + 1) * size) - 1,
    uri: address(page),
    first_page_uri: address(0),
    previous_page_uri: page > 0 ? address(page - 1) : null,
    next_page_uri: (page + 1) * size < all.length ? address(page + 1) : null,
  }
}
