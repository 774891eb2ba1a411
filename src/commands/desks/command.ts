/** `gateway desks` on the command line. */
import type { Command } from 'commander'
import { exampleDesks } from '../../config/example-desks.ts'
import { type Answering, type Common, examples } from '../registration.ts'
import type { PlayOptions } from './play-desks.ts'

export function addDesks(program: Command, answering: Answering): void {
  const desks = program.command('desks').description('the example desks that come with the gateway')
  answering(
    desks
      .command('play [desk...]')
      .description(
        'play a day at the example desks, and write its account, letters, calls and figures to files',
      )
      .option('--language <language>', 'de or en; without it both, one after the other')
      .option('--out <folder>', 'folder for the files', './desks')
      .addHelpText(
        'after',
        `\nDesks: ${exampleDesks.join(', ')}. Nothing is configured, rung or sent. A day takes about ten seconds.\n${examples(
          'gateway desks play',
          'gateway desks play vs-moebel --language de --out ./vs-moebel',
        )}`,
      ),
    async (named: readonly string[], options: Common & PlayOptions) =>
      (await import('./play-desks.ts')).playDesks(named, options),
  )
}
