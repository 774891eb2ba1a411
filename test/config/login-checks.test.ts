import { expect, it } from 'vitest'
import { faultsIn } from './faults-in.ts'
import { soundConfig } from './sound-config.ts'

const auth = (more: string) =>
  `auth: { kind: client-credentials, tenant: t, clientId: c, clientSecret: s${more} }`
const withAuth = (more = '') => soundConfig.replace('password: geheim', auth(more))

it.each([
  ['OAuth2 instead of a password is sound', withAuth(), undefined],
  [
    'both at once',
    soundConfig.replace('password: geheim', `password: geheim\n      ${auth('')}`),
    'keep one of them',
  ],
  [
    'a token server in the open',
    withAuth(', tokenUrl: "http://login.example.com/token"'),
    'is plain http, but login.example.com is not this machine; use https',
  ],
  ['a token server on this machine', withAuth(', tokenUrl: "http://127.0.0.1:9/token"'), undefined],
  [
    'an alarm that would open a ticket',
    `${soundConfig}alarms: { second: { host: smtp.example.net, from: a@example.net, to: [support@example.com] } }\n`,
    'use an address that is not read by this gateway',
  ],
  [
    'an alarm that logs in without a password',
    `${soundConfig}alarms: { second: { host: smtp.example.net, user: a, from: a@example.net, to: [b@example.net] } }\n`,
    'set ALARM_PASSWORD or ALARM_PASSWORD_FILE in the environment',
  ],
])('%s', async (_name, file, says) => {
  const faults = await faultsIn(file)
  if (says === undefined) expect(faults).toEqual([])
  else expect(faults.join('\n')).toContain(says)
})
