import type { FetchHandler, Message, Server } from 'hoodiecrow-imap'
import fetchHandlers from 'hoodiecrow-imap/lib/commands/handlers/fetch.js'
import { StoredMessage } from './stored-message.ts'

/**
 * FETCH and SEARCH where hoodiecrow would parse a whole mail to answer: the size, the whole mail, its header and a
 * search in header fields come from the stored bytes. What a reader gets is what the sender sent, octet by octet.
 * Sections such as BODY[1] are left to hoodiecrow.
 */
export function exactBytes(server: Server): void {
  server.fetchHandlers['RFC822.SIZE'] = (_connection, message) => stored(message).size
  server.fetchHandlers['RFC822.HEADER'] = (_connection, message) => literal(stored(message).header)
  server.fetchHandlers.BODY = body
  server.fetchHandlers['BODY.PEEK'] = body
  server.searchHandlers.HEADER = (_connection, message, _sequence, key, value) =>
    fieldsOf(stored(message).header).some(
      field => field.name === key.toLowerCase() && field.value.includes(value.toLowerCase()),
    )
}

const body: FetchHandler = (connection, message, query) => {
  const mail = stored(message)
  const [section] = query.section ?? []
  const whole = query.section !== undefined && section === undefined
  const header = section?.value?.toUpperCase() === 'HEADER'
  if (!whole && !header) return fetchHandlers.BODY(connection, message, query)
  const bytes = whole ? mail.raw : mail.header
  if (!query.partial) return literal(bytes)
  const [start = 0, length = bytes.length] = query.partial
  // The answer names the origin octet only (RFC 9051, 7.5.2): BODY[]<0>, not BODY[]<0.1024>.
  query.partial = [start]
  return literal(bytes.slice(start, start + length))
}

function stored(message: Message): StoredMessage {
  if (message instanceof StoredMessage) return message
  throw new Error('a message without stored bytes is in a mailbox of the sandbox')
}

function literal(value: string): object {
  return { type: 'LITERAL', value }
}

function fieldsOf(header: string): { name: string; value: string }[] {
  return header
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map(line => {
      const colon = line.indexOf(':')
      return { name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).toLowerCase() }
    })
}
