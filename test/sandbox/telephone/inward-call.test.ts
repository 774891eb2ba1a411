import { afterEach, describe, expect, it } from 'vitest'
import { agent, caller, mailbox, unreachable } from '../../../src/sandbox/telephone/actors.ts'
import { type Answer, hotline, openGateway, type ScriptedGateway } from './scripted-gateway.ts'

let gateway: ScriptedGateway
afterEach(() => gateway.close())

const anna = '+4915112345678'
const bernd = '+4915112345679'
const customer = '+494098765432'

const question =
  '<Gather action="/keys" numDigits="1" timeout="5"><Say language="de-DE">Bitte wählen Sie.</Say></Gather>' +
  '<Say language="de-DE">Nichts gewählt.</Say><Hangup/>'

const ringAgents = (numbers: readonly string[], more = '') =>
  `<Dial callerId="${hotline}" action="/dialled" timeout="15" ${more}>${numbers
    .map(
      number =>
        `<Number url="/whisper" statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed">${number}</Number>`,
    )
    .join('')}</Dial>`

const whisper =
  '<Gather action="/accept" numDigits="1"><Say language="de-DE">Eins zum Annehmen.</Say></Gather><Hangup/>'

const hunt = (
  numbers: readonly string[],
  more = '',
): Record<string, Answer | ((fields: Readonly<Record<string, string>>) => Answer)> => ({
  '/voice': ringAgents(numbers, more),
  '/whisper': whisper,
  '/accept': ({ Digits }) => (Digits === '1' ? '' : '<Hangup/>'),
  '/dialled': '<Say language="de-DE">Auf Wiederhören.</Say>',
})

async function ring(script = caller(customer)) {
  const call = gateway.network.call(script, hotline)
  await gateway.network.run()
  return { call, transcript: gateway.network.transcript(call) }
}

describe('a call to the hotline', () => {
  it('is told of with signed fields, heard in order, and its end is told', async () => {
    gateway = await openGateway({ '/voice': question, '/keys': '<Say language="de-DE">Danke.</Say>' })
    const { call, transcript } = await ring(
      caller(customer, [{ hears: /wählen/, presses: '2', after: 1 }], { callerName: 'Firma X' }),
    )
    expect(gateway.asked.map(({ path, signed }) => [path, signed])).toEqual([
      ['/voice', true],
      ['/keys', true],
      ['/ended', true],
    ])
    expect(gateway.last('/voice').fields).toMatchObject({
      CallSid: call.sid,
      From: customer,
      To: hotline,
      CallStatus: 'ringing',
      Direction: 'inbound',
      CallerName: 'Firma X',
      FromCountry: 'DE',
    })
    expect(gateway.last('/keys').fields).toMatchObject({ Digits: '2', CallStatus: 'in-progress' })
    expect(gateway.last('/ended').fields).toMatchObject({ CallStatus: 'completed', CallDuration: '3' })
    expect(transcript).toBe(
      [
        `00:00  caller rings ${hotline} from ${customer}`,
        '00:00  call answered',
        '00:00  caller hears (de-DE): Bitte wählen Sie.',
        '00:02  caller presses 2',
        '00:02  caller hears (de-DE): Danke.',
        '00:02  call ended',
      ].join('\n'),
    )
    expect(gateway.network.faults).toEqual([])
    expect(gateway.network.stepsLeft(call)).toEqual([])
  })

  it('goes on with the next verb when nobody presses anything', async () => {
    gateway = await openGateway({ '/voice': question })
    const { transcript } = await ring()
    expect(transcript).toContain('Nichts gewählt.')
    expect(gateway.asked.map(({ path }) => path)).toEqual(['/voice', '/ended'])
  })

  it('asks for the action with no digits where the document wants that', async () => {
    gateway = await openGateway({
      '/voice': '<Gather action="/keys" actionOnEmptyResult="true" timeout="3"/>',
      '/keys': '<Hangup/>',
    })
    await ring()
    expect(gateway.last('/keys').fields.Digits).toBe('')
  })

  it('ends an entry by its key, which is not part of it', async () => {
    gateway = await openGateway({
      '/voice': '<Gather action="/keys"><Say language="en-GB">Number?</Say></Gather>',
      '/keys': '',
    })
    await ring(caller(customer, [{ hears: /Number/, presses: '0401234#' }]))
    expect(gateway.last('/keys').fields).toMatchObject({ Digits: '0401234', FinishedOnKey: '#' })
  })

  it('lets a caller interrupt what is said', async () => {
    const long = 'eins zwei drei vier fünf sechs sieben acht neun zehn '.repeat(4)
    gateway = await openGateway({
      '/voice': `<Gather action="/keys" numDigits="1"><Say language="de-DE">${long}</Say></Gather>`,
      '/keys': '<Hangup/>',
    })
    const { transcript } = await ring(
      caller(customer, [{ hears: /eins/, presses: '1', after: 2, bargesIn: true }]),
    )
    expect(transcript).toContain('00:02  caller presses 1')
    expect(transcript).toContain('00:02  call ended')
  })

  it('hears words instead of keys where it is asked to', async () => {
    gateway = await openGateway({
      '/voice':
        '<Gather action="/keys" input="dtmf speech" language="de-DE"><Say language="de-DE">Worum geht es?</Say></Gather>',
      '/keys': '<Hangup/>',
    })
    await ring(caller(customer, [{ hears: /Worum/, says: 'Die Pumpe steht' }]))
    expect(gateway.last('/keys').fields.SpeechResult).toBe('Die Pumpe steht')
  })

  it('tells a hang-up in the middle by the end of the call only', async () => {
    gateway = await openGateway({ '/voice': question })
    const { call } = await ring(caller(customer, [], { hangsUpAfter: 2 }))
    expect(call.status).toBe('completed')
    expect(gateway.asked.map(({ path }) => path)).toEqual(['/voice', '/ended'])
    expect(gateway.last('/ended').fields.CallDuration).toBe('2')
  })

  it.each(['anonymous', '+266696687'])('is withheld as %s', async from => {
    gateway = await openGateway({ '/voice': '<Hangup/>' })
    await ring(caller(from))
    expect(gateway.last('/voice').fields).toMatchObject({ From: from, Caller: from })
    expect(gateway.last('/voice').fields).not.toHaveProperty('FromCountry')
  })

  it('is refused, redirected and paused as the document says', async () => {
    gateway = await openGateway({
      '/voice': '<Pause length="2"/><Redirect>/other</Redirect>',
      '/other': '<Reject reason="busy"/>',
    })
    const { call } = await ring()
    expect(call).toMatchObject({ status: 'busy', answeredAt: null })
    expect(gateway.asked.map(({ path }) => path)).toEqual(['/voice', '/other', '/ended'])
  })

  it('waits in a queue until its document says to leave', async () => {
    let asked = 0
    gateway = await openGateway({
      '/voice': '<Enqueue waitUrl="/wait" action="/left">support</Enqueue>',
      '/wait': () => (++asked < 3 ? '<Say language="de-DE">Bitte warten Sie.</Say>' : '<Leave/>'),
      '/left': '<Hangup/>',
    })
    await ring()
    expect(gateway.last('/left').fields.QueueResult).toBe('leave')
    expect(asked).toBe(3)
  })
})

describe('a message', () => {
  const recorder =
    '<Record action="/recorded" maxLength="60" timeout="3" recordingStatusCallback="/recording" recordingStatusCallbackEvent="completed absent"/><Hangup/>'

  it('is told of at once, and its file later', async () => {
    gateway = await openGateway({ '/voice': recorder, '/recorded': '<Hangup/>' })
    await ring(caller(customer, [{ hears: /^/, says: 'Bitte rufen Sie zurück', seconds: 9, after: 1 }]))
    expect(gateway.asked.map(({ path }) => path)).toEqual(['/voice', '/recorded', '/ended', '/recording'])
    const { RecordingSid, RecordingDuration } = gateway.last('/recorded').fields
    expect(RecordingDuration).toBe('10')
    expect(gateway.last('/recording').fields).toMatchObject({
      RecordingSid,
      RecordingStatus: 'completed',
      RecordingDuration,
    })
  })

  it('is told of when the caller hangs up over it', async () => {
    gateway = await openGateway({ '/voice': recorder, '/recorded': '<Hangup/>' })
    await ring(
      caller(customer, [{ hears: /^/, says: 'Hallo', seconds: 4, after: 1, afterwards: 'hangs-up' }]),
    )
    expect(gateway.last('/recorded').fields).toMatchObject({ Digits: 'hangup', CallStatus: 'completed' })
  })

  it('without a word is absent, and the next verb follows', async () => {
    gateway = await openGateway({ '/voice': recorder })
    await ring()
    expect(gateway.asked.map(({ path }) => path)).not.toContain('/recorded')
    expect(gateway.last('/recording').fields.RecordingStatus).toBe('absent')
  })
})

describe('ringing an agent', () => {
  const dialled = () => gateway.last('/dialled').fields

  it('asks him alone, joins him when his document runs out, and tells each step', async () => {
    gateway = await openGateway(hunt([anna]))
    gateway.network.connect(anna, agent('anna', { talks: 30 }))
    const { transcript } = await ring()
    expect(dialled()).toMatchObject({ DialCallStatus: 'completed', DialBridged: 'true' })
    expect(transcript).toMatch(
      /anna hears \(de-DE\): Eins zum Annehmen[\s\S]*anna presses 1[\s\S]*caller and anna are bridged/,
    )
    const legs = gateway.asked.filter(({ path }) => path === '/leg').map(({ fields }) => fields)
    expect(legs.map(({ SequenceNumber, CallStatus }) => [SequenceNumber, CallStatus])).toEqual([
      ['0', 'initiated'],
      ['1', 'ringing'],
      ['2', 'in-progress'],
      ['3', 'completed'],
    ])
    expect(legs[0]).toMatchObject({ Direction: 'outbound-dial', CallbackSource: 'call-progress-events' })
    expect(legs[0]?.ParentCallSid).toBe(gateway.last('/voice').fields.CallSid)
    expect(legs[0]?.Timestamp).toMatch(/^Mon, 23 Nov 2026 08:00:\d\d \+0000$/)
    expect(gateway.network.faults).toEqual([])
  })

  it.each([
    ['engaged', 'busy', 'busy'],
    ['not answered', 'never', 'no-answer'],
    ['declined', 'declines', 'busy'],
    ['switched off', 'off', 'no-answer'],
    ['not a number at all', 'unknown-number', 'failed'],
  ] as const)('tells that the telephone was %s', async (_what, how, status) => {
    gateway = await openGateway(hunt([anna]))
    gateway.network.connect(anna, unreachable('anna', how))
    await ring()
    expect(dialled()).toMatchObject({ DialCallStatus: status, DialBridged: 'false' })
  })

  it('lets a mailbox pick up, which presses nothing: completed, but never joined', async () => {
    gateway = await openGateway(hunt([anna]))
    gateway.network.connect(anna, mailbox('mailbox of anna', { pickUp: { after: 18 } }))
    const { transcript } = await ring()
    expect(dialled()).toMatchObject({ DialCallStatus: 'completed', DialBridged: 'false' })
    expect(transcript).toContain('mailbox of anna picks up')
    expect(transcript).not.toContain('bridged')
  })

  it('does not join whoever presses another key', async () => {
    gateway = await openGateway(hunt([anna]))
    gateway.network.connect(anna, agent('anna', { key: '2' }))
    await ring()
    expect(dialled().DialBridged).toBe('false')
  })

  it('stops all other telephones when the first is picked up', async () => {
    gateway = await openGateway(hunt([anna, bernd]))
    gateway.network.connect(anna, agent('anna', { after: 8 }))
    gateway.network.connect(bernd, agent('bernd', { after: 3 }))
    const { transcript } = await ring()
    expect(transcript).toContain('caller and bernd are bridged')
    expect(gateway.network.calls().find(({ to }) => to === anna)?.status).toBe('canceled')
  })

  it('asks for the action although the caller hung up meanwhile, and the agent is rung no more', async () => {
    gateway = await openGateway(hunt([anna]))
    gateway.network.connect(anna, agent('anna', { after: 10 }))
    await ring(caller(customer, [], { hangsUpAfter: 5 }))
    expect(dialled()).toMatchObject({
      DialCallStatus: 'canceled',
      DialBridged: 'false',
      CallStatus: 'completed',
    })
    expect(gateway.asked.map(({ path }) => path)).not.toContain('/whisper')
  })

  it('never joins an agent who accepts in the second in which the caller hangs up', async () => {
    const script = hunt([anna])
    gateway = await openGateway({
      ...script,
      // Accepted, but it takes the words another two seconds to be said: the caller leaves during them.
      '/accept': '<Say language="de-DE">Sie werden jetzt sofort verbunden.</Say>',
    })
    gateway.network.connect(
      anna,
      agent('anna', { after: 4, steps: [{ hears: /Eins/, presses: '1', after: 1 }] }),
    )
    const { transcript } = await ring(caller(customer, [], { hangsUpAfter: 8 }))
    expect(transcript).toMatch(/anna presses 1[\s\S]*caller hangs up/)
    expect(transcript).not.toContain('bridged')
    expect(dialled()).toMatchObject({ DialCallStatus: 'completed', DialBridged: 'false' })
  })

  it('ends the conversation at its limit and goes on with the caller', async () => {
    gateway = await openGateway(
      hunt([anna], 'timeLimit="20" record="record-from-answer" recordingStatusCallback="/recording"'),
    )
    gateway.network.connect(anna, agent('anna', { talks: 300 }))
    const { transcript } = await ring()
    expect(transcript).toContain('time limit')
    expect(transcript).toContain('Auf Wiederhören.')
    expect(gateway.last('/recording').fields).toMatchObject({
      RecordingSource: 'DialVerb',
      RecordingDuration: '20',
    })
  })

  it('lets the caller end it by the star', async () => {
    gateway = await openGateway(hunt([anna], 'hangupOnStar="true"'))
    gateway.network.connect(anna, agent('anna', { talks: 300, greeting: 'Anna hier.' }))
    const { transcript } = await ring(
      caller(customer, [{ hears: /Anna hier/, presses: '*', after: 4, bargesIn: true }]),
    )
    expect(transcript).toContain('caller hears: Anna hier.')
    expect(transcript).toMatch(/caller presses \*[\s\S]*bridge ended[\s\S]*Auf Wiederhören/)
    expect(dialled().DialBridged).toBe('true')
  })

  it('meets another party at the next call where the test says so, the last one staying', async () => {
    gateway = await openGateway(hunt([anna]))
    gateway.network.connect(anna, unreachable('anna', 'busy'), unreachable('anna', 'never'))
    for (const status of ['busy', 'no-answer', 'no-answer']) {
      await ring()
      expect(dialled().DialCallStatus).toBe(status)
    }
  })

  it('meets an engaged telephone while its agent speaks', async () => {
    gateway = await openGateway(hunt([anna]))
    gateway.network.connect(anna, agent('anna', { talks: 100 }))
    gateway.network.call(caller(customer), hotline)
    gateway.network.call(caller('+494098765433', [], {}), hotline)
    await gateway.network.run()
    const results = gateway.asked
      .filter(({ path }) => path === '/dialled')
      .map(({ fields }) => fields.DialCallStatus)
    expect(results.toSorted()).toEqual(['busy', 'completed'])
  })

  it('shows no number that is not ours', async () => {
    gateway = await openGateway({
      '/voice': `<Dial callerId="+493000000000" action="/dialled"><Number>${anna}</Number></Dial>`,
    })
    await ring()
    expect(gateway.network.faults.map(({ message }) => message)).toEqual([
      'Dial callerId +493000000000 is not ours to show',
    ])
  })
})
