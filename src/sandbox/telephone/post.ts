import { type IncomingHttpHeaders, request } from 'node:http'

export interface PostRequest {
  readonly method: 'GET' | 'POST'
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  /** ms */
  readonly connectTimeout: number
  /** ms */
  readonly readTimeout: number
}

export type PostAnswer =
  | {
      readonly got: true
      readonly status: number
      readonly headers: IncomingHttpHeaders
      readonly contentType: string
      readonly body: string
    }
  /** No connection, or no whole answer in time. */
  | { readonly got: false; readonly why: 'ct' | 'rt' }

const mostBytes = 1_048_576

/** One request on a connection of its own, with the provider's two limits: to be connected, and to be answered. */
export function post(
  url: string,
  { method, body, headers, connectTimeout, readTimeout }: PostRequest,
): Promise<PostAnswer> {
  return new Promise(resolve => {
    let connected = false
    let timer: NodeJS.Timeout
    const done = (answer: PostAnswer): void => {
      clearTimeout(timer)
      resolve(answer)
      outgoing.destroy()
    }
    const giveUp = () => done({ got: false, why: connected ? 'rt' : 'ct' })
    const length = Buffer.byteLength(body)
    const outgoing = request(
      url,
      { method, agent: false, headers: { ...headers, 'content-length': length } },
      response => {
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > mostBytes) giveUp()
          else chunks.push(chunk)
        })
        response.on('error', giveUp)
        response.on('end', () =>
          done({
            got: true,
            status: response.statusCode ?? 0,
            headers: response.headers,
            contentType: response.headers['content-type'] ?? '',
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    timer = setTimeout(giveUp, connectTimeout)
    outgoing.on('error', giveUp)
    outgoing.on('socket', socket =>
      socket.once('connect', () => {
        connected = true
        clearTimeout(timer)
        timer = setTimeout(giveUp, readTimeout)
      }),
    )
    outgoing.end(body)
  })
}
