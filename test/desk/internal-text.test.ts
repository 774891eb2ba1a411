import { describe, expect, it } from 'vitest'
import { internalMark, leakIn } from '../../src/desk/internal-text.ts'
import type { Attachment } from '../../src/desk/mail-content.ts'
import { notices } from '../channels/mail/quoting-clients.ts'

const said = (text: string, attachments: readonly Attachment[] = []) =>
  leakIn(text, { text, replyText: text, attachments }, [notices.de])
const file = (filename: string, contentType = 'application/pdf'): Attachment => ({
  filename,
  contentType,
  size: 1,
  sha256: '',
  contentId: null,
  disposition: 'attachment',
})

describe('words to a customer', () => {
  it.each([
    'Guten Tag Frau Lindner,\n\nbitte schließen Sie den Kopf.\n\nMit freundlichen Grüßen\nAnna Petersen',
    'Sie schreiben, er druckt nur noch leere Blätter: bitte den Kopf schließen.',
    'Bitte rufen Sie uns an: 040 123456.',
    'Ticket 1000018 ist erledigt.',
    'Am 24.11. haben wir Ihnen das Gerät geschickt.',
    'An: bitte den Schalter links benutzen.',
  ])('go out: %s', text => {
    expect(said(text)).toBeUndefined()
  })

  it.each([
    ['the mark', `Gern.\n${internalMark}`],
    ['the mark, broken and in capitals', 'Gern.\nIGX-INTERN-\nINTERNAL'],
    ['a signed address', 'Gern. support+a1000018-c7k-k3f9x2abq7wd@example.com'],
    ['a signed address over two lines', 'Gern. support+a1000018-c7k-k3f9\nx2abq7wd@example.com'],
    ["the customer's signed address", 'Gern. support+T1000018-K3F9X2ABQ7WD@example.com'],
    ['a marker', 'Gern. m1000018-k3f9x2abq7wd'],
    ['the page on which an agent rings', 'Gern: https://gateway.example.com/phone/call-now/v1.abc'],
    ['the same, wrapped and packed', 'https://safe.example/?u=gateway.example.com%2Fphone%2Fcall-\nnow%2Fv1'],
    ['the page of a ticket', 'https://gateway.example.com/ticket/1000018-tp1sw0-sa9v\ncrjv2nq4'],
    [
      'the page of an escalation',
      `https://gateway.example.com%2Fack%2F${'0a'.repeat(16)}-tp1sw0-sa9vcrjv2nq4`,
    ],
    [
      'the words of a promised call',
      'Gern. Ihr Telefon klingelt\nzuerst; dann verbinden wir Sie mit dem Kunden.',
    ],
    ['the same in English', 'Sure. The link is for you alone, until Monday.'],
    ['a command for administrators', 'Gern. gateway why 4711'],
    ['a heading', 'Gern.\n\nSo  antworten\u00a0Sie'],
    ['a line', 'Gern.\nAnfrage von: Petra Lindner <petra@kunde.example.com>'],
    [
      'a passage, wrapped differently',
      'unser Etikettendrucker druckt seit heute Morgen\nnur noch leere Blätter und meldet',
    ],
    ['a mark of quoting', 'Gern.\n> Guten Tag'],
    ['a header', 'Gern.\nVon: Muster Support\nGesendet: heute'],
    ['an attribution', 'Gern.\nAm 24.11.26 um 12:00 schrieb Muster Support:'],
    ['an original message', 'Gern.\n-----Original Message-----\nHallo'],
  ])('are held for %s', (_what, text) => {
    expect(said(text)).toEqual(expect.any(String))
  })

  it.each([
    ['a nested mail', file('x', 'message/rfc822')],
    ['an Outlook item', file('Benachrichtigung.msg')],
    ['the rest of a text that Outlook cut off', file('ATT00001.htm', 'text/html')],
    ['the mark in a name', file(`${internalMark}.pdf`)],
    ['a signed address in a name', file('a1000018-c7k-k3f9x2abq7wd.pdf')],
  ])('are held for an attachment: %s', (_what, attachment) => {
    expect(said('Gern.', [attachment])).toMatch(/attachment/)
  })

  it('go out with a picture and a price list', () => {
    expect(said('Gern.', [file('image001.png', 'image/png'), file('Preise.pdf')])).toBeUndefined()
  })

  it('are held where an unmarked history cannot be compared with any notice', () => {
    const text = `Gern.\n\nVon: Support <support@example.com>\nGesendet: heute 12:00\nAn: Anna\nBetreff: Drucker\n\nAlles, was dort stand.`
    expect(leakIn('Gern.', { text, replyText: 'Gern.', attachments: [] }, [])).toMatch(/words of the agent/)
  })

  it('are held where an answer was left out with the history', () => {
    const text = `Siehe unten.\n\nVon: Support <support@example.com>\nGesendet: heute 12:00\nAn: Anna\nBetreff: Drucker\n\n${notices.de.replace('> Was können', 'Den grünen Hebel drücken!\n> Was können')}`
    const kept = { text, replyText: 'Siehe unten.', attachments: [] }
    expect(leakIn('Siehe unten.', kept, [notices.de])).toMatch(/words of the agent/)
  })

  it('may have a signature, which goes with them', () => {
    const text = 'Gern.\n\n-- \nAnna Petersen\nDurchwahl 17'
    const content = { text, replyText: 'Gern.', signature: 'Anna Petersen\nDurchwahl 17', attachments: [] }
    expect(leakIn('Gern.', content, [notices.de])).toBeUndefined()
  })
})

describe('what the customer was told before', () => {
  const closing = 'Bei weiteren Fragen stehe ich Ihnen jederzeit gern zur Verfügung.'
  const notice = `Anna Petersen hat geantwortet:\nGuten Tag liebe Frau Lindner,\n${closing}\nIntern: Kulanz bis 200 Euro ist möglich.`
  const judged = (text: string, told: readonly string[]) =>
    leakIn(text, { text, replyText: text, attachments: [] }, [notice], told)

  it('may be said again, and everything else of the notice may not', () => {
    expect(judged(closing, [])).toEqual(expect.any(String))
    expect(judged(closing, [`Guten Tag,\n\n${closing}`])).toBeUndefined()
    expect(judged('Intern: Kulanz bis 200 Euro ist möglich.', [`Guten Tag,\n\n${closing}`])).toEqual(
      expect.any(String),
    )
  })

  it('needs not be known for a salutation or a closing', () => {
    expect(judged('Guten Tag liebe Frau Lindner,\n\ngern.', [])).toBeUndefined()
  })
})

describe('files that hold the whole mail once more', () => {
  it.each([
    ['smime.p7m', 'application/pkcs7-mime'],
    ['smime.p7m', 'application/octet-stream'],
    ['version.txt', 'application/pgp-encrypted'],
    ['winmail.dat', 'application/ms-tnef'],
    ['winmail.dat', 'application/octet-stream'],
  ])('hold the mail: %s as %s', (filename, contentType) => {
    expect(said('Gern.', [file(filename, contentType)])).toMatch(/attachment/)
    expect(said('', [file(filename, contentType)])).toMatch(/attachment/)
  })

  it('do not, where the wrapping stays behind and only the files in it go out', () => {
    const winmail = file('winmail.dat', 'application/ms-tnef')
    const enclosed = {
      kind: 'winmail',
      filename: 'winmail.dat',
      subject: '',
      from: null,
      date: null,
      text: '',
    } as const
    const content = { text: 'Gern.', replyText: 'Gern.', attachments: [winmail] }
    const opened = (attachments: readonly Attachment[]) => [{ ...enclosed, attachments }]
    expect(
      leakIn('Gern.', { ...content, enclosed: opened([file('plan.pdf')]) }, [notices.de]),
    ).toBeUndefined()
    expect(leakIn('Gern.', { ...content, enclosed: opened([file('notice.msg')]) }, [notices.de])).toMatch(
      /attachment/,
    )
  })
})
