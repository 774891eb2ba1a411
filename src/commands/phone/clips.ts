/** `gateway phone clips`: which recordings a provider that cannot speak needs, and whether they are there. */
import { clipFile, type NeededClip, openClips } from '../../channels/phone/clips/clips.ts'
import { neededClips } from '../../channels/phone/clips/needed-clips.ts'
import { loadConfig } from '../../config/load.ts'
import type { Config } from '../../config/schema.ts'
import { type Answer, CommandFailed } from '../answer.ts'

export interface ClipsOptions {
  /** Only those that are not in the folder. */
  readonly missing?: boolean
  /** What is wrong with the folder, and nothing else; bad news if anything is. */
  readonly check?: boolean
}

interface Folder {
  readonly provider: string
  readonly folder: string
  readonly needed: readonly NeededClip[]
}

/** Throws ConfigFaults, and CommandFailed where no provider plays recordings. */
export async function phoneClips(file: string | undefined, options: ClipsOptions): Promise<Answer> {
  const loaded = await loadConfig({ file })
  const folders = loaded === 'sandbox' ? [] : foldersOf(loaded.config)
  if (folders.length === 0)
    throw new CommandFailed(
      'No provider of the configuration plays recordings: phone.providers has none of kind sipgate.',
    )
  const answers = await Promise.all(folders.map(folder => answerFor(folder, options)))
  return {
    text: answers.map(({ text }) => text).join('\n\n'),
    data: answers.map(({ data }) => data),
    failed: answers.some(({ failed }) => failed === true),
  }
}

function foldersOf(config: Config): readonly Folder[] {
  return Object.entries(config.phone?.providers ?? {}).flatMap(([provider, settings]) =>
    settings.kind === 'sipgate'
      ? [{ provider, folder: settings.clips, needed: neededClips(config, provider) }]
      : [],
  )
}

async function answerFor({ provider, folder, needed }: Folder, options: ClipsOptions): Promise<Answer> {
  const { missing, faults } = await openClips(folder, needed)
  if (options.check) {
    const lines = [
      ...missing.map(({ clip }) => `${clipFile(clip)} is missing`),
      ...faults.map(({ file, fault }) => `${file} ${fault}`),
    ]
    const good = needed.length - missing.length - faults.length
    const head = `${provider}: ${good} of ${needed.length} recordings in ${folder} can be played.`
    return {
      text: [head, ...lines].join('\n'),
      data: { provider, folder, needed: needed.length, missing: missing.map(fileOf), faults },
      failed: lines.length > 0,
    }
  }
  const listed = options.missing ? missing : needed
  const head = `# ${provider}: ${listed.length} recordings for ${folder}, each WAV, mono, 16 bit, 8000 Hz`
  return {
    text: [head, ...listed.map(clip => `${clipFile(clip.clip)}\t${clip.text}`)].join('\n'),
    data: { provider, folder, clips: listed.map(clip => ({ file: fileOf(clip), text: clip.text })) },
  }
}

function fileOf({ clip }: NeededClip): string {
  return clipFile(clip)
}
