import { expect, test } from 'vitest'
import {
  type AgentState,
  agentsToAssign,
  agentsToRing,
  isOnBreak,
} from '../../../src/desk/phone/agent-order.ts'

const agent = (key: string, changes: Partial<AgentState> = {}): AgentState => ({
  key,
  name: key,
  phone: '+4940111111',
  language: 'de',
  languages: ['de'],
  busy: false,
  onBreak: false,
  paused: false,
  openCallbacks: 0,
  lastRungAt: null,
  ...changes,
})
const at = (time: string) => Temporal.Instant.from(`2026-11-20T${time}:00Z`)

test('whoever speaks the language comes first, then who has least to do and was rung longest ago', () => {
  const agents = [
    agent('english', { languages: ['en'] }),
    agent('laden', { openCallbacks: 2 }),
    agent('lately', { lastRungAt: at('10:00') }),
    agent('earlier', { lastRungAt: at('09:00') }),
    agent('never'),
    agent('second-never'),
  ]
  expect(agentsToRing({ language: 'de', agents }).map(({ key }) => key)).toEqual([
    'never',
    'second-never',
    'earlier',
    'lately',
    'laden',
    'english',
  ])
})

test('nobody is rung in a call, on a break, in a pause after missed calls, or without a telephone', () => {
  const agents = [
    agent('busy', { busy: true }),
    agent('lunch', { onBreak: true }),
    agent('misses', { paused: true }),
    agent('mail-only', { phone: null }),
    agent('free'),
  ]
  expect(agentsToRing({ language: 'de', agents }).map(({ key }) => key)).toEqual(['free'])
  expect(agentsToAssign({ language: 'de', agents })).toEqual(['mail-only', 'free', 'busy', 'lunch', 'misses'])
})

test('a break counts in the wall time of the office and ends with its last minute', () => {
  const onBreak = (time: string) => isOnBreak(['12:00-12:30'], 'Europe/Berlin', at(time))
  expect([onBreak('10:59'), onBreak('11:00'), onBreak('11:29'), onBreak('11:30')]).toEqual([
    false,
    true,
    true,
    false,
  ])
})
