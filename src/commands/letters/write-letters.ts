/** `gateway letters examples` on the command line. Without a configuration the letters are those of an invented company. */
import { loadConfig } from '../../config/load.ts'
import type { Answer } from '../answer.ts'
import { renderExampleLetters } from './render-letters.ts'

export async function writeLetters(folder: string, file: string | undefined): Promise<Answer> {
  const loaded = await loadConfig({ file })
  const names = await renderExampleLetters(folder, ...(loaded === 'sandbox' ? [] : [loaded.config]))
  const text = `${names.length} letters written to ${folder}, each as .html, .txt and .eml:\n${names.map(name => `  ${name}`).join('\n')}`
  return { text, data: { folder, letters: names } }
}
