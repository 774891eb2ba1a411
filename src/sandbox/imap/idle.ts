import type { Server } from 'hoodiecrow-imap'

/**
 * IDLE (RFC 2177). Takes the place of hoodiecrow's own plugin, whose half-hour timer outlives the connection and
 * keeps a stopped process alive, and which goes on sending between commands once IDLE is over: an EXPUNGE in the
 * middle of a FETCH shifts the sequence numbers that the client is counting on.
 */
export function idle(server: Server): void {
  server.registerCapability('IDLE')
  server.setCommandHandler('IDLE', (connection, parsed, data, done) => {
    if (connection.state === 'Not Authenticated') {
      connection.send(
        { tag: parsed.tag, command: 'NO', attributes: [text('Login first')] },
        'IDLE FAILED',
        parsed,
        data,
      )
      return done()
    }
    connection.directNotifications = true
    connection.inputHandler = line => {
      connection.inputHandler = false
      connection.directNotifications = false
      const command = line.toUpperCase() === 'DONE' ? 'OK' : 'BAD'
      connection.send(
        { tag: parsed.tag, command, attributes: [text('IDLE terminated')] },
        'IDLE',
        parsed,
        data,
      )
    }
    connection.socket?.write('+ idling\r\n')
    connection.processNotifications()
    done()
  })
}

function text(value: string): object {
  return { type: 'TEXT', value }
}
