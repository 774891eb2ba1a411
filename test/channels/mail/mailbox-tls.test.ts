import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { gatewayFor, ledgerForTest } from '../../conformance/gateway.ts'
import { everything, openHoodiecrow } from '../../hoodiecrow.ts'

/** A certificate that nobody has signed: hoodiecrow's own, as old and short as they come. */
const certificates = join(
  createRequire(import.meta.url).resolve('hoodiecrow-imap/package.json'),
  '..',
  'cert',
)
const selfSigned = {
  key: readFileSync(join(certificates, 'server.key')),
  cert: readFileSync(join(certificates, 'server.crt')),
  ciphers: 'DEFAULT@SECLEVEL=0',
}

it('does not talk to a server whose certificate nobody vouches for', async () => {
  const account = await openHoodiecrow(everything, selfSigned)
  onTestFinished(() => account.close())
  const gateway = await gatewayFor(await ledgerForTest(), account, { tls: 'implicit' })
  await gateway.timing.until('refused')
  expect(gateway.door.state()).toMatchObject({ phase: 'refused', lastError: 'tls' })
})

it('does not send the password to a server that lacks the STARTTLS it was promised', async () => {
  const commands: string[] = []
  const account = await openHoodiecrow([
    ...everything,
    server => {
      const find = server.getCommandHandler.bind(server)
      server.getCommandHandler = name => {
        commands.push(name.toUpperCase())
        return find(name)
      }
    },
  ])
  onTestFinished(() => account.close())
  const gateway = await gatewayFor(await ledgerForTest(), account, { tls: 'starttls' })
  await gateway.timing.until('refused')
  expect(gateway.door.state()).toMatchObject({ phase: 'refused', lastError: 'tls' })
  expect(commands).toContain('CAPABILITY')
  expect(commands.filter(name => /LOGIN|AUTHENTICATE/.test(name))).toEqual([])
})
