import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/**
 * A number of ours as a telephone system pushes it, ready to be looked up among our lines: one that is written with the
 * trunk 0 of its country gets the country's code, that of the line that it most resembles. Everything else stays as it
 * came; extensions, user names and numbers of strangers are read where it is known what they are.
 */
export function ownNumber(raw: string, lines: readonly string[]): string {
  const digits = raw.replaceAll(/[\s()/.-]/g, '')
  if (!/^0[1-9]\d{4,}$/.test(digits)) return raw
  const codes = lines.flatMap(line => parsePhoneNumberFromString(line)?.countryCallingCode ?? [])
  const [best] = [...new Set(codes)]
    .map(code => `+${code}${digits.slice(1)}`)
    .map(number => ({ number, alike: Math.max(...lines.map(line => commonLength(line, number))) }))
    .toSorted((a, b) => b.alike - a.alike)
  return best?.number ?? raw
}

function commonLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}
