/** `gateway letters examples`, `preview`, `failed` and `retry` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

const mostListed = 100

export function addLetters(program: Command, answering: Answering): void {
  const letters = program.command('letters').description('look at letters, and send failed ones again')
  answering(
    letters
      .command('examples <folder>')
      .description('write an example of every letter, in both languages, into a folder')
      .addHelpText('after', examples('gateway letters examples ./letters')),
    async (folder: string, options: Common) =>
      (await import('./write-letters.ts')).writeLetters(folder, options.config),
  )
  answering(
    letters
      .command('preview <kind>')
      .description('print a letter as it would read now, with the data of a ticket; nothing is sent')
      .option('--ticket <number>', 'whose data to show; else example data')
      .option('--language <language>', 'de or en; else that of the letter or ticket')
      .option('--part <part>', 'only the subject, text or html')
      .addHelpText(
        'after',
        examples(
          'gateway letters preview auto-reply --ticket 1004711',
          'gateway letters preview status-update --ticket 1004711 --language en --part html > update.html',
        ),
      ),
    async (
      kind: string,
      options: Common & {
        readonly ticket?: string
        readonly language?: string
        readonly part?: string
      },
    ) => {
      const { findPlace } = await import('../with-database.ts')
      const { previewLetter } = await import('./preview-letter.ts')
      return previewLetter(await findPlace(options.config), kind, options)
    },
  )
  answering(
    letters
      .command('failed')
      .description(`list the last ${mostListed} letters that were given up, newest first`),
    async (options: Common) => {
      const { findPlace } = await import('../with-database.ts')
      const { listFailedLetters } = await import('./failed-letters.ts')
      return listFailedLetters(await findPlace(options.config), mostListed)
    },
  )
  answering(
    letters
      .command('retry [ids...]')
      .description('put failed letters back into the queue')
      .option('--code <code>', 'all that failed with this code')
      .addHelpText(
        'after',
        examples(
          'gateway letters retry 0198c0de-0000-4000-8000-000000000001',
          'gateway letters retry --code template',
        ),
      ),
    async (ids: string[], options: Common & { readonly code?: string }) => {
      const { findPlace } = await import('../with-database.ts')
      const { retryFailedLetters } = await import('./failed-letters.ts')
      return retryFailedLetters(await findPlace(options.config), ids, options.code)
    },
  )
}
