import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import express, { type Request, type Response } from 'express'
import { closePort, loopback, openPort } from '../listen.ts'
import { takeDown } from './exchange.ts'
import type { ExchangeRoom } from './exchange-room.ts'
import type { RestKind } from './knobs.ts'
import type { NetCall } from './net-call.ts'
import {
  callResource,
  messageResource,
  pageOf,
  recordingResource,
  refuse,
  restStatus,
} from './rest-answers.ts'
import { createCall, createMessage } from './rest-requests.ts'
import type { Texts } from './texts.ts'

export interface RestApi {
  /** What a client takes instead of the provider's address. */
  readonly url: string
  close(): Promise<void>
}

/** The REST side, on this machine only, taking the vendor's own client. Resolves once it listens. */
export async function openRestApi(room: ExchangeRoom, texts: Texts, authToken: string): Promise<RestApi> {
  const { accountSid } = room
  const line = { free: room.clock.now() }
  const app = express()
  app.disable('x-powered-by')
  app.use((request, response, next) => {
    const given = Buffer.from(request.headers.authorization ?? '')
    const right = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`)
    if (given.length === right.length && timingSafeEqual(given, right)) return next()
    refuse(response, 401, 20003, 'Authenticate')
  })
  app.use(express.text({ type: 'application/x-www-form-urlencoded', limit: '64kb' }))

  /** Lets the knobs have their way with a request before, or instead of, carrying it out. */
  const on = (
    kind: RestKind,
    carryOut: (request: Request, response: Response, form: URLSearchParams) => void,
  ) => {
    return (request: Request, response: Response): void => {
      const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
      const fate = room.knobs.rest.fate(kind, Object.fromEntries(form))
      if (fate.do === 'refuse') {
        refuse(response, fate.status, fate.code, fate.message ?? 'Refused')
        return
      }
      if (fate.do === 'html') {
        response.status(fate.status).type('html').send('<html><body><h1>Bad Gateway</h1></body></html>')
        return
      }
      if (fate.do === 'break') {
        request.socket.destroy()
        return
      }
      // Carried out all the same; the answer has nowhere to go.
      if (fate.do === 'lose-answer') request.socket.destroy()
      carryOut(request, response, form)
    }
  }

  const root = `/2010-04-01/Accounts/${accountSid}`
  app.post(
    `${root}/Calls.json`,
    on('calls.create', (_request, response, form) => {
      const made = createCall(room, line, form)
      if ('code' in made) refuse(response, made.status, made.code, made.message)
      else response.status(201).json(callResource(accountSid, made))
    }),
  )
  app.get(
    `${root}/Calls.json`,
    on('calls.list', (request, response) => {
      const query = queryOf(request)
      const found = room.calls.filter(call => fits(call, query)).toReversed()
      response.json(
        pageOf(
          `${root}/Calls.json`,
          query,
          'calls',
          found.map(call => callResource(accountSid, call)),
        ),
      )
    }),
  )
  app.get(
    `${root}/Calls/:file`,
    on('calls.fetch', (request, response) => {
      const call = room.calls.find(({ sid }) => sid === sidOf(request))
      if (call) response.json(callResource(accountSid, call))
      else missing(request, response)
    }),
  )
  app.post(
    `${root}/Calls/:file`,
    on('calls.update', (request, response, form) => {
      const call = room.calls.find(({ sid }) => sid === sidOf(request))
      const status = form.get('Status')
      if (!call) return missing(request, response)
      if (status !== 'completed' && status !== 'canceled')
        return refuse(response, 400, 21218, 'Invalid Status')
      if (!takeDown(room, call, status))
        return refuse(response, 400, 21220, 'Call is not in-progress. Cannot redirect.')
      response.json(callResource(accountSid, call))
    }),
  )
  app.post(
    `${root}/Messages.json`,
    on('messages.create', (_request, response, form) => {
      const made = createMessage(room, texts, form)
      if ('code' in made) refuse(response, made.status, made.code, made.message)
      else response.status(201).json(messageResource(accountSid, made))
    }),
  )
  app.get(
    `${root}/Messages.json`,
    on('messages.list', (request, response) => {
      const query = queryOf(request)
      const found = texts.all
        .filter(
          ({ to, from, createdAt }) =>
            same(query, 'To', to) && same(query, 'From', from) && within(query, 'DateSent', createdAt),
        )
        .toReversed()
      const path = `${root}/Messages.json`
      response.json(
        pageOf(
          path,
          query,
          'messages',
          found.map(text => messageResource(accountSid, text)),
        ),
      )
    }),
  )
  app.get(
    `${root}/Messages/:file`,
    on('messages.fetch', (request, response) => {
      const text = texts.all.find(({ sid }) => sid === sidOf(request))
      if (text) response.json(messageResource(accountSid, text))
      else missing(request, response)
    }),
  )
  app.get(
    `${root}/Recordings.json`,
    on('recordings.list', (request, response) => {
      const query = queryOf(request)
      const found = room.recordings
        .all()
        .filter(({ callSid }) => same(query, 'CallSid', callSid))
        .toReversed()
        .map(recording => recordingResource(accountSid, recording))
      response.json(pageOf(`${root}/Recordings.json`, query, 'recordings', found))
    }),
  )
  const media = on('recordings.media', (request, response) => {
    const recording = room.recordings.find(sidOf(request))
    if (!recording) return missing(request, response)
    const mp3 = request.path.endsWith('.mp3')
    response.type(mp3 ? 'audio/mpeg' : 'audio/x-wav').send(recording.media[mp3 ? 'mp3' : 'wav'])
  })
  const recordingData = on('recordings.fetch', (request, response) => {
    const recording = room.recordings.find(sidOf(request))
    if (recording) response.json(recordingResource(accountSid, recording))
    else missing(request, response)
  })
  app.get(`${root}/Recordings/:file`, (request, response) =>
    request.path.endsWith('.json') ? recordingData(request, response) : media(request, response),
  )
  app.delete(
    `${root}/Recordings/:file`,
    on('recordings.delete', (request, response) => {
      if (room.recordings.remove(sidOf(request))) response.status(204).end()
      else missing(request, response)
    }),
  )
  app.use((request, response) => missing(request, response))

  const server = createServer(app)
  const sockets = new Set<Socket>()
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const port = await openPort(server, 0)
  return { url: `http://${loopback}:${port}`, close: () => closePort(server, sockets) }
}

function missing(request: IncomingMessage & { path: string }, response: Response): void {
  refuse(response, 404, 20404, `The requested resource ${request.path} was not found`)
}

function sidOf(request: Request): string {
  return String(request.params.file).replace(/\.(json|wav|mp3)$/, '')
}

function queryOf(request: Request): URLSearchParams {
  return new URL(request.originalUrl, 'http://localhost').searchParams
}

function fits(call: NetCall, query: URLSearchParams): boolean {
  return (
    same(query, 'To', call.to) &&
    same(query, 'From', call.from) &&
    same(query, 'Status', restStatus(call)) &&
    same(query, 'ParentCallSid', call.parentSid ?? '') &&
    // One that still waits in line has no start: every span leaves it out.
    within(query, 'StartTime', call.startedAt)
  )
}

function same(query: URLSearchParams, name: string, value: string): boolean {
  return !query.has(name) || query.get(name) === value
}

/** `StartTime>` and `StartTime<` as the client writes them: the sign is part of the name. */
function within(query: URLSearchParams, name: string, instant: Temporal.Instant | null): boolean {
  const since = query.get(`${name}>`)
  const until = query.get(`${name}<`)
  if (instant === null) return since === null && until === null
  const compare = (text: string) => Temporal.Instant.compare(instant, Temporal.Instant.from(text))
  return (since === null || compare(since) >= 0) && (until === null || compare(until) <= 0)
}
