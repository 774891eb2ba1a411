/** `gateway phone clips` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'
import type { ClipsOptions } from './clips.ts'

/** `phone` is the command that it hangs below. */
export function addPhoneClips(phone: Command, answering: Answering): void {
  answering(
    phone
      .command('clips')
      .description('list the recordings to make for a provider that cannot speak, with their words')
      .option('--missing', 'only those that are not in the folder yet')
      .option('--check', 'say what is missing or of the wrong format; exit code 1 if anything is')
      .addHelpText('after', examples('gateway phone clips > to-record.tsv', 'gateway phone clips --check')),
    async (options: Common & ClipsOptions) =>
      (await import('./clips.ts')).phoneClips(options.config, {
        missing: options.missing === true,
        check: options.check === true,
      }),
  )
}
