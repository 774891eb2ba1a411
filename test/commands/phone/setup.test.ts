import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { soundConfig, soundPhoneConfig } from '../../config/sound-config.ts'
import { runCli } from '../run-cli.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phone-setup-'))
  file = join(folder, 'gateway.yaml')
})
afterEach(() => rm(folder, { recursive: true }))

const text = `${soundPhoneConfig.replace('  lines:', '    exchange: { kind: cti, token: a-very-secret-token-of-ours }\n    sip: { kind: sipgate, clips: ./clips }\n  lines:')}    desk:
      { provider: exchange, number: "+494066969200", office: hamburg, group: support, mailbox: support }
    second:
      { provider: sip, number: "+494066969300", office: hamburg, group: support, mailbox: support }
`

describe('gateway phone setup', () => {
  it('prints for each line what to enter at its provider, and no secret', async () => {
    await writeFile(file, text)
    const { code, stdout, stderr } = await runCli(['phone', 'setup', '--config', file])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(`hotline (+4934188880), at carrier:
  A call comes in (HTTP POST): https://gateway.example.com/phone/carrier/in#ct=3000&rt=12000
  Primary handler fails (HTTP GET): where you host fallback.xml
  Call status changes (HTTP POST): https://gateway.example.com/phone/carrier/status#rc=3&rp=ct,5xx

desk (+494066969200), at exchange:
  URL for call events: https://gateway.example.com/phone/exchange/<PHONE_EXCHANGE_TOKEN>

second (+494066969300), at sip:
  URL for incoming calls: https://gateway.example.com/phone/sip

fallback.xml: "gateway phone setup --fallback <folder>" writes it.
`)
  })

  it('writes what callers hear while the gateway does not run, in both languages', async () => {
    await writeFile(file, text)
    const { code, stdout } = await runCli([
      'phone',
      'setup',
      '--config',
      file,
      '--fallback',
      join(folder, 'static'),
    ])
    expect(code).toBe(0)
    const path = join(folder, 'static', 'carrier', 'fallback.xml')
    expect(stdout).toContain(`\n  ${path}\n`)
    const twiml = await readFile(path, 'utf8')
    expect(twiml).toMatch(/<Say [^>]*language="de-DE"[\s\S]*<Say [^>]*language="en-GB"[\s\S]*<Record /)
    expect(twiml).toContain('https://gateway.example.com/phone/carrier/recording')
  })

  it('says so where there is no telephone', async () => {
    await writeFile(file, soundConfig)
    const { code, stderr } = await runCli(['phone', 'setup', '--config', file])
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The configuration has no telephone: there is no section "phone".\n',
    })
  })
})
