/** Servers that lack something, or misbehave in a way that Dovecot would not. */
import type { Plugin, Server } from 'hoodiecrow-imap'
import fetchHandlers from 'hoodiecrow-imap/lib/commands/handlers/fetch.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { gatewayFor, ledgerForTest } from '../../conformance/gateway.ts'
import { letter, letters, look, names, post } from '../../conformance/post.ts'
import { everything, type HoodiecrowAccount, openHoodiecrow } from '../../hoodiecrow.ts'

async function server(plugins: readonly (string | Plugin)[] = everything): Promise<HoodiecrowAccount> {
  const account = await openHoodiecrow(plugins)
  onTestFinished(() => account.close())
  return account
}

describe('a server without IDLE', () => {
  it('is polled', async () => {
    const account = await server([])
    const ledger = await ledgerForTest()
    const gateway = await gatewayFor(ledger, account)
    await gateway.rested()
    await post(account, 'INBOX', [letter('polled')])
    const taken = gateway.reached('taken-in')
    await gateway.timing.pass('poll')
    await taken
    expect(await ledger.subjects()).toEqual(['polled'])
  })
})

describe('a server without MOVE', () => {
  it('has mails copied, and the originals expunged by their UIDs', async () => {
    const account = await server(['UIDPLUS'])
    await post(account, 'INBOX', letters(names('safe', 3)))
    await post(account, 'INBOX', [letter('marked by a human')], ['\\Deleted'])
    const ledger = await ledgerForTest()
    const gateway = await gatewayFor(ledger, account, { after: { action: 'move', folder: 'Taken' } })
    await gateway.rested()
    expect(await look(account, 'INBOX')).toEqual([])
    expect(await look(account, 'Taken')).toHaveLength(4)
  })

  it('and without UIDPLUS keeps the originals marked: a plain EXPUNGE would take what a human marked too', async () => {
    const account = await server([])
    await post(account, 'INBOX', letters(names('safe', 2)))
    const ledger = await ledgerForTest()
    const gateway = await gatewayFor(ledger, account, { after: { action: 'move', folder: 'Taken' } })
    await gateway.rested()
    expect((await look(account, 'INBOX')).map(mail => mail.flags)).toEqual([['\\Deleted'], ['\\Deleted']])
    expect(await look(account, 'Taken')).toHaveLength(2)
    expect(await ledger.database.inbound.count({ where: { afterState: 'done' } })).toBe(2)
  })
})

describe('a server that refuses keywords', () => {
  it('gets \\Flagged instead', async () => {
    const account = await server()
    const inbox = account.server.getMailbox('INBOX')
    Object.assign(inbox ?? {}, { allowPermanentFlags: false })
    await post(account, 'INBOX', [letter('flag me')])
    const ledger = await ledgerForTest()
    const gateway = await gatewayFor(ledger, account, { after: { action: 'flag', flag: '$Taken' } })
    await gateway.rested()
    expect((await look(account, 'INBOX')).map(mail => mail.flags)).toEqual([['\\Flagged']])
  })
})

describe('a server that refuses the move', () => {
  it('is asked again at the next connection, and the refusal is told meanwhile', async () => {
    const account = await server()
    let refuses = true
    const move = account.server.getCommandHandler('UID MOVE')
    account.server.setCommandHandler('UID MOVE', (connection, parsed, data, done) => {
      if (!refuses && move) return move(connection, parsed, data, done)
      connection.send({ tag: parsed.tag, command: 'NO', attributes: [] }, 'REFUSED', parsed, data)
      done()
    })
    account.server.createMailbox('Taken')
    await post(account, 'INBOX', letters(names('stuck', 2)))
    const ledger = await ledgerForTest()
    const wishes = { after: { action: 'move' as const, folder: 'Taken' } }
    const gateway = await gatewayFor(ledger, account, wishes)
    await gateway.rested()
    expect(gateway.door.state().unfinished).toBe(2)
    expect(await ledger.database.inbound.count({ where: { afterState: 'failed' } })).toBe(2)
    await gateway.stop()
    refuses = false
    const next = await gatewayFor(ledger, account, wishes)
    await next.rested()
    expect(next.door.state().unfinished).toBe(0)
    expect(await look(account, 'Taken')).toHaveLength(2)
  })
})

describe('a server that answers for a mail with nothing', () => {
  it('is asked for that mail alone', async () => {
    let asked = 0
    const forgetful: Plugin = server => {
      for (const name of ['BODY', 'BODY.PEEK'])
        server.fetchHandlers[name] = (connection, message, query) =>
          message.uid === 2 && asked++ === 0 ? '' : fetchHandlers.BODY(connection, message, query)
    }
    const account = await server([...everything, forgetful])
    await post(account, 'INBOX', letters(names('mail', 3)))
    const ledger = await ledgerForTest()
    const gateway = await gatewayFor(ledger, account)
    await gateway.rested()
    expect(gateway.batches).toEqual([[1, 2, 3]])
    expect(await ledger.subjects()).toEqual(names('mail', 3))
    expect(asked).toBe(2)
  })
})

/** The server does something else with the body of one mail. */
function atBodyOf(wanted: number, act: (server: Server) => void): Plugin {
  return server => {
    const body = fetchHandlers.BODY
    for (const name of ['BODY', 'BODY.PEEK']) {
      server.fetchHandlers[name] = (connection, message, query) => {
        if (message.uid === wanted) act(connection.server)
        if (message.uid === wanted && connection.socket) connection.socket.destroy()
        return body(connection, message, query)
      }
    }
  }
}

describe('a mail at which the server hangs up', () => {
  it('does not stop those that come after it', async () => {
    let hangUps = 0
    const account = await server([...everything, atBodyOf(3, () => void hangUps++)])
    await post(account, 'INBOX', letters(names('mail', 5)))
    const ledger = await ledgerForTest()
    const gateway = await gatewayFor(ledger, account)
    while (gateway.mails.length < 4) await gateway.reached('taken-in')
    await gateway.rested()
    expect(await ledger.subjects()).toEqual(['mail-1', 'mail-2', 'mail-4', 'mail-5'])
    expect(hangUps).toBe(6)
    expect(gateway.batches).toEqual([
      [1, 2],
      [4, 5],
    ])
  })

  it('is taken in, late, when the server comes to its senses', async () => {
    let hangUps = 0
    const plugin: Plugin = server => {
      const mood = atBodyOf(3, () => void hangUps++)
      mood(server)
      const sulking = { ...server.fetchHandlers }
      for (const name of ['BODY', 'BODY.PEEK'])
        server.fetchHandlers[name] = (connection, message, query) =>
          (hangUps < 4 ? (sulking[name] ?? fetchHandlers.BODY) : fetchHandlers.BODY)(
            connection,
            message,
            query,
          )
    }
    const account = await server([...everything, plugin])
    await post(account, 'INBOX', letters(names('mail', 5)))
    const ledger = await ledgerForTest()
    const gateway = await gatewayFor(ledger, account)
    while (gateway.mails.length < 5) await gateway.reached('resting')
    expect(gateway.batches.at(-1)).toEqual([3])
    expect((await ledger.subjects()).toSorted()).toEqual(names('mail', 5))
  })
})
