/** `gateway phone transcript` on the command line. */
import { type Command, Option } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'

interface TranscriptOptions extends Common {
  readonly language: 'de' | 'en' | 'both'
  readonly seed: string
}

/** `phone` is the command that it hangs below. */
export function addPhoneTranscript(phone: Command, answering: Answering): void {
  answering(
    phone
      .command('transcript')
      .description(
        'tell a call from the greeting to the promise kept, as this gateway leads it; rings nobody',
      )
      .addOption(
        new Option('--language <language>', 'of the caller').choices(['de', 'en', 'both']).default('both'),
      )
      .option('--seed <seed>', 'another one for other reaction times', '1')
      .addHelpText('after', examples('gateway phone transcript', 'gateway phone transcript --language en')),
    async ({ language, seed }: TranscriptOptions) =>
      (await import('./transcript.ts')).phoneTranscript(
        language === 'both' ? ['de', 'en'] : [language],
        seed,
      ),
  )
}
