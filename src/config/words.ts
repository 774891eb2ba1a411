/**
 * The smallest pieces of the configuration's shape. `allowed` says in words what a value may be: the faults and
 * docs/configuration.md both print it, so a format is explained in one place only.
 */
import { z } from 'zod'

/** Text on one line. Control characters are refused because most texts end up in mail headers and on terminals. */
export const text = z
  .string()
  .regex(/^(?=.*\S)[^\p{Cc}]+$/u)
  .meta({ allowed: 'text on one line' })

export const address = z.email().meta({ allowed: 'an e-mail address such as name@example.com' })

/** Names one entry of a section; other sections refer to it. Without underscores, so that a key and its environment variable name each other. */
export const key = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/)
  .meta({ allowed: 'lower-case letters, digits and hyphens, beginning with a letter' })

export const language = z.enum(['de', 'en'])
export const port = z.int().min(1).max(65535)

/** Opening hours within one day, such as "08:30-17:00", in the office's wall time. */
export const span = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ allowed: 'a span such as "08:30-17:00"' })

export const day = z.iso.date().meta({ allowed: 'a day such as 2026-12-24' })

export const secret = z.string().min(1).meta({ allowed: 'text' })

export const url = z
  .url({ protocol: /^https?$/ })
  .meta({ allowed: 'a URL such as https://gateway.example.com' })
