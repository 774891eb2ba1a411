import { rm } from 'node:fs/promises'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { clipFile, openClips } from '../../../../src/channels/phone/clips/clips.ts'
import { promptPieces, promptWav } from '../../../../src/channels/phone/clips/prompt.ts'
import { promptName, readPromptName } from '../../../../src/channels/phone/clips/prompt-address.ts'
import { readWav, silence, writeWav } from '../../../../src/channels/phone/clips/wav.ts'
import { addClip, clipFolder, runsOf, toneOf, tonesLong } from './clip-folder.ts'

const secret = 'a secret of at least thirty-two characters'
const folders: string[] = []

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function folderOf(clips: Readonly<Record<string, number>>): Promise<string> {
  const folder = await clipFolder(clips)
  folders.push(folder)
  return folder
}

function needed(...clips: readonly string[]) {
  return clips.map(clip => ({ clip, text: `Words of ${clip}.` }))
}

/** A file in another format: its header changed at one place. */
function changed(change: (file: Buffer) => void): Buffer {
  const file = toneOf(1)
  change(file)
  return file
}

describe('a folder of recordings', () => {
  it('lists what is missing, with the words that are to be spoken', async () => {
    const clips = await openClips(await folderOf({ 'de/bye': 7 }), needed('de/bye', 'en/bye'))
    expect(clips.missing).toEqual([{ clip: 'en/bye', text: 'Words of en/bye.' }])
    expect(clips.faults).toEqual([])
  })

  it.each([
    ['is no WAV file', Buffer.from('ID3 something else')],
    ['is broken off', toneOf(1).subarray(0, 50)],
    ['has no sound in it', writeWav(Buffer.alloc(0))],
    ['is not linear PCM', changed(file => file.writeUInt16LE(7, 20))],
    ['has 2 channels in place of one', changed(file => file.writeUInt16LE(2, 22))],
    ['has 44100 samples a second in place of 8000', changed(file => file.writeUInt32LE(44_100, 24))],
    ['has 8 bits a sample in place of 16', changed(file => file.writeUInt16LE(8, 34))],
  ])('says of a file that it %s', async (fault, file) => {
    const folder = await folderOf({})
    await addClip(folder, 'de/bye', file)
    const clips = await openClips(folder, needed('de/bye'))
    expect(clips.faults).toEqual([{ file: 'de/bye.wav', fault }])
    expect(clips.samplesOf('de/bye')).toBeUndefined()
  })

  it('reads files in which other programs have left their remarks', () => {
    const plain = toneOf(5)
    const remark = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1')
    const file = Buffer.concat([plain.subarray(0, 36), remark, plain.subarray(36)])
    expect(readWav(file)).toEqual({ samples: plain.subarray(44) })
  })

  it('reads whatever bytes a file has without falling over', () => {
    const head = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        const read = readWav(Buffer.concat([head, bytes]))
        expect('fault' in read || read.samples.length > 0).toBe(true)
      }),
    )
  })

  it.each(['../../etc/passwd', '/etc/passwd', 'de/../../x', 'de//x', '', 'de/.x', 'a\0b'])(
    'takes %j for no clip',
    clip => {
      expect(() => clipFile(clip)).toThrow(RangeError)
    },
  )
})

describe('a prompt', () => {
  it('plays recordings and pauses in a row, with a breath between two sentences, and leaves words out', async () => {
    const clips = await openClips(await folderOf({ 'de/a': 1, 'de/b': 2 }), needed('de/a', 'de/b'))
    const pieces = promptPieces([
      { language: 'de', pieces: [{ clip: 'de/a', text: '' }, { pauseMs: 500 }, { clip: 'de/b', text: '' }] },
      { language: 'de', pieces: [{ words: 'Petra Lindner' }] },
      { language: 'de', pieces: [{ clip: 'de/a', text: '' }] },
    ])
    expect(runsOf(promptWav(clips, pieces, () => {}))).toEqual([
      [1, tonesLong],
      [0, 4000],
      [2, tonesLong],
      [0, 2400],
      [1, tonesLong],
    ])
  })

  it('tells of a recording that is not there, and plays the others', async () => {
    const clips = await openClips(await folderOf({ 'de/a': 1 }), needed('de/a', 'de/b'))
    const missing: string[] = []
    const wav = promptWav(clips, [{ clip: 'de/b' }, { clip: 'de/a' }], clip => missing.push(clip))
    expect(runsOf(wav)).toEqual([[1, tonesLong]])
    expect(missing).toEqual(['de/b'])
  })

  it('is never empty', async () => {
    const clips = await openClips(await folderOf({}), [])
    expect(promptWav(clips, [{ clip: 'de/a' }], () => {})).toEqual(writeWav(silence(300)))
  })
})

describe('the address of a prompt', () => {
  const piece = fc.oneof(
    fc.record({ clip: fc.constantFrom('de/bye', 'en/greeting-hotline', 'de/digit-7', 'en/hour.12') }),
    fc.record({ pauseMs: fc.integer({ min: 0, max: 60_000 }) }),
  )

  it('says what is played, whatever that is', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 80 }), pieces => {
        const name = promptName(secret, 'main', pieces)
        expect(name).toMatch(/^[\w.-]+$/)
        expect(readPromptName(secret, 'main', name)).toEqual(pieces)
      }),
    )
  })

  it('is the same for the same prompt', () => {
    const pieces = [{ clip: 'de/bye' }, { pauseMs: 100 }]
    expect(promptName(secret, 'main', pieces)).toBe(promptName(secret, 'main', pieces))
  })

  it('is good for nothing once a character of it is changed', () => {
    const name = promptName(secret, 'main', [{ clip: 'de/bye' }, { pauseMs: 100 }])
    fc.assert(
      fc.property(fc.nat(name.length - 1), fc.constantFrom(...'abcXYZ019-_.'), (at, character) => {
        fc.pre(name[at] !== character)
        const other = name.slice(0, at) + character + name.slice(at + 1)
        expect(readPromptName(secret, 'main', other)).toBeUndefined()
      }),
    )
  })

  it('is good at one provider only, and with one secret only', () => {
    const name = promptName(secret, 'main', [{ clip: 'de/bye' }])
    expect(readPromptName(secret, 'other', name)).toBeUndefined()
    expect(readPromptName(`${secret}.`, 'main', name)).toBeUndefined()
  })
})
