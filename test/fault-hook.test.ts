import { expect, it } from 'vitest'
import { faultHook } from '../src/fault-hook.ts'

it('is absent where nothing asks for a crash, so that a step costs nothing', () => {
  expect(faultHook(undefined)).toBeUndefined()
})

it('passes over other steps', () => {
  expect(faultHook('taken-in:0')?.('listed')).toBeUndefined()
})

it.each(['taken-in', 'taken-in:', ':3', 'taken in:3', '3'])(
  'refuses "%s": a test that never crashes proves nothing',
  spec => {
    expect(() => faultHook(spec)).toThrow('such as "taken-in:3"')
  },
)
