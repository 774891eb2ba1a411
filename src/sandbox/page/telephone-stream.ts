import type { Request, Response } from 'express'
import type { Handset } from '../handset.ts'
import type { SandboxTelephone } from '../sandbox-telephone.ts'
import { handsetWords } from './telephone-words.ts'

/** What the telephones tell, as server-sent events: at first all there is, then what is new. */

/** A browser opens no more than six; who opens many pages gets the rest when he closes some. */
const mostStreams = 24
const beatMilliseconds = 15_000
/** A reader that does not read is let go; it comes back by itself and begins anew. */
const mostUnread = 500_000

export function telephoneStreams(
  telephone: SandboxTelephone,
): (request: Request, response: Response) => void {
  const handsets = [telephone.caller, ...telephone.agents]
  let open = 0
  return (request, response) => {
    if (open >= mostStreams) {
      response.status(503).type('text/plain').send('Too many pages listen to the telephones.\n')
      return
    }
    open += 1
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const told = new Map<string, { readonly call: number; readonly line: number }>()
    let waiting = false
    const send = (first: boolean) => {
      waiting = false
      if (response.writableLength > mostUnread) return response.destroy()
      response.write(`data: ${JSON.stringify({ first, phones: handsets.map(one => news(one, told)) })}\n\n`)
    }
    // Several things happen at a time, such as hearing and being asked: they are told together.
    const changed = () => {
      if (waiting) return
      waiting = true
      setImmediate(() => send(false))
    }
    const stops = handsets.map(handset => handset.watch(changed))
    const beat = setInterval(() => response.write(':\n\n'), beatMilliseconds)
    request.on('close', () => {
      open -= 1
      clearInterval(beat)
      for (const stop of stops) stop()
    })
    send(true)
  }
}

function news(handset: Handset, told: Map<string, { readonly call: number; readonly line: number }>): object {
  const before = told.get(handset.key)
  const call = handset.call()
  const lines = handset.lines(before?.call === call ? before.line : 0)
  const line = lines.at(-1)?.number ?? (before?.call === call ? before.line : 0)
  told.set(handset.key, { call, line })
  return {
    key: handset.key,
    call,
    state: handset.state(),
    wanted: handset.wanted(),
    ...handsetWords(handset),
    lines,
  }
}
