import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silence, writeWav } from '../../../src/channels/phone/clips/wav.ts'
import { phoneClips } from '../../../src/commands/phone/clips.ts'
import { soundPhoneConfig } from '../../config/sound-config.ts'
import { runCli } from '../run-cli.ts'

let folder: string
let config: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clips-command-'))
  config = join(folder, 'gateway.yaml')
  const text = soundPhoneConfig.replace(/kind: twilio\n.*\n.*\n/, 'kind: sipgate\n      clips: clips\n')
  await writeFile(config, text)
  await write('de/bye', writeWav(silence(100)))
  await write('en/bye', Buffer.from('no sound'))
})
afterAll(() => rm(folder, { recursive: true }))

async function write(clip: string, bytes: Buffer): Promise<void> {
  const path = join(folder, 'clips', `${clip}.wav`)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
}

describe('gateway phone clips', () => {
  it('lists every recording with the words to be spoken, in both languages', async () => {
    const { code, stdout } = await runCli(['phone', 'clips', '--config', config])
    expect(code).toBe(0)
    expect(stdout).toContain('de/bye.wav\tVielen Dank für Ihren Anruf. Auf Wiederhören.')
    expect(stdout).toContain('en/greeting-hotline.wav\tHello, you are through to support at Muster GmbH.')
    // An extension has a first sentence of its own.
    expect(stdout).toContain('de/greeting-hotline/195.wav\t')
  })

  it('names no file twice', async () => {
    const { text } = await phoneClips(config, {})
    const files = text
      .split('\n')
      .slice(1)
      .map(line => line.split('\t')[0])
    expect(files.length).toBeGreaterThan(100)
    expect(new Set(files).size).toBe(files.length)
  })

  it('leaves out what is there already', async () => {
    const { text } = await phoneClips(config, { missing: true })
    expect(text).not.toContain('de/bye.wav')
    expect(text).toContain('de/once-more.wav')
  })

  it('says what is missing or cannot be played, and fails', async () => {
    const answer = await phoneClips(config, { check: true })
    expect(answer.failed).toBe(true)
    expect(answer.text).toMatch(/^carrier: 1 of \d+ recordings in .* can be played\.\n/)
    expect(answer.text).toContain('\nen/bye.wav is no WAV file')
    expect(answer.text).toContain('\nde/once-more.wav is missing')
  })

  it('says so where nobody plays recordings', async () => {
    await writeFile(join(folder, 'twilio.yaml'), soundPhoneConfig)
    const { code, stderr } = await runCli(['phone', 'clips', '--config', join(folder, 'twilio.yaml')])
    expect(code).toBe(1)
    expect(stderr).toContain('No provider of the configuration plays recordings')
  })
})
