import { type Request, Router, urlencoded } from 'express'
import { z } from 'zod'
import type { Handset } from '../handset.ts'
import { NotHere } from './mail-desk.ts'
import { telephoneStreams } from './telephone-stream.ts'
import { officeHints, type ResultParts, resultView } from './telephone-view.ts'
import { numberWords } from './telephone-words.ts'
import { type Render, sendPiece } from './views.ts'

/** The page of the telephones: the caller's on the left, the agents' on the right, and what became of the calls. */

const word = z.string().max(500).default('')
const deedFields = z.object({
  keys: z
    .string()
    .regex(/^[\d*#]{0,30}$/)
    .default(''),
  words: word,
  from: word,
  to: word,
})

export function telephoneRoutes(parts: ResultParts, render: Render): Router {
  const { telephone, clock, config } = parts
  const router = Router()
  router.get('/telephone', async (_request, response) => {
    response.setHeader('Cache-Control', 'no-store')
    const page = {
      callers: telephone.callers.map(({ number, name }) => ({ number, name, shown: shownNumber(number) })),
      hotlines: telephone.hotlines.map(hotline => ({
        ...hotline,
        shown: numberWords(hotline.number, hotline.language),
      })),
      caller: phoneView(telephone.caller),
      agents: telephone.agents.map(phoneView),
      offices: officeHints(config, telephone, clock().now),
      result: await resultView(parts),
    }
    response.type('html').send(render('telephone', page))
  })
  router.get('/sandbox/telephone/result', async (request, response) => {
    sendPiece(request, response, render('telephone-result', await resultView(parts)))
  })
  router.get('/sandbox/telephone/offices', (request, response) => {
    const offices = officeHints(config, telephone, clock().now)
    sendPiece(request, response, render('offices', { offices }))
  })
  router.get('/sandbox/telephone/events', telephoneStreams(telephone))
  router.post(
    '/sandbox/telephone/:phone/:deed',
    urlencoded({ extended: false, limit: '8kb', parameterLimit: 10 }),
    (request: Request<{ phone: string; deed: string }>, response) => {
      const { phone, deed } = request.params
      const handset = [telephone.caller, ...telephone.agents].find(({ key }) => key === phone)
      const fields = deedFields.safeParse(request.body ?? {})
      if (!handset || !fields.success) throw new NotHere('A telephone cannot do that.')
      response.status(act(handset, deed, fields.data) ? 204 : 409).end()
    },
  )
  return router

  /** False where it cannot be done now; a deed that comes too late, such as a key after the end, does nothing. */
  function act(handset: Handset, deed: string, fields: z.output<typeof deedFields>): boolean {
    const words = fields.words.trim()
    if (deed === 'call') return handset === telephone.caller && telephone.place(fields.from, fields.to)
    if (deed === 'answer') handset.answer()
    else if (deed === 'decline') handset.decline()
    else if (deed === 'hang-up') handset.hangUp()
    else if (deed === 'press' && fields.keys !== '') handset.press(fields.keys)
    else if (deed === 'say' && words !== '') handset.say(words)
    else throw new NotHere('A telephone cannot do that.')
    return true
  }
}

const shownNumber = (number: string): string => (number.startsWith('+') ? numberWords(number) : '')

const keys = [...'123456789*0#'].map(key => ({ key, name: { '*': 'star', '#': 'hash' }[key] ?? key }))

function phoneView({ key, name }: Handset): object {
  return { key, name, keys, caller: key === 'caller' }
}
