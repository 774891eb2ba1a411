import {
  type CallerScript,
  caller,
  customer,
  mailbox,
  type PartyScript,
  type Step,
  switchboard,
  unreachable,
} from '../../sandbox/telephone/actors.ts'
import type { Chance, ChanceRow } from '../../sandbox/telephone/chance.ts'
import { draw, happens, spell } from './draw.ts'

/** Who rings and writes, what they press, how long they wait, and whether they pick up when they are rung back. */

export interface Customer {
  readonly name: string
  readonly address: string
  /** Where they are rung. */
  readonly number: string
  /** What their telephone shows: the number, or `anonymous`. */
  readonly shows: string
  readonly speaks: 'de' | 'en'
  readonly switchboard: boolean
  /** What is behind the number, ring by ring; the last one stays. */
  readonly rings: readonly CustomerRing[]
}

/** How a ring at the customer's goes, and what the agent enters afterwards. */
export interface CustomerRing {
  readonly party: PartyScript
  readonly key: '1' | '2' | '3'
}

const ringsPlanned = 12
const companies = 6

export function customersOf(chance: Chance, count: number): readonly Customer[] {
  return Array.from({ length: count }, (_, index) => {
    const row = chance.row(`customer ${index}`)
    const kind = draw(row, [
      [55, 'mobile'],
      [25, 'fixed'],
      [10, 'switchboard'],
      [10, 'withheld'],
    ] as const)
    const name = `Customer ${index + 1}`
    const number = numberOf(kind, index)
    return {
      ...{ name, number, address: `customer${index + 1}@kunde.example.com` },
      shows: kind === 'withheld' ? 'anonymous' : number,
      speaks: happens(row, 0.15) ? 'en' : 'de',
      switchboard: kind === 'switchboard',
      rings: Array.from({ length: ringsPlanned }, () => ringOf(row, name, kind === 'switchboard')),
    }
  })
}

/** Numbers kept free for films where there are any, none of which is ever really dialled. */
function numberOf(kind: string, index: number): string {
  const padded = (value: number, digits: number) => String(value).padStart(digits, '0')
  if (kind === 'fixed') return `+493023125${padded(index % 1000, 3)}`
  if (kind === 'switchboard') return `+4940669690${padded(index % companies, 2)}`
  return `+491713${padded(930_000 + index, 6)}`
}

function ringOf(row: ChanceRow, name: string, isSwitchboard: boolean): CustomerRing {
  const talks = Math.round(spell(row, 150, 900))
  if (isSwitchboard) {
    const there = happens(row, 0.7)
    return { party: switchboard(name, { talks: there ? talks : 25 }), key: there ? '1' : '3' }
  }
  const after = row.between(3, 14)
  return draw<CustomerRing>(row, [
    [62, { party: customer(name, { talks, pickUp: { after } }), key: '1' }],
    [18, { party: unreachable(name, 'never'), key: '1' }],
    [7, { party: unreachable(name, 'busy'), key: '1' }],
    [10, { party: mailbox(name, { hangsUpAfter: 25 }), key: '2' }],
    [3, { party: unreachable(name, 'off'), key: '1' }],
  ])
}

const promised = /bestätig|andere|confirm|different/i
const asksSeverity = /geringe|minor/i

/** One call. Who has rung before answers the question which ticket it is about. */
export function callScript(row: ChanceRow, who: Customer, again: boolean): CallerScript {
  const { name, shows, number, speaks } = who
  const steps: Step[] = speaks === 'en' ? [{ hears: /press 9/, presses: '9', bargesIn: true }] : []
  const severity = draw(row, [
    [15, '1'],
    [35, '2'],
    [40, '3'],
    [10, ''],
  ] as const)
  if (again)
    steps.push({
      hears: /etwas anderes|something else|geringe|minor/i,
      presses: happens(row, 0.6) ? '1' : '0',
    })
  else if (severity !== '') steps.push({ hears: asksSeverity, presses: severity })
  if (shows === 'anonymous' && happens(row, 0.75))
    steps.push(
      { hears: /Raute|hash/i, presses: `${number.replace('+49', '0')}#` },
      { hears: /eingegeben|richtig|entered|correct/i, presses: '1' },
    )
  steps.push(...afterPromise(row))
  const leaves = draw(row, [
    [12, row.between(5, 40)],
    [7, row.between(40, 90)],
    [81, undefined],
  ] as const)
  const talks = Math.round(spell(row, 180, 1500))
  const more = leaves === undefined ? { talks } : { talks, hangsUpAfter: leaves }
  return { ...caller(shows, steps, more), name }
}

function afterPromise(row: ChanceRow): readonly Step[] {
  const message: Step[] = [
    { hears: promised, presses: '3' },
    {
      hears: /Signalton|tone|beep/i,
      says: 'Bitte rufen Sie mich zurück.',
      seconds: 12,
      afterwards: 'hangs-up',
    },
  ]
  return draw<readonly Step[]>(row, [
    [60, [{ hears: promised, presses: '1' }]],
    [10, message],
    [20, [{ hears: promised, hangsUp: true }]],
    [10, []],
  ])
}
