import { describe, expect, it } from 'vitest'
import { erasedIn, eraserOf, erasedMark as mark } from '../../src/desk/customers/erasure.ts'

const eva = {
  names: ['Eva Lang'],
  addresses: ['eva.lang@nordlicht.example'],
  phones: ['+491713920099', '+442079460900'],
  spared: [],
}

describe('taking a person out of texts', () => {
  const erase = eraserOf(eva)

  it.each([
    ['Mit freundlichen Grüßen\nEva Lang', `Mit freundlichen Grüßen\n${mark}`],
    ['Sehr geehrte Frau Lang,', `Sehr geehrte Frau ${mark},`],
    ['EVA  LANG rief an', `${mark} rief an`],
    ['von Eva.Lang@Nordlicht.example.', `von ${mark}.`],
    ['Tel. 0171 / 39 200-99', `Tel. ${mark}`],
    ['+49 (0) 171 3920099 oder 0049 171 3920099', `${mark} oder ${mark}`],
    ['491713920099@sip', `${mark}@sip`],
    ['020 7946 0900', mark],
  ])('%j', (before, after) => {
    expect(erase(before)).toBe(after)
  })

  it.each([
    'Das dauert lang und länger, sagt Evas Kollegin Langner.',
    'Rechnung 901713920099',
    'eva.langer@nordlicht.example.com',
    'x.eva@nordlicht.example',
  ])('leaves alone what is somebody else’s: %j', text => {
    expect(erase(text)).toBe(text)
  })

  it('spares agents who are called alike', () => {
    const text = 'Eva Lorenz hat mit Eva Lang gesprochen.'
    expect(eraserOf({ ...eva, spared: ['Eva', 'Lorenz'] })(text)).toBe(
      `Eva Lorenz hat mit ${mark} gesprochen.`,
    )
  })

  it('takes signs in names and addresses as they are', () => {
    const odd = eraserOf({ ...eva, names: ['Jo (a.*) Á'], addresses: ['a+b.c-d@x.example'] })
    expect(odd('a+b.c-d@x.example, aab.c-d@x.example, Jo (a.*) Á')).toBe(
      `${mark}, aab.c-d@x.example, ${mark}`,
    )
  })

  it('goes through everything that JSON holds, and does the same again for nothing', () => {
    const once = erasedIn({ to: ['Eva Lang', 1, null], at: { by: 'eva.lang@nordlicht.example' } }, erase)
    expect(once).toEqual({ to: [mark, 1, null], at: { by: mark } })
    expect(erasedIn(once, erase)).toEqual(once)
  })
})
