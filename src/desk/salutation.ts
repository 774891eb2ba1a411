import { oneLine } from './plain-text.ts'

/** Words that tell a company, a department or a machine from a person. */
const noPerson = new Set(
  (
    'gmbh mbh ag kg ohg ug gbr se ltd limited plc llp inc team support service services info office büro praxis ' +
    'vertrieb einkauf buchhaltung sales accounts admin noreply scanner department abteilung'
  ).split(' '),
)

/**
 * The name to greet by, or '' where the display name is not surely one of a person: "Guten Tag," is always right,
 * "Guten Tag Scanner Etage 3," never. It also keeps a stranger from writing a message of his own into our first line.
 */
export function salutationName(displayName: string): string {
  const name = oneLine(displayName)
  const looksLikeName = /^\p{Lu}[\p{L}\p{M}'’-]*\.?(?: \p{L}[\p{L}\p{M}'’-]*\.?){1,4}$/u
  const person = name.split(/[ .-]/).every(word => !noPerson.has(word.toLowerCase()))
  return name.length <= 60 && looksLikeName.test(name) && person ? name : ''
}
