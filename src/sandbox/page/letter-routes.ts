import { createHash } from 'node:crypto'
import { type Request, Router } from 'express'
import type { LetterPreview, PreviewedLetter, PreviewWish } from '../../console/letter-preview.ts'
import type { TicketReader } from '../../console/tickets.ts'
import { mailDocumentPolicy } from './guard.ts'
import { NotHere } from './mail-desk.ts'
import { type Render, sendPiece } from './views.ts'

/**
 * The letters' wording in the browser: every kind in both languages, with example data or those of a ticket. The page
 * asks every two seconds, so that an edited file shows without a key being pressed.
 */
const mostTickets = 50

export interface LetterParts {
  readonly letters: LetterPreview
  readonly tickets: TicketReader
}

export function letterRoutes({ letters, tickets }: LetterParts, render: Render): Router {
  const router = Router()
  router.get('/sandbox/letters', async (request, response) => {
    const wish = wishIn(request, letters)
    const list = await tickets.list(mostTickets)
    response.setHeader('Cache-Control', 'no-store')
    response.type('html').send(
      render('letters', {
        kinds: letters.kinds.map(kind => ({ kind, chosen: kind === wish.kind })),
        german: wish.language === 'de',
        tickets: list.map(({ number, subject }) => ({
          ...{ number, subject },
          chosen: number === wish.ticketNumber,
        })),
        letter: letterView(await letters.render(wish), wish),
      }),
    )
  })
  router.get('/sandbox/letters/piece', async (request, response) => {
    const wish = wishIn(request, letters)
    sendPiece(request, response, render('letter', letterView(await letters.render(wish), wish)))
  })
  router.get('/sandbox/letters/html', async (request, response) => {
    const letter = await letters.render(wishIn(request, letters))
    if (!letter.ok) throw new NotHere(letter.because)
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('Content-Security-Policy', mailDocumentPolicy)
    response.type('html').send(letter.html)
  })
  return router
}

/** What the address asks for; whatever it leaves out is the first letter, in German, with example data. */
function wishIn({ query }: Request, { kinds }: LetterPreview): PreviewWish & { readonly kind: string } {
  const { kind, language, ticket } = query
  return {
    kind: typeof kind === 'string' ? kind : (kinds[0] ?? ''),
    language: language === 'en' ? 'en' : 'de',
    ...(typeof ticket === 'string' && ticket !== '' ? { ticketNumber: ticket } : {}),
  }
}

function letterView(
  letter: PreviewedLetter,
  { kind, language = 'de', ticketNumber = '' }: PreviewWish,
): object {
  const query = new URLSearchParams({ kind, language, ticket: ticketNumber }).toString()
  if (!letter.ok) return { query, because: letter.because }
  // A new address makes the browser read the frame anew.
  const version = createHash('sha256').update(letter.html).digest('base64url').slice(0, 12)
  return { ...letter, query, frame: `/sandbox/letters/html?${query}&version=${version}` }
}
