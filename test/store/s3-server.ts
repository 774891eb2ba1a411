/**
 * The part of an S3-compatible server that raw mail needs, in process: objects by path, multipart uploads, and errors
 * in the protocol's own words. Knows one key pair, by its id only; signatures are the client library's affair.
 */
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface S3Server {
  readonly endpoint: string
  readonly objects: Map<string, Buffer>
  readonly uploads: Map<string, Map<number, Buffer>>
  /** Answers the next requests with this status. */
  failNext(status: number, times: number): void
  close(): Promise<void>
}

export async function startS3Server(bucket: string, accessKeyId: string): Promise<S3Server> {
  const objects = new Map<string, Buffer>()
  const uploads = new Map<string, Map<number, Buffer>>()
  const failures: number[] = []

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>))
    const url = new URL(request.url ?? '/', 'http://s3')
    const key = decodeURIComponent(url.pathname)
    const uploadId = url.searchParams.get('uploadId') ?? ''
    const failure = failures.shift()
    if (failure) return error(response, failure, 'InternalError')
    if (!request.headers.authorization?.includes(`Credential=${accessKeyId}/`))
      return error(response, 403, 'AccessDenied')
    if (!key.startsWith(`/${bucket}/`)) return error(response, 404, 'NoSuchBucket')
    const parts = uploads.get(uploadId)
    if (request.method === 'POST' && url.searchParams.has('uploads')) {
      const id = randomUUID()
      uploads.set(id, new Map())
      return xml(
        response,
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      )
    }
    if (request.method === 'PUT' && parts) {
      parts.set(Number(url.searchParams.get('partNumber')), body)
      return empty(response, body)
    }
    if (request.method === 'POST' && parts) {
      const whole = Buffer.concat(
        [...parts.keys()].sort((a, b) => a - b).map(number => parts.get(number) ?? Buffer.alloc(0)),
      )
      uploads.delete(uploadId)
      objects.set(key, whole)
      return xml(
        response,
        '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>',
      )
    }
    if (request.method === 'PUT') {
      objects.set(key, body)
      return empty(response, body)
    }
    if (request.method === 'DELETE' && !uploadId) {
      objects.delete(key)
      response.writeHead(204)
      response.end()
      return
    }
    const object = objects.get(key)
    if (!object) return error(response, 404, 'NoSuchKey')
    response.writeHead(200, { 'content-length': object.length })
    response.end(request.method === 'HEAD' ? undefined : object)
  }

  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    uploads,
    failNext(status, times) {
      failures.push(...Array<number>(times).fill(status))
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function empty(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end()
}

function xml(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`)
}

function error(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`)
}
