import { describe, expect, it } from 'vitest'
import { type FaultTable, faultsIn } from './faults-in.ts'
import { soundPhoneConfig } from './sound-config.ts'

/** The sound configuration with one piece of text exchanged, which must be in it. */
function changed(from: string, to: string): string {
  expect(soundPhoneConfig).toContain(from)
  return soundPhoneConfig.replace(from, () => to)
}

const second = `    second:
      provider: carrier
      number: "+494066969123"
      office: hamburg
      group: support
      mailbox: support
`

describe('a hotline that could not work', () => {
  it('has nothing to say about one that can', async () => {
    expect(await faultsIn(soundPhoneConfig + second)).toEqual([])
  })

  const table: FaultTable = [
    [
      'no token, no start',
      changed('      authToken: geheim\n', ''),
      'phone.providers.carrier.authToken (line 34, column 5) is missing; set PHONE_CARRIER_AUTH_TOKEN or PHONE_CARRIER_AUTH_TOKEN_FILE in the environment',
    ],
    [
      'an empty token',
      changed('authToken: geheim', 'authToken: ""'),
      'phone.providers.carrier.authToken (line 37, column 7) is hidden (0 characters); use text',
    ],
    [
      'a telephone system without a token',
      changed('  lines:', '    exchange: { kind: cti }\n  lines:'),
      'phone.providers.exchange.token (line 38, column 5) is missing; set PHONE_EXCHANGE_TOKEN or PHONE_EXCHANGE_TOKEN_FILE in the environment',
    ],
    [
      'a token that can be guessed',
      changed('  lines:', '    exchange: { kind: cti, token: hotline }\n  lines:'),
      'phone.providers.exchange.token (line 38, column 28) is hidden (7 characters); use at least 24 random letters and digits',
    ],
    [
      "a provider that would have the address of agents' pages",
      changed('  lines:', '    call-now: { kind: cti, token: abcdefghijklmnopqrstuvwx }\n  lines:'),
      "phone.providers.call-now (line 38, column 5) has the name of the agents' pages below /phone; give the provider another one",
    ],
    [
      'an unknown provider',
      changed('provider: carrier', 'provider: carier'),
      'phone.lines.hotline.provider (line 40, column 7) is "carier", which is not a telephone provider; did you mean "carrier"?',
    ],
    [
      'an unknown office, group and mailbox of a line',
      changed(
        'office: hamburg\n      group: support\n      mailbox: support\n      extensions',
        'office: hamburgh\n      group: suport\n      mailbox: sales\n      extensions',
      ),
      'phone.lines.hotline.office (line 42, column 7) is "hamburgh", which is not an office; did you mean "hamburg"?',
      'phone.lines.hotline.group (line 43, column 7) is "suport", which is not a group; did you mean "support"?',
      'phone.lines.hotline.mailbox (line 44, column 7) is "sales", which is not a mailbox; known here: support',
    ],
    [
      'an unknown group of an extension',
      changed('name: Buchhaltung, group: support', 'name: Buchhaltung, group: books'),
      'phone.lines.hotline.extensions.195.group (line 46, column 37) is "books", which is not a group; known here: support',
    ],
    [
      'an address that anybody on the way can read and forge',
      changed('https://gateway.example.com', 'http://gateway.example.com'),
      'phone.publicUrl (line 32, column 3) is "http://gateway.example.com", but gateway.example.com is not this machine; use https',
    ],
    [
      'an address with a query, which providers re-sort',
      changed('https://gateway.example.com', 'https://gateway.example.com/?a=1'),
      'phone.publicUrl (line 32, column 3) is "https://gateway.example.com/?a=1"; leave out everything from "?" on',
    ],
    [
      'an address with a login',
      changed('https://gateway.example.com', 'https://me:pw@gateway.example.com'),
      'phone.publicUrl (line 32, column 3) holds a login; leave it out, requests are signed instead',
    ],
    [
      'an extension that nobody can dial',
      changed('"195": { name', '"19b": { name'),
      'phone.lines.hotline.extensions.19b (line 46, column 9) is no possible extension; use up to five digits, in quotes',
    ],
    [
      'two lines with one number',
      soundPhoneConfig + second.replace('+494066969123', '+4934188880'),
      'phone.lines.second.number (line 49, column 7) is "+4934188880", which is the number of phone.lines.hotline; a number leads to one place',
    ],
    [
      "a line with an extension's number",
      soundPhoneConfig + second.replace('+494066969123', '+493418888195'),
      'phone.lines.second.number (line 49, column 7) is "+493418888195", which is the number of phone.lines.hotline.extensions.195; a number leads to one place',
    ],
    [
      'a region without its edge',
      changed('authToken: geheim', 'authToken: geheim\n      region: ie1'),
      'phone.providers.carrier.region (line 38, column 7) is set without "edge"; they belong together, such as region ie1 and edge dublin',
    ],
    [
      'an edge without its region',
      changed('authToken: geheim', 'authToken: geheim\n      edge: dublin'),
      'phone.providers.carrier.edge (line 38, column 7) is set without "region"; they belong together, such as region ie1 and edge dublin',
    ],
    [
      'texts through who cannot send any',
      `${changed('  lines:', '    sip: { kind: sipgate, clips: ./clips }\n  lines:')}  texts: { provider: sip, sender: Muster }\n`,
      'phone.texts.provider (line 48, column 12) is "sip", which is of kind sipgate and sends no text messages; use one of kind twilio, or leave "texts" out',
    ],
    [
      'a sender of digits that is no number',
      `${soundPhoneConfig}  texts: { provider: carrier, sender: "12345" }\n`,
      'phone.texts.sender (line 47, column 31) is "12345"; use a number in international form, or up to 11 letters, digits and blanks',
    ],
    [
      'reminders in the wrong order',
      `${soundPhoneConfig}  callback: { reminders: [75, 50] }\n`,
      'phone.callback.reminders (line 47, column 15) are 75 and 50; the second must be later than the first',
    ],
    [
      'a hunt that ends before the first agent was rung',
      `${soundPhoneConfig}  ringSeconds: 20\n  huntSeconds: 10\n`,
      'phone.huntSeconds (line 48, column 3) is 10, less than the 20 s that one agent is rung; use more',
    ],
    [
      'nothing in it',
      `${soundPhoneConfig.slice(0, soundPhoneConfig.indexOf('  providers:'))}  providers: {}\n  lines: {}\n`,
      'phone.providers (line 33, column 3) is empty; describe who carries the calls',
      'phone.lines (line 34, column 3) is empty; describe at least one number of yours',
    ],
    [
      "an agent's telephone that is our hotline",
      changed('+491713920099', '+4934188880'),
      'agents.anna.phone (line 18, column 5) is "+4934188880", which is a number of phone.lines.hotline; an agent rung there would ring us',
    ],
    [
      "an agent's telephone that is one of our extensions",
      changed('+491713920099', '+493418888195'),
      'agents.anna.phone (line 18, column 5) is "+493418888195", which is a number of phone.lines.hotline; an agent rung there would ring us',
    ],
    [
      "an agent's telephone that costs the caller",
      changed('+491713920099', '+499001234567'),
      'agents.anna.phone (line 18, column 5) is "+499001234567", which costs more than a telephone; use another number',
    ],
    [
      "an agent's telephone in a country that is not rung",
      changed('+491713920099', '+37120000000'),
      'agents.anna.phone (line 18, column 5) is "+37120000000", whose country is not among phone.guard.countries; add it there, or use another number',
    ],
    [
      'a mistyped number of an agent',
      changed('+491713920099', '+4917139200'),
      'agents.anna.phone (line 18, column 5) is "+4917139200", which is no number that exists; look for a wrong digit',
    ],
    [
      'a national number of an agent',
      changed('+491713920099', '0171 3920099'),
      'agents.anna.phone (line 18, column 5) is "0171 3920099"; use a number in international form such as +4940123456',
    ],
    [
      'a break that ends before it begins, and one at night',
      changed('+491713920099"', '+491713920099"\n    breaks: ["12:30-12:00", "22:00-23:00"]'),
      'agents.anna.breaks row 1 (line 19, column 14) is "12:30-12:00", which ends before it begins; use "12:00-12:30"?',
      'agents.anna.breaks row 2 (line 19, column 29) is "22:00-23:00", when no office is open; leave it out',
    ],
    [
      'two agents with one name at the telephone system',
      changed(
        'mailboxes:',
        '  bert: { name: Bert, addresses: [bert@example.com], phoneUser: AP }\nmailboxes:',
      ).replace('phone: "+49171', 'phoneUser: ap\n    phone: "+49171'),
      'agents.bert.phoneUser (line 20, column 54) is "AP", which is agents.anna already; each agent has a name of their own',
    ],
  ]
  it.each(table)('tells of %s', async (_name, text, ...faults) => {
    expect(await faultsIn(text)).toEqual(faults)
  })

  it.each([
    'http://127.0.0.1:8025',
    'http://localhost:8025',
    'http://[::1]:8025',
    'https://example.com/desk',
  ])('is content with %s', async url => {
    expect(await faultsIn(changed('https://gateway.example.com', url))).toEqual([])
  })
})

describe('secrets of the hotline', () => {
  it('come from the environment, each for the kind of provider that has it', async () => {
    const text = changed('      authToken: geheim\n', '').replace(
      '  lines:',
      '    house-exchange: { kind: cti }\n  lines:',
    )
    const token = 'x'.repeat(24)
    const env = { PHONE_CARRIER_AUTH_TOKEN: 'geheim', PHONE_HOUSE_EXCHANGE_TOKEN: token }
    expect(await faultsIn(text, env)).toEqual([])
    // A variable of another kind's would be an unknown key.
    expect(
      await faultsIn(text, { ...env, PHONE_CARRIER_TOKEN: 'y', PHONE_HOUSE_EXCHANGE_AUTH_TOKEN: 'z' }),
    ).toEqual([])
  })
})
