import { configureGlobal } from 'fast-check'

/** The same examples in every run, so that a red test is red for a reason; PROPERTY_SEED looks for new ones. */
configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) })
