import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  entryKindsOf,
  eventOf,
  eventRows,
  eventTypes,
  type Happening,
} from '../../../src/desk/webhooks/events.ts'

const happening = (kind: string, more: Partial<Happening> = {}): Happening => ({
  ...{ kind, detail: {}, first: false, ended: [], leads: true, brokenTold: false },
  ...more,
})

describe('the table of events', () => {
  it('names only kinds of lines that the gateway writes', () => {
    const source = resolve(import.meta.dirname, '../../../src')
    const text = readdirSync(source, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
      .filter(entry => !/generated|webhooks/.test(entry.parentPath))
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join('\n')
    const written = (kind: string) => {
      const name = kind.replace(/^command-/, '')
      return text.includes(`'${kind}'`) || (name !== kind && text.includes(`'${name}'`))
    }
    const kinds = [...new Set(eventRows.flatMap(row => row.kinds))]
    expect(kinds.filter(kind => !written(kind))).toEqual([])
  })

  it('makes an event of every kind that it names', () => {
    const never = eventRows.flatMap(({ kinds }) =>
      kinds.filter(
        kind =>
          eventOf(happening(kind, { detail: { closed: true }, ended: ['kept'] }), eventTypes) === undefined,
      ),
    )
    expect(never).toEqual([])
  })

  it('tells the first word of a customer from those that follow', () => {
    for (const kind of ['customer-mail', 'customer-words']) {
      expect(eventOf(happening(kind, { first: true }), eventTypes)).toBe('ticket.opened')
      expect(eventOf(happening(kind), eventTypes)).toBe('ticket.customer-wrote')
      expect(eventOf(happening(kind), ['ticket.opened'])).toBeUndefined()
    }
    expect(eventOf(happening('call'), eventTypes)).toBe('ticket.customer-called')
  })

  it('tells an endpoint of one event a line: of the answer, or else of the promise that it kept', () => {
    const answer = happening('agent-answer', { ended: ['kept'] })
    expect(eventOf(answer, eventTypes)).toBe('ticket.answered')
    expect(eventOf(answer, ['promise.kept'])).toBe('promise.kept')
    expect(eventOf({ ...answer, ended: ['broken'] }, ['promise.kept', 'promise.broken'])).toBe(
      'promise.broken',
    )
    expect(eventOf({ ...answer, leads: false }, ['promise.kept'])).toBeUndefined()
    const late = { ...answer, ended: ['broken', 'kept'], brokenTold: true }
    expect(eventOf(late, ['promise.broken', 'promise.kept'])).toBe('promise.kept')
    expect(eventOf({ ...answer, ended: [] }, ['promise.kept', 'promise.broken'])).toBeUndefined()
  })

  it('does not call closed what stays open, nor reopened what only waited', () => {
    expect(eventOf(happening('known-problem-solved', { detail: { closed: false } }), ['ticket.closed'])).toBe(
      undefined,
    )
    expect(eventOf(happening('reopened', { detail: { from: 'waiting' } }), eventTypes)).toBeUndefined()
    expect(eventOf(happening('reopened', { detail: { from: 'resolved' } }), eventTypes)).toBe(
      'ticket.reopened',
    )
  })

  it('listens to the lines behind the types that are wanted, and to no others', () => {
    expect(entryKindsOf(['ticket.answered', 'vendor.closed'])).toEqual(['agent-answer', 'vendor-closed'])
    expect(entryKindsOf(['ticket.opened', 'ticket.customer-wrote'])).toEqual([
      'call',
      'customer-mail',
      'customer-words',
    ])
    expect(entryKindsOf(['of.another.version'])).toEqual([])
  })
})
