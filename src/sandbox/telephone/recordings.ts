import type { Chance } from './chance.ts'

export interface NetRecording {
  readonly sid: string
  readonly callSid: string
  readonly seconds: number
  readonly startedAt: Temporal.Instant
  readonly media: Readonly<Record<'wav' | 'mp3', Buffer>>
}

export interface Recordings {
  /** Keeps one; `url` is where its media can be fetched from, with authentication. */
  keep(callSid: string, seconds: number, startedAt: Temporal.Instant): NetRecording & { readonly url: string }
  /** The id of one in which nothing was said: there is no file. */
  absent(): { readonly sid: string; readonly url: string }
  find(sid: string): NetRecording | undefined
  /** Whether there was one. */
  remove(sid: string): boolean
  all(): readonly NetRecording[]
}

/** What was recorded on calls, each a short silence. `base` is known once the REST side listens. */
export function openRecordings(accountSid: string, chance: Chance, base: () => string): Recordings {
  const kept = new Map<string, NetRecording>()
  const urlOf = (sid: string) => `${base()}/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`
  return {
    keep(callSid, seconds, startedAt) {
      const recording = { sid: chance.sid('RE'), callSid, seconds, startedAt, media: silence }
      kept.set(recording.sid, recording)
      return { ...recording, url: urlOf(recording.sid) }
    },
    absent() {
      const sid = chance.sid('RE')
      return { sid, url: urlOf(sid) }
    },
    find: sid => kept.get(sid),
    remove: sid => kept.delete(sid),
    all: () => [...kept.values()],
  }
}

/** Nobody listens to it; whoever stores or sends it on shall find files of the kinds that they say they are. */
const silence = { wav: silentWav(0.25), mp3: silentMp3(10) }

/** PCM, mono, 16 bit, 8 kHz. */
function silentWav(seconds: number): Buffer {
  const rate = 8000
  const samples = Buffer.alloc(Math.round(rate * seconds) * 2)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}

/** Frames of MPEG-1 Layer III, 128 kbit/s, 44.1 kHz, mono (417 bytes each), with nothing in them. */
function silentMp3(frames: number): Buffer {
  const frame = Buffer.alloc(417)
  frame.writeUInt32BE(0xff_fb_90_c4)
  return Buffer.concat(Array.from({ length: frames }, () => frame))
}
