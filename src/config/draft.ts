/**
 * What is left of a configuration once its faulty values are taken out. The cross-checks judge a draft, so that one
 * mistyped port does not hide a missing office: the administrator hears of everything at once.
 */
import type { z } from 'zod'
import type { Config } from './schema.ts'
import { isMap } from './shape.ts'

/** Anything may be undefined in a draft; what is there has the type it should have. */
export type Draft<T> = T extends readonly (infer U)[]
  ? readonly (Draft<U> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Draft<T[K]> | undefined }
    : T

export type ConfigDraft = Draft<Config>

/**
 * Takes the values zod found fault with out of a copy of `file`. Their keys stay, with nothing behind them: an entry
 * that is wrong in itself still exists for those who refer to it.
 */
export function draftOf(file: unknown, issues: readonly z.core.$ZodIssue[]): ConfigDraft {
  const draft: unknown = structuredClone(file)
  for (const { code, path } of issues) {
    if (code === 'unrecognized_keys') continue
    const last = path.at(-1)
    if (last === undefined) return {}
    const parent = path
      .slice(0, -1)
      .reduce<unknown>(
        (value, step) => (isMap(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined),
        draft,
      )
    if (isMap(parent) || Array.isArray(parent)) Reflect.set(parent, last, undefined)
  }
  return draft as ConfigDraft
}

/** The entries of a section by key, without those that are faulty as a whole. */
export function entriesOf<T>(
  section: { readonly [key: string]: T | undefined } | undefined,
): readonly [string, T][] {
  return Object.entries(section ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))
}
