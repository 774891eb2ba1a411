import type { ProviderConfig } from '../../../config/phone-schema.ts'

export type TwilioConfig = Extract<ProviderConfig, { kind: 'twilio' }>
