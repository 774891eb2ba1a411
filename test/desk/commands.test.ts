import { describe, expect, test } from 'vitest'
import type { CommandContext } from '../../src/desk/command-arguments.ts'
import { commandEntry, commandNamed, commandNames, helpLine } from '../../src/desk/command-words.ts'
import { type AgentCommand, parseCommands } from '../../src/desk/commands.ts'

/** A Tuesday at noon in Hamburg, five days before Christmas time. */
const context: CommandContext = {
  now: Temporal.Instant.from('2026-11-24T11:00:00Z'),
  timeZone: 'Europe/Berlin',
  country: 'DE',
  agents: [
    { key: 'anna', name: 'Anna Fink', addresses: ['anna@example.com', 'a.fink@example.com'] },
    { key: 'bernd', name: 'Bernd Ohm', addresses: ['bernd@example.com'] },
    { key: 'joerg', name: 'Jörg Ohm-Müller', addresses: ['joerg@example.com'] },
  ],
  ticketNumber: '1000015',
  level: 1,
  routing: {
    group: 'support',
    groups: [
      { key: 'support', names: ['Support'] },
      { key: 'accounting', names: ['Buchhaltung'] },
      { key: 'tech', names: ['Technischer Dienst'] },
      { key: 'tech-night', names: ['Technischer Dienst Nacht'] },
    ],
    areas: [{ key: 'delivery', names: ['Lieferung und Logistik', 'Delivery and logistics'] }],
    products: [
      { key: 'b2s', names: ['Blog2Social', 'B2S'], area: 'social' },
      { key: 'bed', names: ['Pflegebett MV-300'], area: null },
    ],
  },
}
const london: CommandContext = { ...context, timeZone: 'Europe/London', country: 'GB' }

const parse = (text: string, where = context) => parseCommands(text.split('\n'), where)
const only = (line: string, where = context) => {
  const { commands, mistakes } = parse(line, where)
  expect(mistakes).toEqual([])
  expect(commands).toHaveLength(1)
  return commands[0]
}
const mistakeIn = (line: string, where = context) => {
  const { commands, mistakes } = parse(line, where)
  expect(commands).toEqual([])
  return mistakes.map(({ code }) => code)
}
const at = (time: string) => Temporal.Instant.from(time)

describe('each command', () => {
  test.each<[string, AgentCommand]>([
    ['#erledigt', { name: 'close' }],
    ['#Close', { name: 'close' }],
    ['#übernehmen', { name: 'take' }],
    ['#uebernehmen', { name: 'take' }],
    ['#u\u0308bernehmen', { name: 'take' }],
    ['#take.', { name: 'take' }],
    ['#intern', { name: 'note', remark: '' }],
    ['#note Kunde ist bis Montag verreist', { name: 'note', remark: 'Kunde ist bis Montag verreist' }],
    ['#angerufen: nur die Mailbox', { name: 'called', remark: 'nur die Mailbox' }],
    ['#called', { name: 'called', remark: '' }],
    ['#gesperrt', { name: 'spam' }],
    ['#spam', { name: 'spam' }],
    ['#warum', { name: 'why' }],
    ['#why', { name: 'why' }],
    ['#hilfe', { name: 'help' }],
    ['#help', { name: 'help' }],
    ['#senden', { name: 'send' }],
    ['*#senden*', { name: 'send' }],
    ['# intern ruft an', { name: 'note', remark: 'ruft an' }],
    ['*#intern* ruft an', { name: 'note', remark: 'ruft an' }],
    ['\u200B#send\u00A0', { name: 'send' }],
    ['#zuweisen Anna Fink', { name: 'assign', agent: 'anna' }],
    ['#zuweisen anna', { name: 'assign', agent: 'anna' }],
    ['#assign @BERND', { name: 'assign', agent: 'bernd' }],
    ['#assign <a.fink@example.com>', { name: 'assign', agent: 'anna' }],
    ['#zuweisen Jörg', { name: 'assign', agent: 'joerg' }],
    [
      '#eskalieren Kunde droht mit Kündigung',
      { name: 'escalate', level: 2, reason: 'Kunde droht mit Kündigung' },
    ],
    ['#eskalieren 3 Leitung muss ran', { name: 'escalate', level: 3, reason: 'Leitung muss ran' }],
    ['#escalate level 2: no spare part', { name: 'escalate', level: 2, reason: 'no spare part' }],
    ['#eskalieren 3x versucht', { name: 'escalate', level: 2, reason: '3x versucht' }],
    ['#schwere betriebsverhindernd', { name: 'severity', severity: 'stopped' }],
    ['#schwere Betriebsbehindernd', { name: 'severity', severity: 'hindered' }],
    ['#severity minor', { name: 'severity', severity: 'minor' }],
    ['#zusammenführen 1000028', { name: 'merge', number: '1000028' }],
    ['#merge [#1000028]', { name: 'merge', number: '1000028' }],
  ])('%s', (line, command) => {
    expect(only(line)).toEqual(command)
  })

  test.each([
    ['#warten 2d', '2026-11-26T11:00:00Z'],
    ['#wait 3h', '2026-11-24T14:00:00Z'],
    ['#warten 2 Tage', '2026-11-26T11:00:00Z'],
    ['#wait 1 week', '2026-12-01T11:00:00Z'],
    ['#warten 2 Std.', '2026-11-24T13:00:00Z'],
    ['#wait 30min', '2026-11-24T11:30:00Z'],
  ])('%s ends at %s', (line, until) => {
    expect(only(line)).toEqual({ name: 'wait', until: at(until) })
  })

  test('a wait of days keeps the time of day over the change of the clocks', () => {
    const spring = { ...context, now: at('2026-03-28T11:00:00Z') }
    expect(only('#warten 1 Tag', spring)).toEqual({ name: 'wait', until: at('2026-03-29T10:00:00Z') })
  })

  test.each<[string, CommandContext, string, string | null]>([
    ['#rückruf +49 40 123456 14:30', context, '+4940123456', '2026-11-24T13:30:00Z'],
    ['#rückruf 040 / 12 34 56', context, '+4940123456', null],
    ['#rueckruf 040 123456 morgen 9 Uhr', context, '+4940123456', '2026-11-25T08:00:00Z'],
    ['#rückruf 040 123456, 24.12. 9:15', context, '+4940123456', '2026-12-24T08:15:00Z'],
    ['#rückruf 040 123456 12.1. um 8.30 Uhr', context, '+4940123456', '2027-01-12T07:30:00Z'],
    ['#callback 020 7946 0123 tomorrow 2pm', london, '+442079460123', '2026-11-25T14:00:00Z'],
    ['#callback +44 20 7946 0123 24/12 at 9:15', london, '+442079460123', '2026-12-24T09:15:00Z'],
    ['#callback +44 20 7946 0123', context, '+442079460123', null],
    ['#callback 020 7946 0123 2026-12-01 10:00', london, '+442079460123', '2026-12-01T10:00:00Z'],
  ])('%s', (line, where, phone, time) => {
    expect(only(line, where)).toEqual({ name: 'callback', phone, at: time === null ? null : at(time) })
  })
})

describe('a mistake', () => {
  test.each([
    ['#erledgt', 'unknown-command'],
    ['#close Danke!', 'takes-no-argument'],
    ['#warten', 'needs-argument'],
    ['#warten bis Montag', 'no-duration'],
    ['#warten 0d', 'no-duration'],
    ['#warten 2', 'no-duration'],
    ['#warten 91d', 'duration-too-long'],
    ['#warten 9999w', 'duration-too-long'],
    ['#zuweisen Klaus', 'no-such-agent'],
    ['#zuweisen Ohm', 'agent-not-clear'],
    ['#eskalieren 3', 'no-reason'],
    ['#eskalieren 1 warum nicht', 'level-not-higher'],
    ['#eskalieren 12 warum nicht', 'level-not-higher'],
    ['#schwere schlimm', 'no-severity'],
    ['#rückruf morgen 14:30', 'no-phone-number'],
    ['#rückruf 123', 'no-phone-number'],
    ['#rückruf Herrn Meier 040 123456', 'no-phone-number'],
    ['#rückruf 040 123456 25:30', 'no-time'],
    ['#rückruf 040 123456 31.2. 9:00', 'no-time'],
    ['#rückruf 040 123456 11:30', 'time-past'],
    ['#merge 1000019', 'no-ticket-number'],
    ['#merge 1000015', 'own-ticket-number'],
  ])('%s is %s', (line, code) => {
    expect(mistakeIn(line)).toEqual([code])
  })

  test('names the line and the command that was meant', () => {
    expect(parse('#warten bald').mistakes).toEqual([
      { line: '#warten bald', code: 'no-duration', command: 'wait' },
    ])
    expect(parse('#foo').mistakes[0]?.command).toBeUndefined()
  })

  test('is the same command twice, or one that excludes another', () => {
    expect(parse('#close\n#erledigt').mistakes).toMatchObject([{ code: 'twice' }])
    expect(parse('#close\n#wait 2d').mistakes).toMatchObject([{ code: 'contradicts', line: '#wait 2d' }])
    expect(parse('#take\n#assign bernd').mistakes).toMatchObject([{ code: 'contradicts' }])
    expect(parse('#take\n#wait 2d').mistakes).toEqual([])
  })

  test('is a command below the words to the customer', () => {
    expect(parse('Guten Tag,\n#erledigt').mistakes).toMatchObject([{ code: 'not-at-top', command: 'close' }])
  })

  test('never grows with the mail', () => {
    const { commands, mistakes } = parse('#foo\n'.repeat(5000))
    expect(commands.length + mistakes.length).toBeLessThanOrEqual(20)
    expect(parse(`#${'a'.repeat(10_000)}`).mistakes[0]?.line.length).toBeLessThanOrEqual(200)
  })
})

describe('what is left for the customer', () => {
  test('is everything below the commands, as it was written', () => {
    const { commands, rest } = parse('\n#take\n\n#wait 2d\n\n  Guten Tag,\n\nbitte warten Sie.\n\nAnna\n\n')
    expect(commands.map(({ name }) => name)).toEqual(['take', 'wait'])
    expect(rest).toBe('  Guten Tag,\n\nbitte warten Sie.\n\nAnna')
  })

  test.each(['#1 Gerät ausschalten', '# Schritte', 'C# ist kein Befehl', 'siehe #erledigt im Text', '#'])(
    '%s is no command',
    line => {
      expect(parse(line)).toEqual({ commands: [], mistakes: [], rest: line })
    },
  )
})

describe('the table', () => {
  test('gives every word to one command, in both languages', () => {
    const words = commandNames.flatMap(name => Object.values(commandEntry(name).words).flat())
    expect(new Set(words).size).toBe(words.length)
    for (const name of commandNames)
      for (const word of Object.values(commandEntry(name).words).flat()) expect(commandNamed(word)).toBe(name)
  })

  test('explains every command in both languages', () => {
    expect(helpLine('wait', 'de')).toEqual({
      usage: '#warten 2 Tage',
      does: 'wartet auf den Kunden: 3h, 2d oder 2 Tage, 1 Woche',
    })
    expect(helpLine('close', 'en')).toEqual({ usage: '#close', does: 'closes the ticket' })
  })
})

describe("the customer's address", () => {
  test.each([
    ['#adresse Kunde@Example.com', 'kunde@example.com'],
    ['#address <kunde@example.com>', 'kunde@example.com'],
    ['#email mailto:kunde@müller.de', 'kunde@müller.de'],
    ['#mailadresse kunde@example.com.', 'kunde@example.com'],
  ])('%s is %s', (line, address) => expect(only(line)).toEqual({ name: 'address', address }))

  test.each([
    ['#adresse', ['needs-argument']],
    ['#adresse Hauptstraße 1', ['no-address']],
    ['#adresse a@b', ['no-address']],
    ['#adresse a@example.com b@example.com', ['no-address']],
    [`#adresse ${'a'.repeat(65)}@example.com`, ['no-address']],
    [`#adresse a@${'b.'.repeat(150)}de`, ['no-address']],
  ])('%s is %j', (line, codes) => expect(mistakeIn(line)).toEqual(codes))
})
