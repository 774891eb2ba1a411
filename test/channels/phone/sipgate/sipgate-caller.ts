import { expect } from 'vitest'
import { neededClips } from '../../../../src/channels/phone/clips/needed-clips.ts'
import { readPromptName } from '../../../../src/channels/phone/clips/prompt-address.ts'
import type { Config } from '../../../../src/config/schema.ts'
import { addClip, runsOf, toneOf, tonesLong } from '../clips/clip-folder.ts'
import { type ContractDesk, numbers, openContractDesk } from '../contract-desk.ts'
import { drivers } from '../contract-drivers.ts'

/** A caller at sipgate, who does what its answers say and writes down what is to be heard. */
export interface SipgateCaller {
  /** Rings, or presses keys ('' is silence): what is heard then, sentence by sentence. */
  ring(): Promise<readonly string[]>
  press(keys: string): Promise<readonly string[]>
  /** The network has hung up. */
  isOver(): boolean
  hangUp(): Promise<void>
  /** The last answer as it came. */
  answer(): string
}

/** Every recording is told from the others by its one sample. */
export async function openRecordedDesk(): Promise<ContractDesk> {
  return openContractDesk(async (config, folder) => {
    for (const [index, { clip }] of neededClips(config, 'sipgate').entries())
      await addClip(folder, clip, toneOf(index + 1))
  })
}

const driver = drivers.find(({ provider }) => provider === 'sipgate')

export function sipgateCaller(desk: ContractDesk, call: string, from: string): SipgateCaller {
  if (!driver) throw new Error('there is a driver for sipgate')
  const { send } = driver
  let onData: string | undefined
  let onHangup = ''
  let over = false
  let answer = ''

  async function follow(path: string, fields: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const { status, body } = await send(desk.url, { path, fields })
    expect(status).toBe(200)
    answer = body
    onData = pathIn(desk, /onData="([^"]+)"/.exec(body)?.[1])
    onHangup = pathIn(desk, /onHangup="([^"]+)"/.exec(body)?.[1]) ?? onHangup
    over = body.includes('<Hangup/>')
    // What sipgate could not carry out is no answer.
    expect(over || onData !== undefined ? body : `${body} leaves the caller alone`).toBe(body)
    const play = /<Url>([^<]+)<\/Url>/.exec(body)?.[1]
    return play === undefined ? [] : heard(play, desk.config)
  }

  return {
    ring: () => {
      const { path, fields } = driver.ring(call, from)
      return follow(path, { ...fields, to: numbers.sipgate.replace('+', '') })
    },
    press: keys => {
      if (onData === undefined) throw new Error('nobody has asked for keys')
      return follow(onData, { event: 'dtmf', callId: call, dtmf: keys })
    },
    isOver: () => over,
    answer: () => answer,
    async hangUp() {
      await send(desk.url, { path: onHangup, fields: driver.hangUp(call, from).fields })
    },
  }
}

function pathIn(desk: ContractDesk, url: string | undefined): string | undefined {
  if (url === undefined) return undefined
  expect(url.startsWith(desk.url)).toBe(true)
  return url.slice(desk.url.length)
}

async function heard(url: string, config: Config): Promise<readonly string[]> {
  const needed = neededClips(config, 'sipgate')
  // One that nobody was told to record would be left out of the sound without a word.
  const pieces = readPromptName(config.secret, 'sipgate', url.split('/').at(-1) ?? '') ?? []
  const clips = pieces.flatMap(piece => ('clip' in piece ? [piece.clip] : []))
  expect(clips.filter(clip => !needed.some(one => one.clip === clip))).toEqual([])
  const response = await fetch(url)
  expect(response.status).toBe(200)
  return runsOf(Buffer.from(await response.arrayBuffer()))
    .filter(([sample]) => sample !== 0)
    .flatMap(([sample, length]) =>
      Array.from({ length: length / tonesLong }, () => needed[sample - 1]?.text ?? `no clip ${sample}`),
    )
}
