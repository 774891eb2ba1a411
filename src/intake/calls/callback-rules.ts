import type { PhoneConfig } from '../../config/phone-schema.ts'
import type { Config } from '../../config/schema.ts'
import type { CallbackRules } from '../../desk/phone/callback.ts'

/** The telephone section. Throws without one: nothing about calls is started then. */
export function phoneOf({ phone }: Pick<Config, 'phone'>): PhoneConfig {
  if (!phone) throw new Error('the configuration has no telephone section')
  return phone
}

/** The promise to ring back, as configured. */
export function callbackRulesOf(config: Pick<Config, 'phone'>): CallbackRules {
  const { linkHours: _, reminders, ...rules } = phoneOf(config).callback
  const [half = 50, threeQuarters = 75] = reminders
  return { ...rules, reminders: [half, threeQuarters] }
}
