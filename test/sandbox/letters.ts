import type { SendMailOptions } from 'nodemailer'

/** An automatic answer as the gateway sends it, for tests of the page alone. */
export function autoReply(to: string, number: string): SendMailOptions {
  return {
    from: { name: 'Nordlicht Support', address: 'support@example.com' },
    to,
    replyTo: `support+t${number}-k3f9x2abq7wd@example.com`,
    subject: `[#${number}] Rechnungsexport bricht seit dem Update ab`,
    messageId: `<${number}.auto-reply@example.com>`,
    inReplyTo: '<first@example.org>',
    references: ['<first@example.org>'],
    text: `Guten Tag, Frau Lindner,\n\nIhre Nachricht ist angekommen. Ihre Ticketnummer ist ${number}.\n`,
    html: `<html><body style="margin:0;background:#f3f5f6;font-family:sans-serif;color:#1c2430"><div style="max-width:560px;margin:0 auto;padding:20px"><div style="background:#fff;border-radius:8px;padding:22px"><p>Guten Tag, Frau Lindner,</p><p>Ihre Nachricht ist angekommen.</p><p style="font-size:22px;margin:4px 0"><b id="number">${number}</b></p><p>Wir melden uns bis heute, 11:41 Uhr.</p></div></div><script>document.getElementById('number').textContent='hacked'</script></body></html>`,
  }
}
