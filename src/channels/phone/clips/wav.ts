/**
 * Sound as telephones play it: WAV with linear PCM, one channel, 16 bit, 8000 samples a second (RIFF/WAVE as in
 * Microsoft's "Multimedia Programming Interface and Data Specifications 1.0"). Nothing else is read, nothing converted:
 * a provider that gets another format plays noise or nothing.
 */
export const samplesPerSecond = 8000
const bytesPerSample = 2

export type WavRead =
  | { readonly samples: Buffer }
  /** For whoever made the file. */
  | { readonly fault: string }

/** The samples of a file, or what is wrong with it. Chunks that programs add (LIST, bext, cue) are skipped. */
export function readWav(file: Buffer): WavRead {
  if (
    file.length < 12 ||
    file.toString('latin1', 0, 4) !== 'RIFF' ||
    file.toString('latin1', 8, 12) !== 'WAVE'
  )
    return { fault: 'is no WAV file' }
  let format: Buffer | undefined
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4)
    const length = file.readUInt32LE(at + 4)
    const chunk = file.subarray(at + 8, at + 8 + length)
    if (chunk.length < length) return { fault: 'is broken off' }
    if (name === 'fmt ') format = chunk
    if (name === 'data') return dataOf(format, chunk)
    // Chunks begin at even places.
    at += 8 + length + (length % 2)
  }
  return { fault: 'has no sound in it' }
}

function dataOf(format: Buffer | undefined, data: Buffer): WavRead {
  if (!format || format.length < 16) return { fault: 'does not say its format' }
  const found = {
    coding: format.readUInt16LE(0),
    channels: format.readUInt16LE(2),
    rate: format.readUInt32LE(4),
    bits: format.readUInt16LE(14),
  }
  // 0xFFFE: the same in the longer header that some programs write.
  if (found.coding !== 1 && found.coding !== 0xfffe) return { fault: 'is not linear PCM' }
  if (found.channels !== 1) return { fault: `has ${found.channels} channels in place of one` }
  if (found.rate !== samplesPerSecond)
    return { fault: `has ${found.rate} samples a second in place of ${samplesPerSecond}` }
  if (found.bits !== 16) return { fault: `has ${found.bits} bits a sample in place of 16` }
  if (data.length < bytesPerSample) return { fault: 'has no sound in it' }
  return { samples: data.subarray(0, data.length - (data.length % bytesPerSample)) }
}

/** A file of samples, 16 bit little-endian. */
export function writeWav(samples: Buffer): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(samplesPerSecond, 24)
  head.writeUInt32LE(samplesPerSecond * bytesPerSample, 28)
  head.writeUInt16LE(bytesPerSample, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

export function silence(ms: number): Buffer {
  return Buffer.alloc(Math.round((ms * samplesPerSecond) / 1000) * bytesPerSample)
}

export function secondsOf(samples: Buffer): number {
  return samples.length / bytesPerSample / samplesPerSecond
}
