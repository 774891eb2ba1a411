import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bars } from '../../../src/channels/web/charts/bars.ts'
import { columns } from '../../../src/channels/web/charts/columns.ts'
import { lines } from '../../../src/channels/web/charts/lines.ts'
import { type Quantity, scaleOf } from '../../../src/channels/web/charts/scale.ts'
import { sparkline } from '../../../src/channels/web/charts/sparkline.ts'

const head = { id: 'x', title: 'Kept & <late>', about: 'Kept along days.' }
const units = ['Mon', 'Tue', 'Wed'].map(short => ({ short, full: `${short} of that week` }))
const format = (value: number) => `${value}`

describe('scales', () => {
  it('hold every value, in few steps', () => {
    const quantity = fc.constantFrom<Quantity>('count', 'minutes')
    fc.assert(
      fc.property(quantity, fc.array(fc.option(fc.nat(5_000_000))), (of, values) => {
        const { least, most, ticks } = scaleOf(of, values)
        for (const value of values) if (value !== null) expect(value).toBeLessThanOrEqual(most)
        expect([least, ticks[0], ticks.at(-1)]).toEqual([0, 0, most])
        expect(ticks.length).toBeLessThanOrEqual(5)
        expect(most).toBeGreaterThan(0)
      }),
    )
  })

  it('never make a mountain of a hill: shares go from nothing to all, votes from 1 to 5', () => {
    expect(scaleOf('share', [0.97, 0.99])).toMatchObject({ least: 0, most: 1 })
    expect(scaleOf('score', [4.1, 4.2])).toMatchObject({ least: 1, most: 5 })
  })
})

describe('charts', () => {
  it('have a name and a description, escaped', () => {
    for (const { html } of [
      lines(head, { units, series: [], format, quantity: 'share' }),
      bars(head, []),
      sparkline(head, { quantity: 'count', values: [1, null, 0] }),
    ]) {
      expect(html).toContain('role="img" aria-labelledby="x-title x-about"')
      expect(html).toContain('<title id="x-title">Kept &amp; &lt;late&gt;</title>')
    }
  })

  it('leave a gap where nothing was counted, and draw no line through it', () => {
    const of = (values: readonly (number | null)[]) =>
      lines(head, { units, series: [{ name: 'Kept', values }], format, quantity: 'share' }).html
    expect(of([1, 0.5, 0]).match(/class="stroke/g)).toHaveLength(2)
    expect(of([1, null, 0])).not.toContain('class="stroke')
    expect(of([1, null, 0]).match(/<circle/g)).toHaveLength(2)
  })

  it('put parts of a whole on top of each other, up to the top of the scale', () => {
    const series = [
      { name: 'Kept', values: [3, 0, 1] },
      { name: 'Late', values: [1, 4, 0] },
    ]
    const { html } = columns(head, { units, series, format, quantity: 'count', stacked: true })
    const drawn = [...html.matchAll(/y="([\d.]+)" width="[\d.]+%" height="([\d.]+)"><title>([^<]+)</g)]
    expect(drawn.map(([, y, height, title]) => [title, Number(y), Number(height)])).toEqual([
      ['Mon of that week: Kept 3', 62.5, 127.5],
      ['Mon of that week: Late 1', 20, 42.5],
      ['Tue of that week: Late 4', 20, 170],
      ['Wed of that week: Kept 1', 147.5, 42.5],
    ])
  })

  it('stay within their width whatever the shares are', () => {
    const share = fc.double({ min: -1, max: 3, noNaN: true })
    fc.assert(
      fc.property(fc.array(share, { maxLength: 9 }), shares => {
        const parts = shares.map((one, series) => ({ series, share: one, title: '' }))
        const { html } = bars(head, [{ name: 'a', shown: '', parts }])
        for (const [, x, width] of html.matchAll(/class="fill[^>]* x="([\d.]+)%" y="\d+" width="([\d.]+)%"/g))
          expect(Number(x) + Number(width)).toBeLessThanOrEqual(100.01)
      }),
    )
  })
})
