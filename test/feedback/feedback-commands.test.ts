import { describe, expect, it } from 'vitest'
import { listPhone, listVotes } from '../../src/commands/feedback/list.ts'
import { type Recorded, recordFeedbackOf } from '../../src/commands/feedback/record.ts'
import { addSuggestion, decideSuggestion, listSuggestions } from '../../src/commands/feedback/suggestions.ts'
import { openFeedbackDesk } from './feedback-desk.ts'

/** What people at the desk write down of what customers say (G7). */

async function openPlace() {
  // The commands work at the moment at which they are called, and votes are taken for some days only.
  const today = Temporal.Now.plainDateISO('Europe/Berlin').toString()
  const desk = await openFeedbackDesk(`${today}T09:00`, { phonePercent: 100 })
  const place = {
    ...{ config: desk.config, databaseUrl: desk.databaseUrl },
    ...{ data: '.', ticketFormat: '[#{number}]', timeZone: 'UTC' },
  }
  const number = await desk.closedMatter()
  const record = (said: Recorded) => recordFeedbackOf(place, number, said)
  return { desk, place, number, record }
}

describe('the commands', () => {
  it('record what was said on the telephone, which reaches the manager like any vote', async () => {
    const { desk, place, number, record } = await openPlace()
    await desk.database.survey.updateMany({ data: { phone: 'listed' } })
    expect((await listPhone(place)).text).toContain(`[#${number}]`)
    await expect(record({})).rejects.toThrow('Say what the customer told')
    await expect(record({ score: '6' })).rejects.toThrow('from 1 to 5')
    await expect(record({ score: '4', declined: true })).rejects.toThrow('Say what the customer told')
    const said = { score: '2', solved: 'no', words: 'Kam zu spät.', suggestion: 'Vorher anrufen.' }
    expect((await record(said)).text).toContain('the manager has been told')
    expect(await desk.surveys(number)).toMatchObject([
      { score: 2, solved: false, how: 'phone', phone: 'done' },
    ])
    expect((await listVotes(place, true, 50)).text).toContain('2 of 5, not solved: Kam zu spät.')
    expect((await listPhone(place)).text).toBe('Nobody is to be rung for the survey.')
    expect(await desk.managerPromises(number)).toMatchObject([{ state: 'open' }])
  })

  it('take off the list who does not want to be rung', async () => {
    const { desk, number, record } = await openPlace()
    await record({ declined: true })
    expect(await desk.surveys(number)).toMatchObject([{ phone: 'declined', state: 'asked', score: null }])
  })

  it('collect suggestions and what becomes of them', async () => {
    const { place, number } = await openPlace()
    await addSuggestion(place, 'Ersatzschlüssel per Kurier.', number)
    const listed = await listSuggestions(place, false)
    expect(listed.text).toContain('new, agent')
    const [one] = (listed.data as { suggestions: { id: string }[] }).suggestions
    await decideSuggestion(place, one?.id.slice(0, 8) ?? '', 'adopted', 'Ab Januar.')
    expect((await listSuggestions(place, false)).text).toBe('No suggestion waits for a decision.')
    expect((await listSuggestions(place, true)).text).toContain('adopted')
    await expect(decideSuggestion(place, 'ffffffff', 'adopted', '')).rejects.toThrow('No suggestion has')
  })
})
