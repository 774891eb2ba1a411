import { describe, expect, it } from 'vitest'
import { type AgentMailFacts, judgeAgentMail } from '../../src/desk/agent-mail.ts'
import type { Authentication, MailContent } from '../../src/desk/mail-content.ts'
import { factsLike, mailLike, ticket } from './mail-example.ts'

const anna = { key: 'anna', name: 'Anna Petersen' }
const james = { key: 'james', name: 'James Carter' }
const us = { address: 'support+a1000018-c7k-k3f9x2abq7wd@example.com', name: '' }

function authentication(changes: Partial<Authentication> = {}): Authentication {
  return {
    from: ['anna@example.com'],
    fromDomain: 'example.com',
    sender: [],
    results: [{ method: 'dmarc', result: 'pass', domain: 'example.com' }],
    internal: false,
    dkim: 'unknown',
    ...changes,
  }
}

function judge(content: Partial<MailContent> = {}, facts: Partial<AgentMailFacts> = {}) {
  const mail = mailLike({
    from: { address: 'anna@example.com', name: 'Anna Petersen' },
    to: [us],
    subject: 'AW: [#1000018] Drucker druckt nicht',
    text: 'Bitte schalten Sie ihn ein.',
    replyText: 'Bitte schalten Sie ihn ein.',
    authentication: authentication(),
    ...content,
  })
  const all = { ...factsLike(), agent: anna, agentOfToken: anna.key, agentTicket: ticket, ...facts }
  return judgeAgentMail(mail, all)
}

const words = (text: string): Partial<MailContent> => ({ text, replyText: text })
const unproven = { authentication: authentication({ results: [] }) }
const byPetra: Partial<MailContent> = {
  from: { address: 'petra@kunde.example.com', name: 'Anna Petersen' },
  authentication: authentication({
    from: ['petra@kunde.example.com'],
    fromDomain: 'kunde.example.com',
    results: [{ method: 'dmarc', result: 'pass', domain: 'kunde.example.com' }],
  }),
}
const byPetraUnproven: Partial<MailContent> = {
  ...byPetra,
  authentication: authentication({
    from: ['petra@kunde.example.com'],
    fromDomain: 'kunde.example.com',
    results: [],
  }),
}
const noToken = { agentOfToken: undefined, agentTicket: undefined }

/** Token, From, authentication: all eight ways to have the three proofs or not. */
const proofs: readonly [boolean, boolean, boolean, Partial<MailContent>, Partial<AgentMailFacts>, object][] =
  [
    [true, true, true, {}, {}, { kind: 'answer', agent: anna, ticket }],
    [true, true, false, unproven, {}, { kind: 'hold', reason: 'agent-unproven', agent: 'anna' }],
    [
      true,
      false,
      true,
      byPetra,
      { agent: undefined },
      { kind: 'hold', reason: 'agent-address-misused', agent: 'anna' },
    ],
    [
      true,
      false,
      false,
      byPetraUnproven,
      { agent: undefined },
      { kind: 'hold', reason: 'agent-address-misused' },
    ],
    [
      false,
      true,
      true,
      {},
      { ...noToken, ticketByInReplyTo: ticket },
      { kind: 'hold', reason: 'agent-address-missing' },
    ],
    [
      false,
      true,
      false,
      unproven,
      { ...noToken, ticketByReferences: ticket },
      { kind: 'hold', reason: 'agent-address-missing' },
    ],
    [false, false, true, byPetra, { ...noToken, agent: undefined }, { kind: 'none' }],
    [false, false, false, byPetraUnproven, { ...noToken, agent: undefined }, { kind: 'none' }],
  ]

describe('three proofs', () => {
  it.each(proofs)('address %s, From %s, authentication %s', (_a, _b, _c, content, facts, verdict) => {
    expect(judge(content, facts)).toMatchObject(verdict)
  })
})

interface Case {
  readonly name: string
  readonly content?: Partial<MailContent>
  readonly facts?: Partial<AgentMailFacts>
  readonly verdict: object
}

const cases: readonly Case[] = [
  {
    name: "a colleague's address is not good for an agent, who is asked if it was really them",
    content: {
      from: { address: 'james@example.com', name: 'James' },
      authentication: authentication({ from: ['james@example.com'] }),
    },
    facts: { agent: james },
    verdict: { kind: 'hold', reason: 'agent-address-misused', agent: 'james' },
  },
  {
    name: 'who only claims to be a colleague is not asked: the holder of the address hears of it',
    content: {
      from: { address: 'james@example.com', name: 'James' },
      authentication: authentication({ from: ['james@example.com'], results: [] }),
    },
    facts: { agent: james },
    verdict: { kind: 'hold', reason: 'agent-address-misused', agent: 'anna' },
  },
  {
    name: 'two senders are none',
    content: {
      authentication: authentication({ from: ['anna@example.com', 'mallory@example.org'], fromDomain: null }),
    },
    verdict: { kind: 'hold', reason: 'several-senders' },
  },
  {
    name: 'without From nobody speaks, whatever Reply-To says',
    content: { authentication: authentication({ from: [], fromDomain: null }) },
    verdict: { kind: 'hold', reason: 'several-senders' },
  },
  {
    name: 'Sender may not be somebody else',
    content: { authentication: authentication({ sender: ['office@example.com'] }) },
    verdict: { kind: 'hold', reason: 'foreign-sender' },
  },
  {
    name: 'Sender may repeat From',
    content: { authentication: authentication({ sender: ['anna@example.com'] }) },
    verdict: { kind: 'answer' },
  },
  {
    name: "an agent's absence note speaks for nobody",
    content: { classification: 'auto-reply' },
    verdict: { kind: 'none' },
  },
  {
    name: 'an agent who writes of his own accord is a sender like any other',
    facts: noToken,
    verdict: { kind: 'none' },
  },
  {
    name: 'an agent who writes to the customer and puts the ticket in Cc has answered already',
    content: { to: [{ address: 'petra@kunde.example.com', name: '' }], cc: [us] },
    facts: { ...noToken, ticketByToken: ticket },
    verdict: { kind: 'none' },
  },
  {
    name: 'a colleague in Cc: perhaps it was meant for the colleague',
    content: { cc: [{ address: 'james@example.com', name: '' }] },
    verdict: { kind: 'hold', reason: 'audience', words: 'Bitte schalten Sie ihn ein.' },
  },
  {
    name: 'a mailbox of ours in Cc does not count',
    content: { cc: [{ address: 'Hilfe@example.com', name: '' }] },
    verdict: { kind: 'answer' },
  },
  {
    name: 'a forward by its subject',
    content: { subject: 'WG: [#1000018] Drucker druckt nicht' },
    verdict: { kind: 'hold', reason: 'forward' },
  },
  {
    name: 'a forwarded mail in the text',
    content: words('Siehe unten.\n\n---------- Forwarded message ---------\nVielen Dank'),
    verdict: { kind: 'hold', reason: 'internal-text' },
  },
  {
    name: 'a mail as an attachment',
    content: {
      attachments: [
        {
          filename: 'AW.eml',
          contentType: 'message/rfc822',
          size: 1,
          sha256: '',
          contentId: null,
          disposition: null,
        },
      ],
    },
    verdict: { kind: 'hold', reason: 'forward' },
  },
  {
    name: "an answer in the vendor's thread",
    content: {
      text: 'Bitte schalten Sie ihn ein.\n\nAm 24.11.2026 um 10:00 schrieb Hersteller <service@vendor.example>:\n> Preis: 40 EUR',
    },
    verdict: { kind: 'hold', reason: 'audience' },
  },
  {
    name: 'commands above the words',
    content: words('#erledigt\n#schwere gering\n\nBitte schalten Sie ihn ein.'),
    verdict: {
      kind: 'answer',
      commandLines: ['#erledigt', '#schwere gering'],
      words: 'Bitte schalten Sie ihn ein.',
    },
  },
  {
    name: 'commands alone',
    content: words('#warten 2d'),
    verdict: { kind: 'commands', commandLines: ['#warten 2d'], words: '' },
  },
  {
    name: 'a note stays inside, so its audience does not matter',
    content: { ...words('#intern\nRuft gleich an.'), cc: [{ address: 'james@example.com', name: '' }] },
    verdict: { kind: 'note', words: 'Ruft gleich an.' },
  },
  {
    name: 'a number is no command',
    content: words('#1 einschalten'),
    verdict: { kind: 'answer', commandLines: [], words: '#1 einschalten' },
  },
  {
    name: 'the answer to a question',
    content: words('SENDEN'),
    verdict: { kind: 'commands', commandLines: ['#send'], words: '' },
  },
  {
    name: 'the answer to a question, signed as every mail',
    content: words('Senden\n\nViele Grüße\nAnna Petersen'),
    verdict: { kind: 'commands', commandLines: ['#send'], words: '' },
  },
  ...['Ja', 'ja, bitte senden.', 'OK', 'Yes, please send it', 'Ja!\n\nViele Grüße\nAnna Petersen'].map(
    text => ({
      name: `yes to a question: ${text}`,
      content: words(text),
      facts: { answersQuestion: true },
      verdict: { kind: 'commands', commandLines: ['#send'], words: '' },
    }),
  ),
  ...['Nein', 'Nein, bitte nicht senden.', '.', 'Bitte noch warten'].map(text => ({
    name: `no to a question reaches no customer: ${text}`,
    content: words(text),
    facts: { answersQuestion: true },
    verdict: { kind: 'hold', reason: 'question' },
  })),
  {
    name: 'an answer to the stranger of a question does not go to the customer instead',
    content: words('Guten Tag Herr Meier, wir haben Ihre Anfrage erhalten und prüfen sie.'),
    facts: { answersQuestion: true },
    verdict: { kind: 'hold', reason: 'question', words: expect.stringContaining('Herr Meier') },
  },
  {
    name: 'the reply of an agent who is the customer',
    facts: { ...noToken, ticketByToken: { ...ticket, customerAddress: 'Anna@example.com' } },
    content: {},
    verdict: { kind: 'none' },
  },
  {
    name: "a reply to a colleague's note, which may be meant for the colleague",
    content: words('Der Kunde versteht das nie. Lass uns das morgen besprechen.'),
    facts: { answersNote: true },
    verdict: { kind: 'hold', reason: 'note-answered', words: expect.stringContaining('morgen') },
  },
  {
    name: "a note in reply to a colleague's note",
    content: words('#intern\nLass uns das morgen besprechen.'),
    facts: { answersNote: true },
    verdict: { kind: 'note' },
  },
  {
    name: 'a plain yes to a notice is an answer',
    content: words('Ja'),
    verdict: { kind: 'answer', words: 'Ja' },
  },
  ...['*#intern*', '**#intern**', '# intern', '*# Intern*', '_#notiz_'].map(command => ({
    name: `a note stays inside however the mail program set it: ${command}`,
    content: words(`${command}\nDen mag ich nicht.`),
    verdict: { kind: 'note', words: 'Den mag ich nicht.' },
  })),
  {
    name: 'a heading is no command',
    content: words('# Schritte\nBitte einschalten.'),
    verdict: { kind: 'answer', commandLines: [] },
  },
  {
    name: 'an opaque signed mail, which nobody could search',
    content: {
      ...words(''),
      attachments: [
        {
          filename: 'smime.p7m',
          contentType: 'application/pkcs7-mime',
          size: 9,
          sha256: 'f'.repeat(64),
          contentId: null,
          disposition: 'attachment',
        },
      ],
    },
    verdict: { kind: 'hold', reason: 'internal-text' },
  },
  { name: 'nothing at all', content: words(''), verdict: { kind: 'hold', reason: 'no-words' } },
]

describe("an agent's mail", () => {
  it('offers no words for sending where internal text is in them or a proof is missing', () => {
    const cc = [{ address: 'james@example.com', name: '' }]
    expect(judge({ cc, ...words('Gern. gateway why 4711') })).not.toHaveProperty('words')
    expect(judge({ cc, ...unproven })).not.toHaveProperty('words')
  })

  it.each(cases)('$name', ({ content, facts, verdict }) => {
    expect(judge(content, facts)).toMatchObject(verdict)
  })

  it('tells the reason of every verdict and nothing of what the customer wrote', () => {
    for (const { content, facts } of cases) {
      const { because } = judge(content, facts)
      expect(because).not.toBe('')
      expect(because).not.toContain(ticket.subject)
    }
  })
})
