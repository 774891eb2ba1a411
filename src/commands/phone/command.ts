/** `gateway phone clips`, `setup` and `transcript` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'
import { addPhoneClips } from './clips-command.ts'
import { addPhoneTranscript } from './transcript-command.ts'

export function addPhone(program: Command, answering: Answering): void {
  const phone = program.command('phone').description('set the hotline up')
  answering(
    phone
      .command('setup')
      .description('print the addresses to enter at the telephone providers')
      .option('--fallback <folder>', 'write the files that answer callers while this gateway does not run')
      .addHelpText('after', examples('gateway phone setup', 'gateway phone setup --fallback ./fallback')),
    async (options: Common & { readonly fallback?: string }) =>
      (await import('./setup.ts')).phoneSetup(options.config, options.fallback),
  )
  addPhoneClips(phone, answering)
  addPhoneTranscript(phone, answering)
}
