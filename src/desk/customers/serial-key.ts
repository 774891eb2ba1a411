/**
 * Serial numbers as people copy them from a label. Kept exact: some makers use O and 0 side by side, and folding them
 * into one would take one customer's device for another's. Tolerance is in the looking-up instead.
 */

/** More letters in doubt than this, and only the number as written is looked for: the readings double with each. */
const mostDoubts = 6
const longest = 60

/** Capitals and digits only: how a serial number is stored for finding it. '' where nothing of it is left. */
export function serialKey(serial: string): string {
  return serial
    .slice(0, 200)
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .slice(0, longest)
}

const twins: Readonly<Record<string, string>> = { O: '0', '0': 'O', I: '1', '1': 'I' }

/** The keys that a written serial number may stand for, as written first: O and 0, I and 1 look alike on a label. */
export function serialReadings(serial: string): readonly string[] {
  const key = serialKey(serial)
  if (key === '') return []
  const doubts = [...key].flatMap((sign, at) => (Object.hasOwn(twins, sign) ? [at] : []))
  if (doubts.length > mostDoubts) return [key]
  const readings = [key]
  for (const at of doubts)
    readings.push(...readings.map(one => one.slice(0, at) + twins[key[at] ?? ''] + one.slice(at + 1)))
  return readings
}
