import { describe, expect, it, test } from 'vitest'
import type { CommandContext } from '../../src/desk/command-arguments.ts'
import { helpLine } from '../../src/desk/command-words.ts'
import { type AgentCommand, parseCommands } from '../../src/desk/commands.ts'

const context = {
  now: Temporal.Instant.from('2026-11-24T11:00:00Z'),
  timeZone: 'Europe/Berlin',
  country: 'DE',
  agents: [],
  ticketNumber: '1000015',
  level: 1,
} satisfies Partial<CommandContext>

const parse = (text: string) => parseCommands(text.split('\n'), context as unknown as CommandContext)

describe('commands that document a matter', () => {
  test.each<[string, AgentCommand]>([
    ['#ursache Netzteil defekt', { name: 'cause', text: 'Netzteil defekt' }],
    ['#Cause: power supply', { name: 'cause', text: 'power supply' }],
    ['#sofort Ersatzgerät gestellt', { name: 'immediate', text: 'Ersatzgerät gestellt' }],
    ['#sofortmassnahme Leihgerät', { name: 'immediate', text: 'Leihgerät' }],
    ['#immediate loan device', { name: 'immediate', text: 'loan device' }],
    ['#korrektur Netzteil getauscht', { name: 'corrective', text: 'Netzteil getauscht' }],
    ['#vorbeugung alle Netzteile geprüft', { name: 'preventive', text: 'alle Netzteile geprüft' }],
    ['#preventive supplier changed', { name: 'preventive', text: 'supplier changed' }],
    ['#ausgleich Gutschrift 50 €', { name: 'redress', text: 'Gutschrift 50 €' }],
    ['#entschaedigung keine', { name: 'redress', text: 'keine' }],
    ['#ergebnis läuft wieder', { name: 'result', text: 'läuft wieder' }],
    ['#auswirkung Finanzschaden', { name: 'impact', impact: 'financial-loss' }],
    ['#impact financial loss', { name: 'impact', impact: 'financial-loss' }],
    ['#impact financial-loss', { name: 'impact', impact: 'financial-loss' }],
    ['#auswirkung erheblich', { name: 'impact', impact: 'serious' }],
    ['#kundensicht betriebsverhindernd', { name: 'customer-severity', severity: 'stopped' }],
    ['#customerview minor', { name: 'customer-severity', severity: 'minor' }],
    ['#stand Karte bestellt', { name: 'status', done: 'Karte bestellt', next: '' }],
    [
      '#stand Karte bestellt | Einbau am Montag',
      { name: 'status', done: 'Karte bestellt', next: 'Einbau am Montag' },
    ],
    [
      '#status Card ordered.\nFitting on Monday',
      { name: 'status', done: 'Card ordered.', next: 'Fitting on Monday' },
    ],
  ])('%s', (line, command) => {
    const { commands, mistakes, rest } = parse(line)
    expect({ commands, mistakes, rest }).toEqual({ commands: [command], mistakes: [], rest: '' })
  })

  test.each([
    ['#ursache', 'needs-argument'],
    ['#stand |', 'needs-argument'],
    ['#stand | Einbau', 'needs-argument'],
    ['#auswirkung egal', 'no-impact'],
    ['#kundensicht schlimm', 'no-severity'],
  ])('%s is a mistake', (line, code) => {
    expect(parse(line).mistakes.map(mistake => mistake.code)).toEqual([code])
  })

  it('may name several measures of one kind, but one update only', () => {
    expect(parse('#sofort Leihgerät\n#sofort Techniker geschickt').mistakes).toEqual([])
    expect(parse('#stand eins\n#stand zwei').mistakes.map(({ code }) => code)).toEqual(['twice'])
  })

  it('keeps the second half of a line that the mail program broke out of the answer', () => {
    const { commands, rest } = parse(
      '#ursache Die Sicherung auf der Eingangskarte war falsch bemessen, weil\nder Lieferant sie getauscht hat.\n\nDas Gerät läuft wieder.',
    )
    expect(commands).toEqual([
      {
        name: 'cause',
        text: 'Die Sicherung auf der Eingangskarte war falsch bemessen, weil der Lieferant sie getauscht hat.',
      },
    ])
    expect(rest).toBe('Das Gerät läuft wieder.')
  })

  it.each(['Guten Tag Frau Schmidt,', 'Sehr geehrte Frau Schmidt,', 'Dear Ms Smith,', 'Hallo Anna,'])(
    'sends what begins with "%s" to the customer, empty line or not',
    greeting => {
      const { commands, rest } = parse(`#ergebnis Karte getauscht\n${greeting}\nes läuft wieder.`)
      expect(commands).toEqual([{ name: 'result', text: 'Karte getauscht' }])
      expect(rest).toBe(`${greeting}\nes läuft wieder.`)
    },
  )

  it('takes no signature for a part of the text', () => {
    const { commands, rest } = parse('#ergebnis Karte getauscht\nMit freundlichen Grüßen\nAnna Fink')
    expect(commands).toEqual([{ name: 'result', text: 'Karte getauscht' }])
    expect(rest).toBe('Mit freundlichen Grüßen\nAnna Fink')
  })

  it('reads the commands below a text of several lines', () => {
    const { commands, mistakes } = parse('#ursache erstens\nzweitens\n#vorbeugung drittens\n#erledigt')
    expect(mistakes).toEqual([])
    expect(commands).toEqual([
      { name: 'cause', text: 'erstens\nzweitens' },
      { name: 'preventive', text: 'drittens' },
      { name: 'close' },
    ])
  })

  it('explains each in the reader’s language', () => {
    expect(helpLine('status', 'de').usage).toBe('#stand was geschah | was als Nächstes kommt')
    expect(helpLine('result', 'en')).toEqual({
      usage: '#result text',
      does: 'records the result; with #close and no other text the customer reads it',
    })
  })
})
