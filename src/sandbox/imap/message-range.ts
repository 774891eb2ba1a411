/**
 * A sequence set (RFC 9051, 9) against the numbers of a folder. Hoodiecrow splits the text anew for every mail;
 * with thousands of mails and a list of hundreds of numbers that takes seconds for one FETCH.
 */
export function sequenceSet(text: string, highest: number): (number: number) => boolean {
  const single = new Set<number>()
  const spans: [number, number][] = []
  for (const part of text.split(',').slice(0, 100_000)) {
    const [first = '', last] = part.split(':')
    const from = bound(first, highest)
    const to = last === undefined ? from : bound(last, highest)
    if (from === to) single.add(from)
    else spans.push([Math.min(from, to), Math.max(from, to)])
  }
  return number => single.has(number) || spans.some(([from, to]) => number >= from && number <= to)
}

function bound(text: string, highest: number): number {
  return text === '*' ? highest : Number(text)
}
