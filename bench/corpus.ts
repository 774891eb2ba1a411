/**
 * The mails of the benchmark, made from a seed: 70 % short new ones, 15 % replies to earlier ones, 10 % HTML with an
 * inline picture of 50 KB, 4 % machine mail, 1 % with an attachment of 5 MB. Every sender is a different one, so that
 * no loop budget hides work.
 */

export type CorpusKind = 'short' | 'reply' | 'picture' | 'machine' | 'attachment'

export interface CorpusMail {
  readonly kind: CorpusKind
  readonly sender: string
  readonly raw: Buffer
}

export const mix: readonly (readonly [CorpusKind, number])[] = [
  ['short', 70],
  ['reply', 15],
  ['picture', 10],
  ['machine', 4],
  ['attachment', 1],
]

/** Mulberry32: small, fast, the same on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const german = [
  'Guten Tag,\n\nseit heute Morgen druckt unser Etikettendrucker im Versand nicht mehr. Die Anzeige blinkt rot, ein Neustart hat nicht geholfen. Wir brauchen ihn dringend für den Nachmittag.\n\nMit freundlichen Grüßen\nPetra Lindner',
  'Sehr geehrte Damen und Herren,\n\nbei der letzten Lieferung fehlten zwei Schrauben und die Aufbauanleitung. Können Sie uns beides bitte nachsenden?\n\nViele Grüße\nJörg Weiß',
]
const english = [
  'Hello,\n\nour label printer in dispatch has stopped working this morning. The display is flashing red and a restart did not help. We need it before the afternoon run.\n\nKind regards\nHelen Carter',
  'Dear support team,\n\nthe last delivery was missing two screws and the assembly instructions. Could you please send both of them to us?\n\nBest wishes\nTom Baker',
]

function base64Of(bytes: number, random: () => number): string {
  const block = Buffer.alloc(Math.min(bytes, 64 * 1024), 0)
  for (let i = 0; i < block.length; i++) block[i] = Math.floor(random() * 256)
  const body = Buffer.alloc(bytes)
  for (let at = 0; at < bytes; at += block.length) block.copy(body, at)
  return body.toString('base64').replace(/.{76}/g, '$&\r\n')
}

function header(index: number, sender: string, subject: string, extra: readonly string[]): string {
  return [
    `Return-Path: <${sender}>`,
    `Received: from mail.kunde${index}.example.com by mx.example.com with ESMTPS id ${index}; Tue, 24 Nov 2026 09:00:00 +0100`,
    `From: "Customer ${index}" <${sender}>`,
    'To: support@example.com',
    `Subject: ${subject}`,
    `Message-ID: <bench.${index}@kunde${index}.example.com>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    ...extra,
  ].join('\r\n')
}

function multipart(boundary: string, parts: readonly string[]): string {
  return `${parts.map(part => `--${boundary}\r\n${part}`).join('\r\n')}\r\n--${boundary}--\r\n`
}

const textHead = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit'

/** One mail of this size on the wire, nearly all of it an attachment. */
export function largeMail(bytes: number): CorpusMail {
  const sender = 'large@kundelarge.example.com'
  const text = `${textHead}\r\n\r\nAnbei das Protokoll.`
  const file = `Content-Type: application/octet-stream; name="protokoll.bin"\r\nContent-Disposition: attachment; filename="protokoll.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Of(Math.floor((bytes * 57) / 78), seededRandom(1))}`
  const head = header(-1, sender, 'Protokoll', ['Content-Type: multipart/mixed; boundary="mix"'])
  return { kind: 'attachment', sender, raw: Buffer.from(`${head}\r\n\r\n${multipart('mix', [text, file])}`) }
}

/** `count` mails in the mix above, in a shuffled order; a reply refers to a short mail before it. */
export function corpus(
  count: number,
  seed: number,
  kindsWanted: readonly (readonly [CorpusKind, number])[] = mix,
): CorpusMail[] {
  const random = seededRandom(seed)
  const kinds = kindsWanted.flatMap(([kind, percent]) =>
    Array<CorpusKind>(Math.round((count * percent) / 100)).fill(kind),
  )
  while (kinds.length < count) kinds.push('short')
  for (let i = kinds.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const [a, b] = [kinds[i], kinds[j]]
    if (a && b) [kinds[i], kinds[j]] = [b, a]
  }
  const first = kinds.indexOf('short')
  if (first > 0) [kinds[0], kinds[first]] = ['short', kinds[0] ?? 'short']
  const opened: number[] = []
  return kinds.slice(0, count).map((kind, index) => {
    const sender = `customer${index}@kunde${index}.example.com`
    const words = (index % 2 === 0 ? german : english)[index % 4 < 2 ? 0 : 1] ?? ''
    const text = words.replaceAll('\n', '\r\n')
    if (kind === 'short') opened.push(index)
    return { kind, sender, raw: Buffer.from(mailOf(kind, index, sender, text, opened, random)) }
  })
}

function mailOf(
  kind: CorpusKind,
  index: number,
  sender: string,
  text: string,
  opened: readonly number[],
  random: () => number,
): string {
  if (kind === 'reply') {
    const target = opened[Math.floor(random() * opened.length)] ?? 0
    const id = `<bench.${target}@kunde${target}.example.com>`
    const head = header(index, sender, `AW: Anfrage ${target}`, [
      `In-Reply-To: ${id}`,
      `References: ${id}`,
      textHead,
    ])
    return `${head}\r\n\r\n${text}\r\n\r\nAm 24.11.2026 um 09:00 schrieb Support:\r\n> Guten Tag,\r\n> wir kümmern uns darum.\r\n`
  }
  if (kind === 'machine') {
    const extra = ['Auto-Submitted: auto-replied', 'Precedence: bulk', textHead]
    return `${header(index, sender, 'Abwesenheitsnotiz: Anfrage', extra)}\r\n\r\nIch bin bis Montag nicht im Haus.\r\n`
  }
  if (kind === 'picture') {
    const extra = ['Content-Type: multipart/related; boundary="rel"']
    const html = `<html><body><p>${text.replaceAll('\r\n', '<br>')}</p><img src="cid:pic${index}"></body></html>`
    const picture = `Content-Type: image/png; name="foto.png"\r\nContent-ID: <pic${index}>\r\nContent-Disposition: inline; filename="foto.png"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Of(50_000, random)}`
    const page = `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${html}`
    return `${header(index, sender, `Foto zur Anfrage ${index}`, extra)}\r\n\r\n${multipart('rel', [page, picture])}`
  }
  if (kind === 'attachment') {
    const extra = ['Content-Type: multipart/mixed; boundary="mix"']
    const file = `Content-Type: application/pdf; name="protokoll.pdf"\r\nContent-Disposition: attachment; filename="protokoll.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Of(5_000_000, random)}`
    return `${header(index, sender, `Protokoll ${index}`, extra)}\r\n\r\n${multipart('mix', [`${textHead}\r\n\r\n${text}`, file])}`
  }
  return `${header(index, sender, `Anfrage ${index}`, [textHead])}\r\n\r\n${text}\r\n`
}
